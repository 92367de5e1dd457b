import type {LogTail} from '../domain/log-tail.ts';
import type {FailingContainer, ScreenView} from '../store/views.ts';
import type {Session} from './session.ts';

/** Reads the last lines of a container's log. Rejects where they can't be had. */
export type ReadLogTail = (pod: string, container: string, previous: boolean) => Promise<readonly string[]>;

type LogTailsOptions = {
	readonly view: {readonly subscribe: (listener: () => void) => () => void; readonly snapshot: () => Pick<ScreenView, 'failing' | 'rights'>};
	readonly read: ReadLogTail;
	readonly onTail: (tail: LogTail) => void;
	/** Ms that only grow. */
	readonly now: () => number;
	readonly signal: AbortSignal;
	/** Nobody shows what runs wrote that still go on, so it need not be read. */
	readonly onlyEnded?: boolean;
};

/** A run that has just begun has said nothing yet. */
const againMs = 5_000;

/** What runs goes on writing, and an old line must not stand there as the last one. */
const refreshMs = 10_000;

/** What crashes for days must not fill the memory. */
const mostRuns = 500;

/**
 * Reads the end of the worst container's log, once for each run that is over, so that its last line can stand next to what is wrong. Whoever may not read logs
 * is asked for nothing more, and not told: it is a courtesy.
 */
export function keepLogTails({view, read, onTail, now, signal, onlyEnded = false}: LogTailsOptions): void {
	const askAgainAt = new Map<string, number>();
	let isForbidden = false;
	const readTail = async ({podUid, pod, container, previous}: FailingContainer) => {
		const lines = await read(pod, container, previous);
		if (lines.length > 0 && !signal.aborted) onTail({podUid, container, previous, lines});
		if (lines.length === 0) return now() + againMs;
		return previous ? Number.POSITIVE_INFINITY : now() + refreshMs;
	};
	const look = async () => {
		const {failing, rights} = view.snapshot();
		if (failing === undefined || isForbidden || rights.logs === 'denied' || (onlyEnded && !failing.previous)) return;
		const run = `${failing.podUid} ${failing.container} ${failing.restarts} ${failing.previous}`;
		if (askAgainAt.size > mostRuns) askAgainAt.clear();
		if ((askAgainAt.get(run) ?? 0) > now()) return;
		askAgainAt.set(run, Number.POSITIVE_INFINITY);
		const again = await readTail(failing).catch((error: unknown) => {
			isForbidden ||= error instanceof Error && 'kind' in error && error.kind === 'forbidden';
			return now() + againMs;
		});
		askAgainAt.set(run, again);
	};
	const unsubscribe = view.subscribe(() => void look());
	signal.addEventListener('abort', unsubscribe, {once: true});
	void look();
}

/** What the worst container said last stands next to what is wrong with it, as long as the session lasts. */
export function keepLogTailsOf({view, store, readLogTail, signal}: Session, {onlyEnded = false} = {}): void {
	keepLogTails({view, read: readLogTail, onTail: tail => store.dispatch({type: 'log-tail', tail}), now: () => performance.now(), signal, onlyEnded});
}

/** The same for a snapshot: read once, or not at all where that takes longer than `withinMs` or can't be done. */
export async function readLogTailOf({view, store, readLogTail}: Pick<Session, 'view' | 'store' | 'readLogTail'>, withinMs: number): Promise<void> {
	const {failing} = view.snapshot();
	if (failing === undefined) return;
	const {podUid, pod, container, previous} = failing;
	const isLate = new Promise<readonly string[]>(resolve => AbortSignal.timeout(withinMs).addEventListener('abort', () => resolve([]), {once: true}));
	const lines = await Promise.race([readLogTail(pod, container, previous).catch(() => []), isLate]);
	if (lines.length > 0) store.dispatch({type: 'log-tail', tail: {podUid, container, previous, lines}});
}

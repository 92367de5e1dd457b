import {askRights} from '../../cluster/ask-rights.ts';
import type {ClusterConnection} from '../../cluster/connect.ts';
import {type ActionName, actionNames, isOf, isReading} from '../../domain/rights.ts';
import type {RightsEvent} from '../../store/event.ts';
import {rightsSubject} from '../../store/selectors/guard-view.ts';
import type {State} from '../../store/state.ts';
import type {Store} from '../../store/store.ts';
import {focusOf} from '../../store/workload-state.ts';

export type RightsLearning = {
	/** Asks for everything that a key may need; from then on again when streams become forbidden, or are so no more. */
	readonly start: () => void;
	/** Asks for one action again: it was refused, or somebody wants it all the same. Nothing before `start`: nobody looks at it. */
	readonly ask: (action: ActionName, workload: string | undefined) => void;
};

type LearningOptions = {
	readonly connection: Pick<ClusterConnection, 'json' | 'namespace'>;
	readonly store: Pick<Store<State, RightsEvent>, 'dispatch' | 'snapshot' | 'subscribe'>;
	/** Where a curl pod would be created; absent: where all the rest is. */
	readonly curlNamespace: string | undefined;
	/** Epoch ms. */
	readonly now: () => number;
	readonly signal: AbortSignal;
};

/** Streams that come and go must not make a storm of questions. */
const leastPauseMs = 300_000;

/** Behind a Service of more workloads than this the API server decides. */
const mostWorkloads = 20;

/** Asks the API server what we may do and tells the store. Nothing waits for it: until an answer comes, every key works and the API server decides. */
export function createRightsLearning(options: LearningOptions): RightsLearning {
	const {store, now, signal} = options;
	let asked: ReadonlySet<string | undefined> = new Set();
	let askedAt: number | undefined;
	let forbidden = '';
	let subject = '';
	const askAll = (state: State) => {
		askedAt = now();
		forbidden = forbiddenStreams(state);
		subject = subjectKey(state);
		asked = new Set([undefined]);
		void learn(options, wantedActions(state), undefined);
	};
	const look = () => {
		const state = store.snapshot();
		if (askedAt === undefined) return;
		const isOther = subjectKey(state) !== subject;
		if (isOther || (forbiddenStreams(state) !== forbidden && now() - askedAt >= leastPauseMs)) askAll(state);
		const behind = workloadsBehind(state).filter(name => !asked.has(name));
		for (const name of behind) void learn(options, wantedActions(state), name);
		asked = new Set([...asked, ...behind].filter(name => name === undefined || state.workloads.has(name)));
	};
	return {
		start() {
			askAll(store.snapshot());
			look();
			signal.addEventListener('abort', store.subscribe(look), {once: true});
		},
		ask(action, workload) {
			if (askedAt === undefined) return;
			const behind = workloadsBehind(store.snapshot());
			const names = isOf(action, 'workload') && behind.length > 0 ? (workload === undefined ? behind : [workload]) : [undefined];
			for (const name of names) void learn(options, [action], name);
		},
	};
}

/** Read-only needs no right to write: nothing is asked that is not used. */
function wantedActions({guard}: State): readonly ActionName[] {
	return actionNames.filter(action => (action === 'write-event' ? guard.writesEvents && !guard.readOnly : isReading(action) || !guard.readOnly));
}

function workloadsBehind({target, workloads}: State): readonly string[] {
	return target.kind === 'Service' ? [...workloads.keys()].slice(0, mostWorkloads) : [];
}

/** What steers a workload, or holds its template, is known only once it has been seen. */
function subjectKey(state: State): string {
	return state.target.kind === 'Service' ? '' : JSON.stringify([focusOf(state), rightsSubject(state)]);
}

function forbiddenStreams({streams}: State): string {
	return Object.entries(streams)
		.filter(([, {condition}]) => condition.kind === 'forbidden')
		.map(([name]) => name)
		.join();
}

/** `workload`: one of those behind a Service; absent: all that is not of one of them. */
async function learn({connection, store, curlNamespace, signal}: LearningOptions, actions: readonly ActionName[], workload: string | undefined): Promise<void> {
	const state = store.snapshot();
	const {target} = state;
	const names = {...rightsSubject(state, workload), workload: workload ?? focusOf(state) ?? target.name, service: target.name};
	const own = actions.filter(action => (target.kind !== 'Service' ? !isOf(action, 'service') : isOf(action, 'workload') === (workload !== undefined)));
	const isElsewhere = (action: ActionName) => action === 'curl-pod' && curlNamespace !== undefined;
	const here = own.filter(action => !isElsewhere(action));
	const [rights, curlRights] = await Promise.all([
		askRights(connection, here, names, signal),
		askRights({...connection, namespace: curlNamespace ?? connection.namespace}, own.filter(isElsewhere), names, signal),
	]);
	if (!signal.aborted) store.dispatch({type: 'rights-learned', workload, rights: {...rights, ...curlRights}});
}

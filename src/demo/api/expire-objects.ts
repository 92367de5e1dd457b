import type {ApiState} from './api-state.ts';
import type {Resource} from './resource.ts';
import type {Change} from './version.ts';

/** More than so many are not kept, however young: a controller in trouble writes events without end. */
const mostKept = 20_000;

interface Deadline {
	readonly key: string;
	readonly revision: number;
	readonly at: number;
}

/** Takes away objects that nobody has written for their kind's lifetime, oldest first. */
export function expireObjects({group, plural, rules: {lifetimeMs}}: Resource, {clock, storage, closing}: ApiState): void {
	if (lifetimeMs === undefined) return;
	const store = storage.of({group, plural});
	let deadlines: Deadline[] = [];
	let cancel: (() => void) | undefined;
	const isOver = ({key, revision}: Deadline) => store.get(key)?.revision !== revision;
	const sweep = () => {
		cancel = undefined;
		const now = clock.now();
		const young = deadlines.findIndex(({at}) => at > now);
		const due = deadlines.splice(0, young < 0 ? deadlines.length : young);
		for (const deadline of due) if (!isOver(deadline)) store.remove(deadline.key);
		arm();
	};
	const arm = () => {
		const [first] = deadlines;
		if (cancel === undefined && first !== undefined && !closing.aborted) cancel = clock.schedule(Math.max(1_000, first.at - clock.now()), sweep);
	};
	store.listen(({type, key, revision}: Change) => {
		if (type === 'DELETED') return;
		deadlines.push({key, revision, at: clock.now() + lifetimeMs});
		if (deadlines.length > mostKept * 2) deadlines = deadlines.filter(deadline => !isOver(deadline));
		if (store.size > mostKept) {
			const oldest = deadlines.find(deadline => !isOver(deadline));
			if (oldest !== undefined) store.remove(oldest.key);
		}
		arm();
	});
	closing.addEventListener('abort', () => cancel?.());
}

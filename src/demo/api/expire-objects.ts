import type {ApiState} from './api-state.ts';
import type {Resource} from './resource.ts';
import type {Change} from './version.ts';

/** More than so many are not kept, however young: a controller in trouble writes events without end, and so do thousands of pods that start. */
const mostKept = 6_000;

/** Takes away objects that nobody has written for their kind's lifetime, oldest first. */
export function expireObjects({group, plural, rules: {lifetimeMs}}: Resource, {clock, storage, closing}: ApiState): void {
	if (lifetimeMs === undefined) return;
	const store = storage.of({group, plural});
	/** When each object's time is over, by key; the order is that of their last writes, so the first one is the next to go. */
	const deadlines = new Map<string, number>();
	let cancel: (() => void) | undefined;
	const sweep = () => {
		cancel = undefined;
		const now = clock.now();
		for (const [key, at] of deadlines) {
			if (at > now) break;
			store.remove(key);
		}
		arm();
	};
	const arm = () => {
		const [first] = deadlines.values();
		if (cancel === undefined && first !== undefined && !closing.aborted) cancel = clock.schedule(Math.max(1_000, first - clock.now()), sweep);
	};
	store.listen(({type, key}: Change) => {
		deadlines.delete(key);
		if (type === 'DELETED') return;
		deadlines.set(key, clock.now() + lifetimeMs);
		const [oldest] = deadlines.keys();
		if (deadlines.size > mostKept && oldest !== undefined) store.remove(oldest);
		arm();
	});
	closing.addEventListener('abort', () => cancel?.());
}

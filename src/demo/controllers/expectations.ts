import type {Clock} from '../clock.ts';

/**
 * What an owner of pods has asked for and the watch has not shown yet; until then it must not count its pods again
 * (kubernetes: UIDTrackingControllerExpectations).
 */
export interface Expectations {
	/** From now on only these: so many new pods, and the end of `deletions` (keys of pods), each of which counts once, whether it is seen terminating or gone. */
	readonly expect: (key: string, creations: number, deletions: readonly string[]) => void;
	readonly creationObserved: (key: string) => void;
	readonly deletionObserved: (key: string, pod: string) => void;
	readonly forget: (key: string) => void;
	/** Everything has been seen, or it takes so long that it is not going to be. */
	readonly areSatisfied: (key: string) => boolean;
}

interface Expected {
	creations: number;
	readonly deletions: Set<string>;
	readonly since: number;
}

const patienceMs = 300_000;

/** Expects nothing. */
export function createExpectations(clock: Clock): Expectations {
	const expected = new Map<string, Expected>();
	return {
		expect: (key, creations, deletions) => expected.set(key, {creations, deletions: new Set(deletions), since: clock.now()}),
		creationObserved(key) {
			const known = expected.get(key);
			if (known !== undefined) known.creations--;
		},
		deletionObserved: (key, pod) => expected.get(key)?.deletions.delete(pod),
		forget: key => expected.delete(key),
		areSatisfied(key) {
			const known = expected.get(key);
			return known === undefined || (known.creations <= 0 && known.deletions.size === 0) || clock.now() - known.since > patienceMs;
		},
	};
}

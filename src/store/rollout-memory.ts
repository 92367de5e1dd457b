import {rulesOf} from '../domain/kinds/rules-of.ts';
import type {Rescaling} from '../domain/why/rollout/rollout-subject.ts';
import type {VerdictMemory} from '../domain/why/verdict-memory.ts';
import type {Workload} from '../domain/workload.ts';
import type {FollowedWorkload, SeenRollout} from './state.ts';

/** What of a rollout can't be read from its objects as they are now. */
export type RolloutMemory = {
	/** Since when the controller has not seen the last change of the spec, epoch ms. */
	readonly unobservedSince: number | undefined;
	/** The desired count was changed while it went on. */
	readonly rescaled: Rescaling | undefined;
	readonly verdict: VerdictMemory | undefined;
};

/** What is remembered once the watch has brought the workload; another `rollout` than before is told anew. `at` is epoch ms. */
export function memoryAfter(before: FollowedWorkload | undefined, workload: Workload, rollout: SeenRollout | undefined, at: number): RolloutMemory | undefined {
	const isSame = before !== undefined && before.rollout === rollout;
	const known = before?.memory;
	const memory: RolloutMemory = {
		unobservedSince: workload.generation > workload.observedGeneration ? (known?.unobservedSince ?? at) : undefined,
		rescaled: isSame ? rescaledAfter(known?.rescaled, before.workload, workload, at) : undefined,
		verdict: isSame ? known?.verdict : undefined,
	};
	return Object.values(memory).every(part => part === undefined) ? undefined : memory;
}

/** From where it was when the first change came to where it is now. What is scaled while nothing rolls is no matter of a rollout. */
function rescaledAfter(known: Rescaling | undefined, before: Workload, after: Workload, at: number): Rescaling | undefined {
	const [from, to] = [before.replicas.desired, after.replicas.desired];
	if (rulesOf(before).status().done) return undefined;
	return from === to ? known : {from: known?.from ?? from, to, at};
}

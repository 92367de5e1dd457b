import type {Workload} from '../../workload.ts';
import {isReleasing} from './standing.ts';

/** Whether its new pods run in numbers that the steps of an OpenKruise Rollout say, beside all the old ones: the Deployment's own surge bounds nothing then. */
export function runsBeside({release}: Pick<Workload, 'release'>): boolean {
	const rollout = release?.kind === 'Application' ? release.rollout : release;
	return rollout !== undefined && rollout.style !== 'partition' && isReleasing(rollout);
}

import type {TargetKind} from '../domain/kinds/kind-words.ts';
import {followService} from './follow-service.ts';
import {type FollowOptions, followWorkload} from './follow-workload.ts';

/** Follows what is watched and all that belongs to it, until the signal aborts. Emits ClusterEvents; never throws. */
export function followTarget({kind, ...options}: Omit<FollowOptions, 'kind'> & {readonly kind: TargetKind}): Promise<void> {
	switch (kind) {
		case 'Service':
			return followService(options);
		// What steers a workload is followed by the workload's own name until its own follower is asked for.
		case 'KruiseRollout':
		case 'Application':
			return followWorkload({...options, kind: 'Deployment'});
		default:
			return followWorkload({...options, kind});
	}
}

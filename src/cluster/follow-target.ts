import {setMaxListeners} from 'node:events';
import type {TargetKind} from '../domain/kinds/kind-words.ts';
import {followRelease} from './follow-release.ts';
import {followService} from './follow-service.ts';
import {type FollowOptions, followWorkload} from './follow-workload.ts';

/** Follows what is watched and all that belongs to it, until the signal aborts. Emits ClusterEvents; never throws. */
export function followTarget({kind, ...options}: Omit<FollowOptions, 'kind'> & {readonly kind: TargetKind}): Promise<void> {
	// Each stream listens for its end, and there are more of them than Node takes for sound.
	setMaxListeners(0, options.signal);
	switch (kind) {
		case 'Service':
			return followService(options);
		case 'KruiseRollout':
		case 'Application':
			return followRelease({...options, kind});
		default:
			return followWorkload({...options, kind});
	}
}

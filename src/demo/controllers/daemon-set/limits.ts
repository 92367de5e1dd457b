import {scaledUp} from '../scaled-up.ts';
import type {DaemonSet} from './daemon-set.ts';

/** On how many nodes at a time a second pod may be made, and how many may be without (kubernetes: daemon/update.go updatedDesiredNodeCounts). */
export function daemonLimits({spec: {updateStrategy}}: DaemonSet, desired: number): {readonly surge: number; readonly unavailable: number} {
	const {maxSurge = 0, maxUnavailable = 0} = updateStrategy.type === 'RollingUpdate' ? (updateStrategy.rollingUpdate ?? {}) : {};
	const surge = scaledUp(maxSurge, desired);
	const unavailable = scaledUp(maxUnavailable, desired);
	return {surge, unavailable: desired > 0 && surge === 0 && unavailable === 0 ? 1 : unavailable};
}

/** Whether a node may have two pods for a while. */
export function allowsSurge(set: DaemonSet): boolean {
	return daemonLimits(set, 1).surge > 0;
}

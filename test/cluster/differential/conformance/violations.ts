import type {Write} from '../objects.ts';
import {deploymentViolations} from './deployment-status.ts';
import {eventViolations} from './events.ts';
import {historiesOf} from './history.ts';
import {replicaSetViolations} from './replica-sets.ts';

/** What no Kubernetes would have written, in words; empty for a trace of the real control plane. */
export function violations({writes}: {readonly writes: readonly Write[]}): readonly string[] {
	return historiesOf(writes).flatMap(history => [...deploymentViolations(history), ...replicaSetViolations(history), ...eventViolations(history)]);
}

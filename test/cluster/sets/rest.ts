import type {DaemonSet} from '../../../src/demo/controllers/daemon-set/daemon-set.ts';
import type {Pod} from '../../../src/demo/controllers/kinds.ts';
import {isReady} from '../../../src/demo/controllers/pods.ts';
import type {StatefulSet} from '../../../src/demo/controllers/stateful-set/stateful-set.ts';

/** Why something will still happen by itself; '' when all has come to rest. */
export function restOf(objects: readonly (StatefulSet | DaemonSet | Pod)[]): string {
	return objects.map(object => `${object.metadata.name}: ${unrest(object)}`).find(text => !text.endsWith(': ')) ?? '';
}

function unrest(object: StatefulSet | DaemonSet | Pod): string {
	const {deletionTimestamp, generation} = object.metadata;
	if (deletionTimestamp !== undefined) return 'is ending';
	if (object.kind === 'Pod') return isReady(object as Pod) ? '' : 'is not ready';
	const {spec, status} = object as StatefulSet | DaemonSet;
	if (status?.observedGeneration !== generation) return 'is not observed';
	const isOnDelete = spec.updateStrategy.type === 'OnDelete';
	return object.kind === 'StatefulSet' ? statefulUnrest(object as StatefulSet, isOnDelete) : daemonUnrest(object as DaemonSet, isOnDelete);
}

function statefulUnrest({spec, status}: StatefulSet, isOnDelete: boolean): string {
	const {partition = 0} = spec.updateStrategy.rollingUpdate ?? {};
	const {replicas = 0, readyReplicas = 0, availableReplicas = 0, updatedReplicas = 0, currentRevision, updateRevision} = status ?? {};
	if ([replicas, readyReplicas, availableReplicas].some(count => count !== spec.replicas)) return 'has not its pods';
	if (isOnDelete) return '';
	if (updatedReplicas < spec.replicas - partition) return 'has old pods';
	return partition === 0 && currentRevision !== updateRevision ? 'is not complete' : '';
}

function daemonUnrest({status}: DaemonSet, isOnDelete: boolean): string {
	const {desiredNumberScheduled = 0, numberAvailable = 0, updatedNumberScheduled = 0, currentNumberScheduled = 0} = status ?? {};
	if (numberAvailable !== desiredNumberScheduled || currentNumberScheduled !== desiredNumberScheduled) return 'has not its pods';
	return isOnDelete || updatedNumberScheduled === desiredNumberScheduled ? '' : 'has old pods';
}

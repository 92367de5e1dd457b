import {failed, finished, type KubectlStatus, waiting} from './rollout-status.ts';

/** What the status line of a StatefulSet depends on; counts absent in the API are 0. */
export type StatefulSetProgress = {
	readonly updateType: string;
	/** `updateStrategy.rollingUpdate`: absent when only the type was given, which changes the rules. */
	readonly rollingUpdate: {readonly partition: number | undefined} | undefined;
	readonly generation: number;
	readonly observedGeneration: number;
	/** `spec.replicas`; absent only where nothing defaulted it. */
	readonly replicas: number | undefined;
	readonly ready: number;
	readonly current: number;
	readonly updated: number;
	readonly currentRevision: string;
	readonly updateRevision: string;
};

/** With `rollingUpdate` in the spec the partition decides, and done means updated: nothing compares the revisions. */
function partitionedStatus(partition: number | undefined, replicas: number | undefined, updated: number): KubectlStatus {
	if (replicas !== undefined && partition !== undefined && updated < replicas - partition) {
		return waiting(`Waiting for partitioned roll out to finish: ${updated} out of ${replicas - partition} new pods have been updated...`);
	}
	return finished(`partitioned roll out complete: ${updated} new pods have been updated...`);
}

/** The status line of a StatefulSet, in kubectl's order of rules. kubectl: polymorphichelpers/rollout_status.go StatefulSetStatusViewer. */
export function statefulSetStatus(progress: StatefulSetProgress): KubectlStatus {
	const {generation, observedGeneration, replicas, ready, current, updated, currentRevision, updateRevision, rollingUpdate} = progress;
	if (progress.updateType !== 'RollingUpdate') return {...failed('rollout status is only available for RollingUpdate strategy type'), done: true};
	if (observedGeneration === 0 || generation > observedGeneration) return waiting('Waiting for statefulset spec update to be observed...');
	if (replicas !== undefined && ready < replicas) return waiting(`Waiting for ${replicas - ready} pods to be ready...`);
	if (rollingUpdate !== undefined) return partitionedStatus(rollingUpdate.partition, replicas, updated);
	if (updateRevision !== currentRevision) return waiting(`waiting for statefulset rolling update to complete ${updated} pods at revision ${updateRevision}...`);
	return finished(`statefulset rolling update complete ${current} pods at revision ${currentRevision}...`);
}

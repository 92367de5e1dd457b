import {failed, finished, type KubectlStatus, waiting} from './rollout-status.ts';

/** What the status line of a DaemonSet depends on; numbers absent in the API are 0. */
export type DaemonSetProgress = {
	readonly name: string;
	readonly updateType: string;
	readonly generation: number;
	readonly observedGeneration: number;
	readonly desired: number;
	readonly updated: number;
	readonly available: number;
};

/** The status line of a DaemonSet, in kubectl's order of rules. kubectl: polymorphichelpers/rollout_status.go DaemonSetStatusViewer. */
export function daemonSetStatus({name, updateType, generation, observedGeneration, desired, updated, available}: DaemonSetProgress): KubectlStatus {
	const start = `Waiting for daemon set "${name}" rollout to finish:`;
	if (updateType !== 'RollingUpdate') return {...failed('rollout status is only available for RollingUpdate strategy type'), done: true};
	if (generation > observedGeneration) return waiting('Waiting for daemon set spec update to be observed...');
	if (updated < desired) return waiting(`${start} ${updated} out of ${desired} new pods have been updated...`);
	if (available < desired) return waiting(`${start} ${available} of ${desired} updated pods are available...`);
	return finished(`daemon set "${name}" successfully rolled out`);
}

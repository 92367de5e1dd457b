import {conditionOf} from './condition-of.ts';
import {revisionNumber} from './revision-number.ts';
import type {Workload} from './workload.ts';

/** What `kubectl rollout status` says of an object. */
export type KubectlStatus = {
	/** The line it prints, without newline and without `error: `. */
	readonly message: string;
	/** It stops waiting. */
	readonly done: boolean;
	/** The same line when it is an error, which makes kubectl exit with 1. */
	readonly error: string | undefined;
};

/** kubectl prints it and goes on waiting. */
export function waiting(message: string): KubectlStatus {
	return {message, done: false, error: undefined};
}

/** kubectl prints it and exits with 0. */
export function finished(message: string): KubectlStatus {
	return {message, done: true, error: undefined};
}

/** kubectl prints `error: ` and this, and exits with 1. */
export function failed(error: string): KubectlStatus {
	return {message: error, done: false, error};
}

/** The rule of `--revision=N`, which comes before all others: undefined when it does not object. */
function revisionError(workload: Workload, revision: number): string | undefined {
	if (revision <= 0) return undefined;
	const running = revisionNumber(workload.revisionText);
	if (running.kind === 'invalid') return `cannot get the revision of deployment "${workload.name}": ${running.error}`;
	if (running.value !== revision) return `desired revision (${revision}) is different from the running revision (${running.value})`;
	return undefined;
}

/**
 * The status line of a Deployment; `revision` is `--revision` (0: whichever runs). Several rules can hold at once and the first one wins: the
 * order is kubectl's. It looks neither at `paused` nor at terminating pods; `rolloutPhase` does. kubectl: polymorphichelpers/rollout_status.go.
 */
export function kubectlRolloutStatus(workload: Workload, revision = 0): KubectlStatus {
	const {current, updated, available} = workload.replicas;
	const {specReplicas} = workload;
	const start = `Waiting for deployment "${workload.name}" rollout to finish:`;
	const error = revisionError(workload, revision);
	if (error !== undefined) return failed(error);
	if (workload.generation > workload.observedGeneration) return waiting('Waiting for deployment spec update to be observed...');
	if (conditionOf(workload.conditions, 'Progressing')?.reason === 'ProgressDeadlineExceeded') {
		return failed(`deployment "${workload.name}" exceeded its progress deadline`);
	}
	if (specReplicas !== undefined && updated < specReplicas) return waiting(`${start} ${updated} out of ${specReplicas} new replicas have been updated...`);
	if (current > updated) return waiting(`${start} ${current - updated} old replicas are pending termination...`);
	if (available < updated) return waiting(`${start} ${available} of ${updated} updated replicas are available...`);
	return finished(`deployment "${workload.name}" successfully rolled out`);
}

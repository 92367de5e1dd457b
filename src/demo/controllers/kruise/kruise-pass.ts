import {apiTime} from '../../clock.ts';
import type {ControllerContext} from '../context.ts';
import type {Deployment, ReplicaSet} from '../kinds.ts';
import {pathOf} from '../paths.ts';
import type {CanaryStatus, KruiseRollout, KruiseStatus, KruiseStep, TrafficRouting} from './kinds.ts';

/** One look at one Rollout. It writes the status once at most; the watch brings it back, and the next pass goes on from there. */
export interface KruisePass {
	readonly context: Pick<ControllerContext, 'api' | 'clock'>;
	readonly rollout: KruiseRollout;
	readonly workload: Deployment;
	/** The workload's own, oldest first. */
	readonly replicaSets: readonly ReplicaSet[];
	/** The second Deployment, and its ReplicaSet, once they are there. */
	readonly canary: Deployment | undefined;
	readonly canaryReplicaSet: ReplicaSet | undefined;
	readonly checkAgain: (delayMs: number) => void;
}

/** A pass with the status that a release has. */
export interface RollingPass extends KruisePass {
	readonly status: KruiseStatus;
	readonly canaryStatus: CanaryStatus;
}

/** Where a Rollout is. */
export function rolloutPath({metadata: {namespace, name}}: KruiseRollout): string {
	return pathOf('rollouts.kruise.io/v1beta1', 'rollouts', namespace, name);
}

/** Writes a status, with what it repeats of the canary's at its top. Throws a conflict when the pass looked at an old state: again, later. */
export async function writeStatus({context, rollout}: KruisePass, status: KruiseStatus): Promise<void> {
	const body = {...rollout, status: mirrored(rollout, status)};
	await context.api.send({method: 'PUT', path: `${rolloutPath(rollout)}/status`, body});
}

/** The status with the generation that was seen, and with the step that `canaryStatus` tells. */
export function mirrored({metadata}: KruiseRollout, status: KruiseStatus): KruiseStatus {
	const {currentStepIndex = 0, currentStepState = ''} = status.canaryStatus ?? {};
	return {...status, observedGeneration: metadata.generation ?? 1, currentStepIndex, currentStepState};
}

/** Writes what changes in the canary's status, and in the rest. */
export async function writeCanary(pass: RollingPass, canary: Partial<CanaryStatus>, rest: Partial<KruiseStatus> = {}): Promise<void> {
	await writeStatus(pass, {...pass.status, ...rest, canaryStatus: {...pass.canaryStatus, ...canary}});
}

/** Now, as the API writes times. */
export function timeNow({context: {clock}}: KruisePass): string {
	return apiTime(clock.now());
}

/** Whether so much time has gone by since a time of the API; if not, the pass comes again then. */
export function hasPassed({context: {clock}, checkAgain}: KruisePass, since: string | null | undefined, ms: number): boolean {
	const leftMs = since === undefined || since === null ? 0 : Date.parse(since) + ms - clock.now();
	if (leftMs > 0) checkAgain(leftMs);
	return leftMs <= 0;
}

/** All steps. */
export function stepsOf({spec}: KruiseRollout): readonly KruiseStep[] {
	return spec.strategy.canary?.steps ?? [];
}

/** What shares the requests out; undefined: nothing does. Kruise takes the first. */
export function routingOf({spec}: KruiseRollout): TrafficRouting | undefined {
	return spec.strategy.canary?.trafficRoutings?.[0];
}

/** How long a change of the routing is given to reach everybody, ms (default of the CRD: 3 s). */
export function graceMs(rollout: KruiseRollout): number {
	const routing = routingOf(rollout);
	return routing === undefined ? 0 : (routing.gracePeriodSeconds ?? 3) * 1_000;
}

/** The step after one, −1 after the last. */
export function stepAfter(rollout: KruiseRollout, index: number): number {
	return index >= stepsOf(rollout).length ? -1 : index + 1;
}

/** `deployments/NAME` of the workload or of the second one. */
export function deploymentPathOf({metadata: {namespace, name}}: Pick<Deployment, 'metadata'>): string {
	return pathOf('apps/v1', 'deployments', namespace, name);
}

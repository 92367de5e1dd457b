/** The parts of a Rollout that tests look at. */
export interface RawRollout {
	readonly metadata: {readonly namespace: string; readonly name: string; readonly generation: number; readonly resourceVersion: string};
	readonly spec: {
		readonly paused?: boolean;
		readonly restartAt?: string;
		readonly workloadRef?: {readonly kind: string; readonly name: string};
		readonly template?: RawTemplate | undefined;
	};
	/** Of the Deployment that it takes its template from. */
	readonly workloadGeneration?: number;
	readonly status?: {
		readonly phase?: string;
		readonly message?: string;
		readonly abort?: boolean;
		readonly promoteFull?: boolean;
		readonly currentStepIndex?: number;
		readonly currentPodHash?: string;
		readonly stableRS?: string;
		readonly replicas?: number;
		readonly updatedReplicas?: number;
		readonly observedGeneration?: string;
		readonly workloadObservedGeneration?: string;
		readonly restartedAt?: string;
		readonly pauseConditions?: readonly {readonly reason: string}[];
		readonly canary?: {readonly weights?: {readonly canary: RawWeight; readonly stable: RawWeight}};
		readonly blueGreen?: {readonly activeSelector?: string; readonly previewSelector?: string};
	};
}

interface RawWeight {
	readonly weight: number;
}

interface RawTemplate {
	readonly spec: {readonly containers: readonly {readonly name: string; readonly image: string}[]};
}

/** A state that a Rollout comes to, by its status, and what the screen must say of it. */
export interface Standing {
	readonly what: string;
	readonly holds: (rollout: RawRollout) => boolean;
	readonly says: readonly RegExp[];
}

/** The image of recordings. */
export const imageOf = (version: string) => `barnett/canarydemo:${version}`;

/** Everything is on a version, and the controller says so of what stands there now. */
export function healthyWith(version: string): Standing {
	const runs = ({spec}: RawRollout) => spec.template?.spec.containers[0]?.image === imageOf(version);
	return {what: `healthy with ${version}`, holds: rollout => isInPhase(rollout, 'Healthy') && runs(rollout), says: [/COMPLETE/]};
}

/** All its pods have been replaced by new ones of the same version. */
export function restartedWith(version: string): Standing {
	const {holds, says} = healthyWith(version);
	return {what: 'restarted', holds: rollout => holds(rollout) && rollout.status?.restartedAt === rollout.spec.restartAt, says};
}

/** So many pods, old ones that are kept for a while among them. */
export function withPods(count: number): Standing {
	return {what: `down to ${count} pods`, holds: rollout => rollout.status?.replicas === count, says: []};
}

/** It waits at a step, counted from 0, for a person, or for its time. */
export function pausedAt(step: number, of: number, forTime?: string): Standing {
	const place = `step .* ${step + 1} of ${of} · pause`;
	return {
		what: `paused at step ${step}`,
		holds: rollout => isInPhase(rollout, 'Paused') && rollout.status?.currentStepIndex === step,
		says: forTime === undefined ? [/WAITS FOR YOU/, new RegExp(`${place} · waits for you`)] : [/PAUSED/, new RegExp(`${place}: ${forTime} · until \\d\\d:`)],
	};
}

/** It is at work on a step, counted from 0, with so many pods of the new version. */
export function progressingAt(step: number, of: number, updated: number): Standing {
	return {
		what: `at work on step ${step}`,
		holds: rollout => isInPhase(rollout, 'Progressing') && rollout.status?.currentStepIndex === step && (rollout.status.updatedReplicas ?? 0) === updated,
		says: [/PROGRESSING/, new RegExp(`step .* ${step + 1} of ${of} · `), new RegExp(`${updated}/\\d updated`)],
	};
}

/** Given up, and nothing taken back. */
export const aborted: Standing = {
	what: 'aborted',
	holds: rollout => isInPhase(rollout, 'Degraded') && rollout.status?.abort === true,
	says: [/ABORTED/, /aborted is not rolled back/i],
};

/** Stalled: nobody has given it up. */
export const stalled: Standing = {
	what: 'stalled',
	holds: rollout => isInPhase(rollout, 'Degraded') && rollout.status?.abort !== true,
	says: [/DEGRADED/, /ProgressDeadlineExceeded/],
};

/** Paused by a person, in the middle of a step. */
export const pausedByHand: Standing = {
	what: 'paused by hand',
	holds: rollout => isInPhase(rollout, 'Paused') && rollout.spec.paused === true,
	says: [/PAUSED/, /resumed \(r\)/],
};

/** All new pods are there and seen in the preview; somebody has to say yes. */
export const waitsForPromotion: Standing = {
	what: 'waiting to be promoted',
	holds: rollout => isInPhase(rollout, 'Paused') && rollout.status?.pauseConditions?.[0]?.reason === 'BlueGreenPause',
	says: [/WAITS FOR YOU/, /2 of 3 · promotion/],
};

function isInPhase({metadata, status, workloadGeneration}: RawRollout, phase: string): boolean {
	const isObserved = status?.observedGeneration === String(metadata.generation);
	const isWorkloadObserved = workloadGeneration === undefined || status?.workloadObservedGeneration === String(workloadGeneration);
	return isObserved && isWorkloadObserved && status.phase === phase;
}

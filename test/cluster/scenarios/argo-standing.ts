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

type Holds = (rollout: RawRollout) => boolean;

/** The image of recordings. */
export const imageOf = (version: string) => `barnett/canarydemo:${version}`;

/** Everything is on a version, and the controller says so of what stands there now. */
export function isHealthyWith(version: string): Holds {
	return rollout => isInPhase(rollout, 'Healthy') && rollout.spec.template?.spec.containers[0]?.image === imageOf(version);
}

/** It waits at a step, counted from 0. */
export function isPausedAt(step: number): Holds {
	return rollout => isInPhase(rollout, 'Paused') && rollout.status?.currentStepIndex === step;
}

/** It is at work on a step, counted from 0, with so many pods of the new version. */
export function isProgressingAt(step: number, updated: number): Holds {
	return rollout => isInPhase(rollout, 'Progressing') && rollout.status?.currentStepIndex === step && (rollout.status.updatedReplicas ?? 0) === updated;
}

export const isDegraded: Holds = rollout => isInPhase(rollout, 'Degraded');
export const isPaused: Holds = rollout => isInPhase(rollout, 'Paused');

function isInPhase({metadata, status, workloadGeneration}: RawRollout, phase: string): boolean {
	const isObserved = status?.observedGeneration === String(metadata.generation);
	const isWorkloadObserved = workloadGeneration === undefined || status?.workloadObservedGeneration === String(workloadGeneration);
	return isObserved && isWorkloadObserved && status.phase === phase;
}

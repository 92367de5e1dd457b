/** A pod's status as the API has it. */
export interface PodStatus {
	readonly observedGeneration?: number | undefined;
	readonly phase?: PodPhase;
	readonly reason?: string;
	readonly message?: string;
	readonly conditions?: readonly PodCondition[];
	readonly hostIP?: string;
	readonly hostIPs?: readonly {readonly ip: string}[];
	readonly podIP?: string;
	readonly podIPs?: readonly {readonly ip: string}[];
	readonly startTime?: string;
	readonly initContainerStatuses?: readonly ContainerStatus[];
	readonly containerStatuses?: readonly ContainerStatus[];
}

export type PodPhase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

export interface PodCondition {
	readonly type: string;
	readonly status: 'True' | 'False' | 'Unknown';
	readonly observedGeneration?: number | undefined;
	readonly lastProbeTime?: string | null;
	readonly lastTransitionTime: string;
	readonly reason?: string;
	readonly message?: string;
}

export interface ContainerStatus {
	readonly name: string;
	readonly state: ContainerState;
	readonly lastState: ContainerState;
	readonly ready: boolean;
	readonly started: boolean;
	readonly restartCount: number;
	readonly image: string;
	readonly imageID: string;
	readonly containerID?: string;
	readonly volumeMounts?: readonly object[];
}

export interface ContainerState {
	readonly waiting?: {readonly reason: string; readonly message?: string};
	readonly running?: {readonly startedAt: string};
	readonly terminated?: Terminated;
}

export interface Terminated {
	readonly exitCode: number;
	readonly signal?: number;
	readonly reason: string;
	readonly message?: string;
	readonly startedAt: string | null;
	readonly finishedAt: string | null;
	readonly containerID?: string;
}

/** A pod in this phase never runs again. */
export function isTerminal({phase}: PodStatus): boolean {
	return phase === 'Succeeded' || phase === 'Failed';
}

/** The parts of a Pod that a kubelet reads and writes, named as in the API. */
export interface ApiPod {
	readonly metadata: {
		readonly name: string;
		readonly namespace: string;
		readonly uid: string;
		readonly resourceVersion?: string;
		readonly generation?: number;
		readonly deletionTimestamp?: string;
		readonly deletionGracePeriodSeconds?: number;
	};
	readonly spec: PodSpec;
	readonly status: PodStatus;
}

export interface PodSpec {
	readonly initContainers?: readonly ContainerSpec[];
	readonly containers: readonly ContainerSpec[];
	/** Conditions that somebody outside sets, and that must be true before the pod is ready. */
	readonly readinessGates?: readonly {readonly conditionType: string}[];
	readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never';
	readonly terminationGracePeriodSeconds?: number;
}

export interface ContainerSpec {
	readonly name: string;
	readonly image: string;
	readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
	readonly command?: readonly string[];
	readonly args?: readonly string[];
	readonly ports?: readonly {readonly name?: string; readonly containerPort: number}[];
	readonly readinessProbe?: ProbeSpec;
	readonly volumeMounts?: readonly {readonly name: string; readonly mountPath: string; readonly readOnly?: boolean}[];
}

/** A probe with the API server's defaults filled in, except where the API leaves them out. */
export interface ProbeSpec {
	readonly httpGet?: {
		readonly path?: string;
		readonly port: number | string;
		readonly host?: string;
		readonly scheme?: 'HTTP' | 'HTTPS';
		readonly httpHeaders?: readonly {readonly name: string; readonly value: string}[];
	};
	readonly tcpSocket?: {readonly port: number | string; readonly host?: string};
	readonly initialDelaySeconds?: number;
	readonly periodSeconds?: number;
	readonly timeoutSeconds?: number;
	readonly successThreshold?: number;
	readonly failureThreshold?: number;
}

export interface PodStatus {
	readonly observedGeneration?: number | undefined;
	readonly phase?: PodPhase;
	readonly conditions?: readonly PodCondition[];
	readonly hostIP?: string;
	readonly hostIPs?: readonly {readonly ip: string}[];
	readonly podIP?: string;
	readonly podIPs?: readonly {readonly ip: string}[];
	readonly startTime?: string;
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
	readonly reason: string;
	readonly message?: string;
	readonly startedAt: string | null;
	readonly finishedAt: string | null;
	readonly containerID?: string;
}

/** The border: what has no identity or no containers is no pod that could run. */
export function parsePod(object: unknown): ApiPod | undefined {
	const {metadata, spec, status} = object as Partial<ApiPod>;
	if (metadata?.uid === undefined || spec?.containers === undefined) return undefined;
	return {metadata, spec, status: status ?? {}};
}

/** Where the API finds the pod. */
export function podPath({metadata}: ApiPod): string {
	return `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;
}

/** A pod in this phase never runs again. */
export function isTerminal({phase}: PodStatus): boolean {
	return phase === 'Succeeded' || phase === 'Failed';
}

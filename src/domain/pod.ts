import type {Condition} from './condition.ts';

export type Termination = {
	readonly exitCode: number;
	readonly signal: number;
	readonly reason: string;
	readonly message: string;
	readonly startedAt: number | undefined;
	readonly finishedAt: number | undefined;
};

export type ContainerState =
	| {readonly kind: 'none'}
	| {readonly kind: 'waiting'; readonly reason: string; readonly message: string}
	| {readonly kind: 'running'; readonly startedAt: number | undefined}
	| ({readonly kind: 'terminated'} & Termination);

/** An entry of `status.containerStatuses` or `status.initContainerStatuses`. */
export type ContainerStatus = {
	readonly name: string;
	readonly image: string;
	readonly ready: boolean;
	/** `undefined`: the API did not say. */
	readonly started: boolean | undefined;
	readonly restartCount: number;
	readonly state: ContainerState;
	readonly lastTermination: Termination | undefined;
};

/** What a probe asks, in one line for people: `GET :8080/healthz`, `TCP :8080`, `exec cat /ok`, `gRPC :9000`. */
export type ProbeText = string;

/** A probe of a container. Where the API leaves a number out, it is the API's default. */
export type Probe = {
	readonly text: ProbeText;
	readonly initialDelaySeconds: number;
	readonly periodSeconds: number;
	readonly timeoutSeconds: number;
	readonly successThreshold: number;
	readonly failureThreshold: number;
};

/** A port that a container declares; most that it listens on are, but none needs to be. */
export type ContainerPort = {readonly name: string; readonly port: number; readonly protocol: string};

/** An entry of `spec.containers` or `spec.initContainers`. */
export type ContainerSpec = {
	readonly name: string;
	readonly image: string;
	/** `restartPolicy: Always` on an init container: a sidecar. */
	readonly sidecar: boolean;
	readonly readinessProbe: Probe | undefined;
	readonly livenessProbe: Probe | undefined;
	readonly startupProbe: Probe | undefined;
	/** `resources.limits.memory` as it is written: `64Mi`. */
	readonly memoryLimit: string | undefined;
	readonly ports: readonly ContainerPort[];
};

/** A pod. Times are epoch ms with the API's resolution of a second. */
export type Pod = {
	readonly uid: string;
	readonly name: string;
	readonly namespace: string;
	readonly resourceVersion: string;
	readonly createdAt: number | undefined;
	/** `metadata.deletionTimestamp`: when its grace period ends, so often in the future. */
	readonly deletedAt: number | undefined;
	/** `metadata.deletionGracePeriodSeconds`: how long its containers may take to end; set together with `deletedAt`. */
	readonly deletionGraceSeconds: number | undefined;
	/** `metadata.finalizers`: who must let it go before it is gone. */
	readonly finalizers: readonly string[];
	readonly ownerUid: string | undefined;
	readonly labels: Readonly<Record<string, string>>;
	readonly nodeName: string | undefined;
	/** The only node that a DaemonSet's pod was made for. */
	readonly pinnedTo?: string | undefined;
	readonly ip: string | undefined;
	readonly phase: string;
	/** `status.reason` and `status.message`, e.g. `Evicted`. */
	readonly reason: string;
	readonly message: string;
	readonly conditions: readonly Condition[];
	/** Names of `spec.schedulingGates`. */
	readonly schedulingGates: readonly string[];
	readonly initContainers: readonly ContainerSpec[];
	readonly containers: readonly ContainerSpec[];
	readonly initContainerStatuses: readonly ContainerStatus[];
	readonly containerStatuses: readonly ContainerStatus[];
};

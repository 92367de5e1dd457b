/** The parts of a pod's spec that a kubelet reads. */
export interface PodSpec {
	readonly initContainers?: readonly ContainerSpec[];
	readonly containers: readonly ContainerSpec[];
	readonly volumes?: readonly VolumeSpec[];
	readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never';
	readonly terminationGracePeriodSeconds?: number;
	readonly activeDeadlineSeconds?: number;
	readonly readinessGates?: readonly {readonly conditionType: string}[];
	readonly nodeName?: string;
	readonly serviceAccountName?: string;
}

/** A volume whose content comes from the API; of any other kind a kubelet here makes nothing. */
export interface VolumeSpec {
	readonly name: string;
	readonly configMap?: {readonly name: string} & SourceKeys;
	readonly secret?: {readonly secretName: string} & SourceKeys;
	readonly projected?: {readonly sources?: readonly ProjectedSource[]};
}

interface ProjectedSource {
	readonly configMap?: {readonly name: string} & SourceKeys;
	readonly secret?: {readonly name: string} & SourceKeys;
}

interface SourceKeys {
	readonly items?: readonly {readonly key: string}[];
	readonly optional?: boolean;
}

export interface ContainerSpec {
	readonly name: string;
	readonly image: string;
	readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
	/** Of an init container only: `Always` makes it a sidecar. */
	readonly restartPolicy?: string;
	readonly command?: readonly string[];
	readonly args?: readonly string[];
	readonly env?: readonly EnvVar[];
	readonly envFrom?: readonly EnvFrom[];
	readonly ports?: readonly {readonly name?: string; readonly containerPort: number}[];
	readonly readinessProbe?: ProbeSpec;
	readonly livenessProbe?: ProbeSpec;
	readonly startupProbe?: ProbeSpec;
	readonly lifecycle?: {readonly postStart?: LifecycleHook; readonly preStop?: LifecycleHook};
	readonly resources?: {readonly limits?: {readonly memory?: string}};
	readonly volumeMounts?: readonly {readonly name: string; readonly mountPath: string; readonly readOnly?: boolean}[];
}

export interface EnvVar {
	readonly name: string;
	readonly value?: string;
	readonly valueFrom?: {
		readonly fieldRef?: {readonly fieldPath: string};
		readonly configMapKeyRef?: KeyRef;
		readonly secretKeyRef?: KeyRef;
	};
}

export interface EnvFrom {
	readonly prefix?: string;
	readonly configMapRef?: {readonly name: string; readonly optional?: boolean};
	readonly secretRef?: {readonly name: string; readonly optional?: boolean};
}

interface KeyRef {
	readonly name: string;
	readonly key: string;
	readonly optional?: boolean;
}

export interface HttpGet {
	readonly path?: string;
	readonly port: number | string;
	readonly host?: string;
	readonly scheme?: 'HTTP' | 'HTTPS';
	readonly httpHeaders?: readonly {readonly name: string; readonly value: string}[];
}

export interface LifecycleHook {
	readonly exec?: {readonly command?: readonly string[]};
	readonly httpGet?: HttpGet;
	readonly sleep?: {readonly seconds: number};
}

/** A probe with the API server's defaults filled in, except where the API leaves them out. */
export interface ProbeSpec {
	readonly exec?: {readonly command?: readonly string[]};
	readonly httpGet?: HttpGet;
	readonly tcpSocket?: {readonly port: number | string; readonly host?: string};
	readonly initialDelaySeconds?: number;
	readonly periodSeconds?: number;
	readonly timeoutSeconds?: number;
	readonly successThreshold?: number;
	readonly failureThreshold?: number;
	readonly terminationGracePeriodSeconds?: number;
}

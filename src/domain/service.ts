export type ServicePort = {
	readonly name: string;
	readonly port: number;
	readonly protocol: string;
	readonly targetPort: number | string | undefined;
	readonly nodePort: number | undefined;
};

/** A Service whose selector matches the workload's pods. */
export type Service = {
	readonly uid: string;
	readonly name: string;
	readonly namespace: string;
	readonly resourceVersion: string;
	/** `ClusterIP`, `NodePort`, `LoadBalancer`, `ExternalName`. */
	readonly type: string;
	readonly selector: Readonly<Record<string, string>>;
	readonly ports: readonly ServicePort[];
};

/** One endpoint of an EndpointSlice, nulls resolved as the API says (ready and serving default to true, terminating to false). */
export type Endpoint = {
	readonly addresses: readonly string[];
	readonly podUid: string | undefined;
	readonly podName: string | undefined;
	readonly ready: boolean;
	readonly serving: boolean;
	readonly terminating: boolean;
};

export type EndpointSlice = {
	readonly uid: string;
	readonly name: string;
	readonly resourceVersion: string;
	/** Label `kubernetes.io/service-name`. */
	readonly serviceName: string;
	readonly addressType: string;
	readonly endpoints: readonly Endpoint[];
};

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
	/** Virtual address; `None` of a headless one; absent where there is none (ExternalName). */
	readonly clusterIp: string | undefined;
	/** `None` or `ClientIP`. */
	readonly sessionAffinity: string;
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

/** A Service sends to a pod when all of its selector is among the pod's labels; one without selector sends to nobody by itself. */
export function selects({selector}: Pick<Service, 'selector'>, labels: Readonly<Record<string, string>>): boolean {
	const pairs = Object.entries(selector);
	return pairs.length > 0 && pairs.every(([name, value]) => labels[name] === value);
}

/** Argo adds it to the selectors of the Services that it switches from one version's pods to another's; no template has it. */
const argoHash = 'rollouts-pod-template-hash';

/** A Service is for pods of a template, whichever version of them it is switched to now. */
export function selectsTemplate({selector}: Pick<Service, 'selector'>, labels: Readonly<Record<string, string>>): boolean {
	const {[argoHash]: _pinned, ...written} = selector;
	return selects({selector: written}, labels);
}

/** The port for HTTP of several, else the only one. */
export function httpPort<Port extends {readonly name: string; readonly port: number}>(ports: readonly Port[]): Port | undefined {
	return ports.length === 1 ? ports[0] : ports.find(({name, port}) => name === 'http' || name.startsWith('http-') || port === 80);
}

/** Whether a Service's port speaks TLS, as far as name and number tell. */
export function isTlsPort({name, port}: {readonly name: string; readonly port: number}): boolean {
	return name === 'https' || port === 443;
}

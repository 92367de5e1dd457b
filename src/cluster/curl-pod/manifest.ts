import {type CurlRequest, curlArguments} from './curl-arguments.ts';
import {loopName, loopScript} from './loop-script.ts';

/** What a curl pod is made of. Durations in ms. */
export type CurlPodSpec = {
	readonly name: string;
	readonly namespace: string;
	/** Has sh, curl (7.75 or newer), base64, head, tr and sleep. */
	readonly image: string;
	/** One container each: `curl-1`, `curl-2`, … */
	readonly requests: readonly CurlRequest[];
	/** From the begin of a request to the begin of the next. */
	readonly intervalMs: number;
	/** Then the pod ends by itself, whatever has become of us. */
	readonly lifetimeMs: number;
	/** Ends after so many requests of each; absent: as many as the lifetime has room for. */
	readonly most?: number | undefined;
	/** Who asked for it, as the kubeconfig names them. */
	readonly startedBy: string;
	/** Epoch ms. */
	readonly startedAt: number;
};

/** The official image of the curl project. */
export const defaultCurlImage = 'curlimages/curl:8.10.1';
export const defaultLifetimeMs = 30 * 60_000;
/** Each request starts a handful of processes: more often, and a pod measures itself. */
export const shortestIntervalMs = 100;

/** By these it is found, and by no selector of an application. */
export const curlPodLabels = {'app.kubernetes.io/managed-by': 'rollwatch', 'app.kubernetes.io/component': 'curl'} as const;
export const startedByAnnotation = 'rollwatch/started-by';

/** Of headers and body together. With base64 and the facts a line stays below the 16 KiB at which container runtimes split lines. */
const keptBytes = 10 * 1024;
/** Nobody by convention; any number but 0 will do, since nothing is written and nothing is read but the image's programs. */
const nobody = 65_532;

/** What Kubernetes would take for `$(NAME)` or its escape, escaped: command and arguments arrive in the container as they are here. */
function literal(word: string): string {
	return word.replace(/\$(?=[$(])/g, '$$$$');
}

function containerOf(request: CurlRequest, index: number, spec: CurlPodSpec) {
	const everyMs = Math.max(shortestIntervalMs, spec.intervalMs);
	const most = spec.most ?? Math.ceil(spec.lifetimeMs / everyMs);
	return {
		name: curlContainerName(index),
		image: spec.image,
		command: ['/bin/sh', '-c', literal(loopScript), loopName],
		args: [String(everyMs / 1000), String(most), String(keptBytes), ...curlArguments(request).map(literal)],
		// One run of curl fits into the 50 ms of a period that the limit leaves, so that throttling is not measured as latency.
		resources: {requests: {cpu: '20m', memory: '16Mi'}, limits: {cpu: '500m', memory: '64Mi'}},
		securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: ['ALL']}},
	};
}

/** The container of the request with that index. */
export function curlContainerName(index: number): string {
	return `curl-${index + 1}`;
}

/**
 * The pod as it is created: of the Pod Security profile "restricted", without a service account's token, never restarted, ended by its own deadline.
 * Its requests must be free of secrets (`curlRequestRefusal`).
 */
export function curlPodManifest(spec: CurlPodSpec) {
	const {name, namespace, requests, lifetimeMs, startedBy, startedAt} = spec;
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			name,
			namespace,
			labels: curlPodLabels,
			annotations: {[startedByAnnotation]: startedBy, 'rollwatch/started-at': new Date(startedAt).toISOString()},
		},
		spec: {
			restartPolicy: 'Never',
			activeDeadlineSeconds: Math.ceil(lifetimeMs / 1000),
			terminationGracePeriodSeconds: 1,
			automountServiceAccountToken: false,
			enableServiceLinks: false,
			nodeSelector: {'kubernetes.io/os': 'linux'},
			securityContext: {runAsNonRoot: true, runAsUser: nobody, runAsGroup: nobody, seccompProfile: {type: 'RuntimeDefault'}},
			containers: requests.map((request, index) => containerOf(request, index, spec)),
		},
	};
}

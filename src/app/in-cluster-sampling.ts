import type {SamplerOptions} from '../cli/options.ts';
import type {ClusterConnection} from '../cluster/connect.ts';
import type {CurlRequest} from '../cluster/curl-pod/curl-arguments.ts';
import {curlPodPlan} from '../cluster/curl-pod/curl-pod-plan.ts';
import {curlPodSpec} from '../cluster/curl-pod/curl-pod-spec.ts';
import {type CurlPodSpec, shortestIntervalMs} from '../cluster/curl-pod/manifest.ts';
import {checkCurlPod} from '../cluster/curl-pod/preflight.ts';
import {ClusterError} from '../cluster/errors.ts';
import {serviceUrl} from '../cluster/service-proxy.ts';
import type {CurlPodPlan} from '../domain/mix/curl-pod-plan.ts';
import type {RouteExtras} from '../domain/mix/route-choice.ts';
import type {ProbeResult, Sample} from '../domain/sample.ts';
import type {SampleTarget} from '../domain/sample-target.ts';
import {createCurlLogReader} from '../sampler/curl-log/curl-log-reader.ts';
import type {Actions} from './act/actions.ts';
import type {ProbeSettings} from './probe-settings.ts';
import type {ReadyRun, SamplingEvent} from './sampling.ts';
import {UsageError} from './usage-error.ts';

/** Shows what would be created and resolves whether the person agrees; not, where the signal comes first. Nothing is created before. */
export type ConfirmCurlPod = (plan: CurlPodPlan, signal: AbortSignal) => Promise<boolean>;

/** What can be done about a curl pod. */
export type CurlPodActions = Pick<Actions, 'tryCurlPod' | 'openCurlPod'>;

type InClusterOptions = {
	readonly connection: ClusterConnection;
	readonly actions: CurlPodActions;
	readonly options: SamplerOptions;
	readonly settings: ProbeSettings;
	readonly extras: RouteExtras;
	readonly recognise: (result: ProbeResult) => Sample;
	readonly confirmCurlPod: ConfirmCurlPod;
	readonly now: () => number;
	/** Aborted: nobody waits for it any more. */
	readonly signal: AbortSignal;
};

/** Flags that the pod's plain curl loop knows nothing of: better refused than left out. */
function unsupportedFlag({options, extras}: InClusterOptions): string | undefined {
	const {tls, connectTo} = options;
	const given: readonly (readonly [flag: string, isGiven: boolean])[] = [
		['--paths', options.pathsFile !== undefined],
		['--cookies', options.cookies],
		['--http2', options.http2],
		['--keep-alive', options.keepAlive],
		['--burst', options.burst > 1],
		['--cacert', tls.authorityFile !== undefined],
		['--sni', tls.serverName !== undefined],
		['--connect-to', connectTo.length > 0 || (extras.connectTo ?? []).length > 0],
		['--proxy-from-env', options.proxyFromEnvironment],
	];
	return given.find(([, isGiven]) => isGiven)?.[0];
}

async function requestOf(setting: InClusterOptions, target: Exclude<SampleTarget, {kind: 'pods'}>): Promise<CurlRequest> {
	const {connection, options, settings, extras} = setting;
	const {namespace} = connection;
	return {
		url: target.kind === 'url' ? target.url : await serviceUrl(connection, {...target, namespace}),
		method: options.head ? 'HEAD' : 'GET',
		headers: Object.entries(settings.headersFor(extras)).map(([name, value]) => ({name, value})),
		timeoutMs: options.timeoutMs,
		insecure: options.tls.insecure || extras.insecure === true,
	};
}

/** How often is really asked, and what it waits for meanwhile. */
function pacedBy({intervalMs}: CurlPodSpec, waiting: string | undefined): SamplingEvent {
	const limit = intervalMs < shortestIntervalMs ? `a curl pod asks ${1000 / shortestIntervalMs} times a second at most` : undefined;
	const reason = waiting === undefined ? limit : `waits for the curl pod: ${waiting}`;
	return {kind: 'paced', intervalMs: Math.max(shortestIntervalMs, intervalMs), reason};
}

/**
 * Prepares to ask a target from a pod inside the cluster: everything is checked, the API server has tried the pod (dry run), the person has agreed; the
 * run itself creates it, and has deleted it when it resolves. Throws UsageError or ClusterError. The run rejects with ClusterError when the pod comes to an
 * end, or can't be deleted.
 */
export async function prepareInCluster(setting: InClusterOptions, target: Exclude<SampleTarget, {kind: 'pods'}>): Promise<ReadyRun> {
	const {connection, actions, options, recognise, confirmCurlPod, now} = setting;
	const flag = unsupportedFlag(setting);
	if (flag !== undefined) throw new UsageError(`${flag} cannot be used with --curl-from-cluster: the pod runs a plain curl loop`);
	const {intervalMs, fromCluster} = options;
	const {image, namespace} = fromCluster;
	const spec = curlPodSpec(connection, {requests: [await requestOf(setting, target)], intervalMs, image, namespace}, now());
	await checkCurlPod(connection, spec.namespace, AbortSignal.any([setting.signal, AbortSignal.timeout(15_000)]));
	await actions.tryCurlPod(spec);
	const plan = curlPodPlan(spec);
	if (!(await confirmCurlPod(plan, setting.signal))) throw new UsageError('nothing was created');
	return async (emit, signal) => {
		const onWaiting = (why: string) => emit(pacedBy(spec, why));
		onWaiting('it is being created');
		const pod = await actions.openCurlPod({spec, signal, onWaiting}).catch((error: unknown) => {
			// Who stopped it wants to know of nothing but a pod that stayed behind.
			if (!signal.aborted || (error instanceof ClusterError && error.kind !== 'aborted')) throw error;
		});
		if (pod === undefined) return;
		const reader = createCurlLogReader(now);
		emit(pacedBy(spec, undefined));
		try {
			await pod.follow(
				0,
				line => {
					const result = reader.read(line);
					if (result !== undefined) emit({kind: 'sample', sample: recognise(result)});
				},
				signal,
			);
		} finally {
			await pod.close();
		}
	};
}

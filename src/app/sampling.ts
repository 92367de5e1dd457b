import type {SamplerOptions} from '../cli/options.ts';
import type {ClusterConnection} from '../cluster/connect.ts';
import {serviceProxyRequest} from '../cluster/service-proxy.ts';
import type {RouteExtras} from '../domain/mix/route-choice.ts';
import type {Pod} from '../domain/pod.ts';
import type {PodDirectory} from '../domain/pod-directory.ts';
import type {Sample} from '../domain/sample.ts';
import {routeOf, type SampleTarget} from '../domain/sample-target.ts';
import type {Service} from '../domain/service.ts';
import type {VersionRule} from '../domain/version-rule.ts';
import {createBudget} from '../sampler/budget.ts';
import {createRecogniser} from '../sampler/create-recogniser.ts';
import {createProbe, type Probe, type ProbeOptions} from '../sampler/probe.ts';
import {runSampler} from '../sampler/run-sampler.ts';
import type {ThreadOrder} from '../sampler/thread/messages.ts';
import type {SamplerThread} from '../sampler/thread/sampler-thread.ts';
import {type ConfirmCurlPod, type CurlPodActions, prepareInCluster} from './in-cluster-sampling.ts';
import {preparePodRounds} from './pod-sampling.ts';
import {type ProbeSettings, readProbeSettings} from './probe-settings.ts';
import {startSamplerThread} from './sampler-thread.ts';

/** What a run tells while it goes on. */
export type SamplingEvent =
	| {readonly kind: 'sample'; readonly sample: Sample}
	/** Of a pod that was asked itself. */
	| {readonly kind: 'pod-sample'; readonly podUid: string; readonly sample: Sample}
	/** From now on a request (a round, of pods) is sent in each interval; `reason`: why that is less than was asked for. */
	| {readonly kind: 'paced'; readonly intervalMs: number; readonly reason: string | undefined};

/** A run of the curl loop that is ready to begin: its target exists. Resolves when the signal has ended it; rejects when it can't go on. */
export type ReadyRun = (emit: (event: SamplingEvent) => void, signal: AbortSignal) => Promise<void>;

export type Sampling = {
	/** Prepares a run; `extras`: what its way needs besides. Throws ClusterError where the Service or its port does not exist, UsageError where a file can't be read. */
	readonly prepare: (target: SampleTarget, extras: RouteExtras, signal: AbortSignal) => Promise<ReadyRun>;
};

export type SamplingOptions = {
	readonly connection: ClusterConnection;
	/** What creates the curl pod. */
	readonly actions: CurlPodActions;
	readonly options: SamplerOptions;
	readonly rule: VersionRule;
	readonly directory: () => PodDirectory;
	/** The workload's pods of the moment, for the routes that ask each of them. */
	readonly pods: () => readonly Pod[];
	/** The Services that select them. */
	readonly services: () => readonly Service[];
	/** For `--proxy-from-env`. */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Asked before a pod is created in the cluster. */
	readonly confirmCurlPod: ConfirmCurlPod;
	/** Epoch ms. */
	readonly now: () => number;
	/** Default: the thread of the bundle. */
	readonly startThread?: () => SamplerThread | undefined;
};

/** The curl loop with everything that it needs: loaded only once somebody samples, since HTTP client and regular expressions are dear to load. */
export function createSampling(setting: SamplingOptions): Sampling {
	const {rule, directory, options, env, now} = setting;
	const {intervalMs, burst} = options;
	// Kept over runs: the letters that it gave to unknown bodies stay theirs.
	const recognise = createRecogniser(rule, directory);
	const budget = createBudget();
	let read: Promise<ProbeSettings> | undefined;
	let thread: SamplerThread | undefined;

	function sampleWith(probe: Probe): ReadyRun {
		return async (emit, signal) => {
			const onSample = (sample: Sample) => emit({kind: 'sample', sample});
			const onPaced = (interval: number, reason: string | undefined) => emit({kind: 'paced', intervalMs: interval, reason});
			await runSampler({probe: probe.send, recognise, intervalMs, burst, budget, onSample, onPaced, signal});
			await probe.close();
		};
	}
	/** Another thread sends them on time, however much this one has to draw; what they say is read here, where the pods are known. */
	function sampleInThread(samplerThread: SamplerThread, probe: ThreadOrder['probe']): ReadyRun {
		return (emit, signal) =>
			samplerThread.run({
				order: {probe, intervalMs, burst},
				// In a demo time runs otherwise than the machine's.
				onResult: result => emit({kind: 'sample', sample: recognise({...result, at: now() - (Date.now() - result.at)})}),
				onPaced: (interval, reason) => emit({kind: 'paced', intervalMs: interval, reason}),
				budget,
				signal,
			});
	}
	return {
		async prepare(target, extras, signal) {
			read ??= readProbeSettings(options, env).catch((error: unknown) => {
				// Read again at the next start: the file may have been mended.
				read = undefined;
				throw error;
			});
			const settings = await read;
			if (target.kind === 'pods') return preparePodRounds({...setting, settings, extras, recognise, intervalMs, budget}, target);
			if (routeOf(target, extras.fromCluster ?? options.fromCluster.asked) === 'in-cluster')
				return prepareInCluster({...setting, settings, extras, recognise, signal}, target);
			if (target.kind === 'service')
				return sampleWith(createProbe({...settings.common, clock: now, ...(await openService(setting, settings, extras, target))}));
			const opened = openUrl(settings, extras, target);
			// Made in any case: it throws what is wrong with the options.
			const probe = createProbe({...settings.common, clock: now, ...opened, headers: async () => opened.headers});
			// One that has died is replaced: a person who asks again wants answers.
			if (thread?.hasFailed() !== false) thread = (setting.startThread ?? startSamplerThread)();
			if (thread === undefined) return sampleWith(probe);
			await probe.close();
			return sampleInThread(thread, {...settings.common, ...opened});
		},
	};
}

function openUrl(settings: ProbeSettings, extras: RouteExtras, {url}: Extract<SampleTarget, {kind: 'url'}>): ThreadOrder['probe'] {
	return {url, paths: settings.paths ?? [], headers: settings.headersFor(extras), connecting: settings.connectingTo(url, extras)};
}

async function openService(
	{connection}: SamplingOptions,
	settings: ProbeSettings,
	extras: RouteExtras,
	{name, port, path}: Extract<SampleTarget, {kind: 'service'}>,
): Promise<ProbeOptions> {
	const {origin, pathPrefix, dispatcher, headers} = await serviceProxyRequest(connection, {namespace: connection.namespace, name, port, path});
	const given = settings.headersFor(extras);
	return {url: origin, pathPrefix, paths: settings.paths ?? [path], dispatcher, viaProxy: true, headers: async () => ({...given, ...(await headers())})};
}

import type {SamplerOptions} from '../cli/options.ts';
import type {ClusterConnection} from '../cluster/connect.ts';
import {serviceProxyRequest} from '../cluster/service-proxy.ts';
import type {Pod} from '../domain/pod.ts';
import type {PodDirectory} from '../domain/pod-directory.ts';
import type {Sample} from '../domain/sample.ts';
import type {SampleTarget} from '../domain/sample-target.ts';
import type {VersionRule} from '../domain/version-rule.ts';
import {createRecogniser} from '../sampler/create-recogniser.ts';
import {createProbe, type Probe} from '../sampler/probe.ts';
import {runSampler} from '../sampler/run-sampler.ts';
import {UsageError} from './usage-error.ts';

/** What a run tells while it goes on. */
export type SamplingEvent =
	| {readonly kind: 'sample'; readonly sample: Sample}
	/** Of a pod that was asked itself. */
	| {readonly kind: 'pod-sample'; readonly podUid: string; readonly sample: Sample}
	/** From now on a request (a round, of pods) is sent in each interval; `reason`: why that is less than was asked for. */
	| {readonly kind: 'paced'; readonly intervalMs: number; readonly reason: string | undefined};

/** A run of the curl loop that is ready to begin: its target exists. Resolves when the signal has ended it. */
export type ReadyRun = (emit: (event: SamplingEvent) => void, signal: AbortSignal) => Promise<void>;

export type Sampling = {
	/** Prepares a run; `id` is which of the targets it is. Throws ClusterError where the Service or its port does not exist, UsageError where a file can't be read. */
	readonly prepare: (target: SampleTarget, id: number) => Promise<ReadyRun>;
};

export type SamplingOptions = {
	readonly connection: ClusterConnection;
	readonly options: SamplerOptions;
	readonly rule: VersionRule;
	readonly directory: () => PodDirectory;
	/** The workload's pods of the moment, for the routes that ask each of them. */
	readonly pods: () => readonly Pod[];
	/** For `--proxy-from-env`. */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Epoch ms. */
	readonly now: () => number;
};

/** The curl loop with everything that it needs: loaded only once somebody samples, since HTTP client and regular expressions are dear to load. */
export function createSampling(setting: SamplingOptions): Sampling {
	const {rule, directory, options} = setting;
	// Kept over runs: the letters that it gave to unknown bodies stay theirs.
	const recognise = createRecogniser(rule, directory);
	return {
		async prepare(target) {
			const probe = await openProbe(setting, target);
			return (emit, signal) => {
				const onSample = (sample: Sample) => emit({kind: 'sample', sample});
				return runSampler({probe: probe.send, recognise, intervalMs: options.intervalMs, onSample, signal}).finally(probe.close);
			};
		},
	};
}

/** Straight to a URL, or through the API server's proxy of a Service. */
async function openProbe({connection, options, now}: SamplingOptions, target: SampleTarget): Promise<Probe> {
	const {headers, head, timeoutMs, keepAlive} = options;
	const given = Object.fromEntries(headers.map(({name, value}) => [name, value]));
	const common = {method: head ? 'HEAD' : 'GET', timeoutMs, keepAlive, clock: now} as const;
	if (target.kind === 'url') return createProbe({...common, url: target.url, headers: async () => given});
	if (target.kind === 'pods') throw new UsageError('single pods cannot be asked yet');
	const {name, port, path} = target;
	const request = await serviceProxyRequest(connection, {namespace: connection.namespace, name, port, path});
	const {origin, dispatcher} = request;
	return createProbe({...common, url: `${origin}${request.path}`, dispatcher, viaProxy: true, headers: async () => ({...given, ...(await request.headers())})});
}

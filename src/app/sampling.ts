import type {SamplerOptions} from '../cli/options.ts';
import type {ClusterConnection} from '../cluster/connect.ts';
import {serviceProxyRequest} from '../cluster/service-proxy.ts';
import type {PodDirectory} from '../domain/pod-directory.ts';
import type {Sample} from '../domain/sample.ts';
import type {SampleTarget} from '../domain/sample-target.ts';
import type {VersionRule} from '../domain/version-rule.ts';
import {createRecogniser} from '../sampler/create-recogniser.ts';
import {createProbe, type Probe} from '../sampler/probe.ts';
import {runSampler} from '../sampler/run-sampler.ts';

/** A run of the curl loop that is ready to begin: its target exists. */
export type ReadyRun = (onSample: (sample: Sample) => void, signal: AbortSignal) => Promise<void>;

/** Prepares runs of the curl loop. Throws ClusterError where the Service or its port does not exist. */
export type Sampling = (target: SampleTarget) => Promise<ReadyRun>;

export type SamplingOptions = {
	readonly connection: ClusterConnection;
	readonly options: SamplerOptions;
	readonly rule: VersionRule;
	readonly directory: () => PodDirectory;
	/** Epoch ms. */
	readonly now: () => number;
};

/** The curl loop with everything that it needs: loaded only once somebody samples, since HTTP client and regular expressions are dear to load. */
export function createSampling(setting: SamplingOptions): Sampling {
	const {rule, directory, options} = setting;
	// Kept over runs: the letters that it gave to unknown bodies stay theirs.
	const recognise = createRecogniser(rule, directory);
	return async target => {
		const probe = await openProbe(setting, target);
		return (onSample, signal) => runSampler({probe: probe.send, recognise, intervalMs: options.intervalMs, onSample, signal}).finally(probe.close);
	};
}

/** Straight to a URL, or through the API server's proxy of a Service. */
async function openProbe({connection, options, now}: SamplingOptions, target: SampleTarget): Promise<Probe> {
	const {headers, head, timeoutMs, keepAlive} = options;
	const given = Object.fromEntries(headers.map(({name, value}) => [name, value]));
	const common = {method: head ? 'HEAD' : 'GET', timeoutMs, keepAlive, clock: now} as const;
	if (target.kind === 'url') return createProbe({...common, url: target.url, headers: async () => given});
	const {name, port, path} = target;
	const request = await serviceProxyRequest(connection, {namespace: connection.namespace, name, port, path});
	const {origin, dispatcher} = request;
	return createProbe({...common, url: `${origin}${request.path}`, dispatcher, viaProxy: true, headers: async () => ({...given, ...(await request.headers())})});
}

import type {ClusterConnection} from '../cluster/connect.ts';
import {podProxyPath} from '../cluster/pod-proxy.ts';
import {openApiProxy} from '../cluster/proxy-route.ts';
import {canBeAsked, type PodPort, podPort} from '../domain/mix/pod-port.ts';
import type {RouteExtras} from '../domain/mix/route-choice.ts';
import type {Pod} from '../domain/pod.ts';
import type {ProbeResult, Sample} from '../domain/sample.ts';
import type {SampleTarget} from '../domain/sample-target.ts';
import type {Service} from '../domain/service.ts';
import type {Budget} from '../sampler/budget.ts';
import {createProbe, type Probe} from '../sampler/probe.ts';
import {runPodRounds} from '../sampler/run-pod-rounds.ts';
import type {ProbeSettings} from './probe-settings.ts';
import type {ReadyRun} from './sampling.ts';

type PodTarget = Extract<SampleTarget, {kind: 'pods'}>;

export type PodSamplingOptions = {
	readonly connection: ClusterConnection;
	readonly settings: ProbeSettings;
	readonly extras: RouteExtras;
	readonly pods: () => readonly Pod[];
	readonly services: () => readonly Service[];
	readonly recognise: (result: ProbeResult) => Sample;
	readonly intervalMs: number;
	readonly budget: Budget;
	readonly now: () => number;
};

/** A pod with an address, and the port at which it is asked; none where nobody declares one. */
type Place = {readonly uid: string; readonly key: string; readonly pod: Pod; readonly ip: string; readonly port: PodPort | undefined};

function placesOf({pods, services}: PodSamplingOptions, {port: wanted}: PodTarget): readonly Place[] {
	return pods().flatMap(pod => {
		const {uid, ip} = pod;
		if (ip === undefined || !canBeAsked(pod)) return [];
		const port = podPort(pod, services(), wanted);
		return [{uid, key: `${ip} ${port?.https} ${port?.port}`, pod, ip, port}];
	});
}

/** Of a pod that can't be asked: says so at each round, so that the pod's column does not stay empty. */
function unknownPort(target: PodTarget, now: () => number): Probe {
	const form = target.via === 'proxy' ? 'pods:PORT' : 'pod-ips:PORT';
	const detail = target.port === undefined ? `it declares no port: ask ${form}` : `it has no port named ${target.port}`;
	return {send: async () => ({kind: 'failure', at: now(), latencyMs: 0, reason: 'other', detail}), close: async () => {}};
}

/** How one pod is asked: through the API server, or at its own address. */
async function opening(options: PodSamplingOptions, target: PodTarget): Promise<(place: Place, port: PodPort) => Probe> {
	const {connection, settings, extras, now} = options;
	const common = {...settings.common, clock: now, paths: settings.paths ?? [target.path]};
	const given = settings.headersFor(extras);
	if (target.via === 'address') {
		return ({ip}, {port, https}) => {
			const url = `${https ? 'https' : 'http'}://${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
			return createProbe({...common, url, headers: async () => given, connecting: settings.connectingTo(url, extras)});
		};
	}
	const {origin, dispatcher, headers} = await openApiProxy(connection);
	const all = async () => ({...given, ...(await headers())});
	return ({pod}, port) => createProbe({...common, url: origin, pathPrefix: podProxyPath(connection, pod, port), dispatcher, viaProxy: true, headers: all});
}

/** Rounds over the pods. Who answered is known here, whatever the answer says. Throws ClusterError `config`. */
export async function preparePodRounds(options: PodSamplingOptions, target: PodTarget): Promise<ReadyRun> {
	const {intervalMs, budget, now} = options;
	const openAt = await opening(options, target);
	const recognise = (result: ProbeResult, {pod}: Place): Sample => ({...options.recognise(result), podName: pod.name, ownerUid: pod.ownerUid});
	return (emit, signal) =>
		runPodRounds({
			pods: () => placesOf(options, target),
			open: (place: Place) => (place.port === undefined ? unknownPort(target, now) : openAt(place, place.port)),
			recognise,
			intervalMs,
			budget,
			onSample: (podUid, sample) => emit({kind: 'pod-sample', podUid, sample}),
			onPaced: (interval, reason) => emit({kind: 'paced', intervalMs: interval, reason}),
			signal,
		});
}

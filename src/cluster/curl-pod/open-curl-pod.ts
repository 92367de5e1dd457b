import {apiPaths} from '../api-paths.ts';
import type {ClusterConnection} from '../connect.ts';
import {ClusterError} from '../errors.ts';
import {followLogs} from '../follow-logs.ts';
import {defaultPolicy, type InformerPolicy} from '../informer/policy.ts';
import type {LogLine} from '../log-stream.ts';
import {isRawObject, objectOf, textOf} from '../parse/fields.ts';
import {createFailure} from './create-failure.ts';
import {type AroundDeletion, deleteLeftOvers, deletePod} from './delete-pod.ts';
import {type CurlPodSpec, curlContainerName, curlPodManifest} from './manifest.ts';
import {overError, type PodTracker, trackPod, untilRunning} from './pod-tracker.ts';
import {checkCurlPod} from './preflight.ts';

export type OpenCurlPodOptions = {
	readonly connection: ClusterConnection;
	/** What the person has agreed to. */
	readonly spec: CurlPodSpec;
	/** Aborted: the pod is deleted, however far it has come. */
	readonly signal: AbortSignal;
	/** How long the pod may take to run. Default: a minute. */
	readonly startTimeoutMs?: number | undefined;
	/** Why it does not run yet, whenever that changes. */
	readonly onWaiting?: ((why: string) => void) | undefined;
	readonly policy?: Partial<InformerPolicy> | undefined;
	/** Around each deletion of a pod that an earlier run has left behind. Default: nothing. */
	readonly aroundLeftOver?: AroundDeletion | undefined;
};

/** A curl pod whose loops run. */
export type CurlPod = {
	readonly name: string;
	/**
	 * Gives the lines of one request's loop from the first one on. Resolves when the signal aborts.
	 * Throws ClusterError, with a sentence, when the pod has ended.
	 */
	readonly follow: (index: number, onLine: (line: LogLine) => void, signal: AbortSignal) => Promise<void>;
	/** Deletes the pod. Throws ClusterError when that failed: then it ends by its deadline. */
	readonly close: () => Promise<void>;
};

/** Longer than any line takes that is due. */
const patienceMs = 20_000;

/** Creates the pod, or (`dryRun`) has the API server say whether it would. Gives its uid. Throws ClusterError with a sentence that says what to do. */
export async function createCurlPod(connection: Pick<ClusterConnection, 'json'>, spec: CurlPodSpec, dryRun: boolean): Promise<string | undefined> {
	try {
		const created = await connection.json({
			method: 'POST',
			path: apiPaths.pods(spec.namespace),
			query: {dryRun: dryRun ? 'All' : undefined, fieldManager: 'rollwatch'},
			contentType: 'application/json',
			body: JSON.stringify(curlPodManifest(spec)),
		});
		return textOf(objectOf(isRawObject(created) ? created.metadata : undefined).uid);
	} catch (error) {
		throw createFailure(error, spec.namespace);
	}
}

/**
 * Creates the pod and waits until its loops run. Whatever happens then (an error, the signal, `close`), the pod is deleted; if this process dies, the
 * pod's deadline ends it, and the next start deletes what is left. Throws ClusterError: what is in the way, and what to do.
 */
export async function openCurlPod(options: OpenCurlPodOptions): Promise<CurlPod> {
	const {connection, spec, signal} = options;
	const {name, namespace} = spec;
	await checkCurlPod(connection, namespace, signal);
	const around = options.aroundLeftOver ?? ((_name, remove) => remove());
	await deleteLeftOvers(connection, {namespace, startedBy: spec.startedBy, around, signal});
	signal.throwIfAborted();
	const policy = {...defaultPolicy, ...options.policy};
	const life = new AbortController();
	let uid: string | undefined;
	let closing: Promise<void> | undefined;
	const close = () => {
		closing ??= deletePod({connection, namespace, name}, uid);
		life.abort();
		return closing;
	};
	// Nobody waits for this one; whoever calls `close` hears how it went.
	const onAbort = () => void close().catch(() => undefined);
	try {
		uid = await createCurlPod(connection, spec, false);
		signal.addEventListener('abort', onAbort, {once: true});
		const tracker = trackPod({connection, namespace, name, lifetimeMs: spec.lifetimeMs, policy, signal: life.signal});
		if (signal.aborted) onAbort();
		const {startTimeoutMs: timeoutMs = 60_000, onWaiting = () => undefined} = options;
		await untilRunning(tracker, {timeoutMs, onWaiting, policy, signal: life.signal});
		return {name, close, follow: (index, onLine, until) => follow({connection, spec, policy, tracker, life: life.signal}, index, onLine, until)};
	} catch (error) {
		// Refused is not created; anything else may have been.
		const isRefused = uid === undefined && error instanceof ClusterError && error.status !== undefined && error.status < 500;
		const left = isRefused ? undefined : await close().catch((failure: unknown) => failure);
		// That it was stopped is known; that a pod stayed behind is not.
		throw signal.aborted ? (left ?? error) : error;
	}
}

type Following = {
	readonly connection: ClusterConnection;
	readonly spec: CurlPodSpec;
	readonly policy: InformerPolicy;
	readonly tracker: PodTracker;
	readonly life: AbortSignal;
};

async function follow({connection, spec, policy, tracker, life}: Following, index: number, onLine: (line: LogLine) => void, until: AbortSignal): Promise<void> {
	const signal = AbortSignal.any([until, life, tracker.gone]);
	const timeoutMs = spec.requests[index]?.timeoutMs ?? 0;
	const silenceMs = spec.intervalMs + timeoutMs + patienceMs;
	const isOver = () => tracker.stage().kind === 'over';
	const {namespace, name: pod} = spec;
	const onLines = (lines: readonly LogLine[]) => lines.filter(({stamp}) => stamp !== '').forEach(onLine);
	await followLogs({connection, namespace, pod, container: curlContainerName(index), silenceMs, policy, signal, onLines, isOver, tooLong: 'refuse'});
	const stage = tracker.stage();
	if (!until.aborted && !life.aborted && stage.kind === 'over') throw overError(pod, stage);
}

import type {Pod} from '../../domain/pod.ts';
import {apiPaths} from '../api-paths.ts';
import type {ClusterConnection} from '../connect.ts';
import {ClusterError} from '../errors.ts';
import type {InformerPolicy} from '../informer/policy.ts';
import type {StreamEvent} from '../informer/source.ts';
import {runInformer} from '../informer.ts';
import {parsePod} from '../parse/pod.ts';
import {type PodStage, podStage} from './pod-stage.ts';

type TrackerOptions = {
	readonly connection: Pick<ClusterConnection, 'open'>;
	readonly namespace: string;
	readonly name: string;
	readonly lifetimeMs: number;
	readonly policy: InformerPolicy;
	/** Ends the tracking. */
	readonly signal: AbortSignal;
};

/** What is known of one curl pod, as its watch tells it. */
export type PodTracker = {
	readonly name: string;
	readonly stage: () => PodStage;
	/** Calls whenever something was heard; the answer ends that. */
	readonly onChange: (listener: () => void) => () => void;
	/** Aborted when the pod is gone from the API. What has merely ended still has its log. */
	readonly gone: AbortSignal;
};

const beginning = {kind: 'starting', why: undefined, hint: undefined} as const satisfies PodStage;

/** The newest version of the pod that an event brings, `'gone'`, or undefined: nothing about it. */
function podOf(event: StreamEvent<'pods'>, wasSeen: boolean): Pod | 'gone' | undefined {
	if (event.type === 'listed') {
		// A list from a cache may be older than the pod.
		return event.items[0] ?? (wasSeen ? 'gone' : undefined);
	}
	if (event.type !== 'changed') return undefined;
	const last = event.changes.at(-1);
	return last?.kind === 'observed' ? last.object : last && 'gone';
}

/** Follows one pod by its name. */
export function trackPod({connection, namespace, name, lifetimeMs, policy, signal}: TrackerOptions): PodTracker {
	const gone = new AbortController();
	const listeners = new Set<() => void>();
	let stage: PodStage = beginning;
	let wasSeen = false;
	const take = (event: StreamEvent<'pods'>) => {
		const pod = podOf(event, wasSeen);
		if (event.type === 'stream-changed' && event.condition.kind === 'forbidden') {
			stage = {kind: 'over', message: `it cannot be followed, ${event.condition.reason}`, hint: undefined};
		} else if (pod === 'gone') {
			stage = {kind: 'over', message: 'somebody deleted it', hint: 'c starts another one'};
			gone.abort();
		} else if (pod !== undefined) {
			wasSeen = true;
			stage = podStage(pod, lifetimeMs);
		}
		for (const listener of listeners) listener();
	};
	const fieldSelector = `metadata.name=${name}`;
	void runInformer({connection, stream: 'pods', path: apiPaths.pods(namespace), fieldSelector, parse: parsePod, emit: take, signal, policy});
	return {
		name,
		gone: gone.signal,
		stage: () => stage,
		onChange(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}

type Patience = {
	readonly timeoutMs: number;
	/** Why it does not run yet, whenever that changes. */
	readonly onWaiting: (why: string) => void;
	readonly policy: InformerPolicy;
	readonly signal: AbortSignal;
};

/** Waits until the loops of the pod run. Throws ClusterError: it never will, or not in time, or the signal was aborted. */
export async function untilRunning(tracker: PodTracker, {timeoutMs, onWaiting, policy, signal}: Patience): Promise<void> {
	let wake: () => void = () => undefined;
	let said: string | undefined;
	const patience = new AbortController();
	const cancels = [tracker.onChange(() => wake()), policy.startTimer(timeoutMs, () => patience.abort())];
	const ends = [signal, patience.signal];
	for (const end of ends) end.addEventListener('abort', () => wake(), {once: true});
	const startError = (stage: PodStage) => {
		if (signal.aborted) return new ClusterError('stopped', {kind: 'aborted'});
		if (stage.kind === 'over') return overError(tracker.name, stage);
		return stage.kind === 'starting' && patience.signal.aborted ? lateError(tracker.name, stage, timeoutMs) : undefined;
	};
	try {
		for (let stage = tracker.stage(); stage.kind !== 'running' || signal.aborted; stage = tracker.stage()) {
			const error = startError(stage);
			if (error !== undefined) throw error;
			const {why} = stage as Extract<PodStage, {kind: 'starting'}>;
			if (why !== undefined && why !== said) onWaiting(why);
			said = why;
			await new Promise<void>(resolve => {
				wake = resolve;
			});
		}
	} finally {
		for (const cancel of cancels) cancel();
	}
}

/** Why a pod that is over brings nothing more. */
export function overError(name: string, {message, hint}: Extract<PodStage, {kind: 'over'}>): ClusterError {
	return new ClusterError(`the curl pod ${name} is over: ${message}`, {kind: 'server', hint});
}

function lateError(name: string, {why, hint}: Extract<PodStage, {kind: 'starting'}>, timeoutMs: number): ClusterError {
	return new ClusterError(`the curl pod ${name} did not start within ${timeoutMs / 1000} s${why === undefined ? '' : `: ${why}`}`, {kind: 'timeout', hint});
}

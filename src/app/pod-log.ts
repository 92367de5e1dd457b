import type {FollowLogsOptions, LogStreamState} from '../cluster/follow-logs.ts';
import {counted} from '../domain/counted.ts';
import type {ContainerStatus, Pod} from '../domain/pod.ts';
import {isPodEnded} from '../domain/pod-availability.ts';
import type {LogFeedEvent, LogWish} from '../store/log-feed.ts';
import type {State} from '../store/state.ts';
import type {LogCollector} from './log-collector.ts';

/** Follows one stream; what the app adds to it: connection, limits and pace. Rejects where logs may not be read. */
export type FollowStream = (
	options: Pick<FollowLogsOptions, 'pod' | 'container' | 'previous' | 'tailLines' | 'signal' | 'onLines' | 'onState' | 'isOver' | 'pause'>,
) => Promise<void>;

export type PodLogOptions = {
	readonly stream: number;
	readonly pod: Pod;
	readonly container: string;
	readonly previous: LogWish['previous'];
	readonly tailLines: number;
	readonly pods: () => State['pods'];
	readonly follow: FollowStream;
	readonly dispatch: (event: LogFeedEvent) => void;
	readonly collector: LogCollector;
	readonly signal: AbortSignal;
};

/** The log of one pod, as it is read. */
export type PodLog = {
	/** Compares with the pod's state of now: says what happened to it, and asks for the log again where there is a reason to. */
	readonly look: () => void;
	readonly isGone: () => boolean;
};

function statusOf(pod: Pod | undefined, container: string): ContainerStatus | undefined {
	return [...(pod?.initContainerStatuses ?? []), ...(pod?.containerStatuses ?? [])].find(({name}) => name === container);
}

/** Begins to follow a pod's log, until the signal aborts or the pod is gone. */
export function followPodLog(options: PodLogOptions): PodLog {
	const {stream, pod, container, previous, tailLines, pods, follow, dispatch, collector, signal} = options;
	const now = () => pods().get(pod.uid);
	let status = statusOf(pod, container);
	let isGone = false;
	let wake: () => void = () => undefined;
	let said = '';
	/** The same is not said twice in a row: a container that waits is asked again and again. */
	const say = (text: string) => {
		if (said !== text) collector.note(stream, text);
		said = text;
	};
	dispatch({type: 'log-pod-joined', uid: pod.uid, name: pod.name});
	follow({
		pod: pod.name,
		container,
		previous,
		tailLines,
		signal,
		onLines(lines) {
			said = '';
			collector.add(stream, lines);
		},
		onState(state) {
			if (isGone) return;
			dispatch({type: 'log-pod-changed', stream, state: state.kind, why: 'why' in state ? state.why : ''});
			const words = wordsOf(state);
			if (words !== '') say(words);
		},
		isOver: () => isOver(now()),
		pause: (ms, until) => wakeable(ms, until, finish => (wake = finish)),
	}).catch((error: unknown) => {
		if (!signal.aborted) dispatch({type: 'log-refused', problem: error instanceof Error ? error.message : String(error)});
	});
	return {
		isGone: () => isGone,
		look() {
			const current = now();
			const before = status;
			status = statusOf(current, container);
			if (current === undefined && !isGone) {
				isGone = true;
				say('the pod has been deleted');
				dispatch({type: 'log-pod-changed', stream, state: 'gone', why: ''});
			}
			const restarts = status?.restartCount ?? 0;
			if (restarts > (before?.restartCount ?? 0) && !previous) say(`container ${container} was restarted (${counted(restarts, 'restart')})`);
			if (status?.state.kind !== before?.state.kind || restarts !== before?.restartCount) wake();
		},
	};
}

function wordsOf(state: LogStreamState): string {
	if (state.kind === 'waiting') return state.why;
	if (state.kind === 'lost') return `the stream was lost: ${state.why}`;
	return state.kind === 'ended' ? 'this run of the container has ended' : '';
}

function isOver(pod: Pod | undefined): boolean {
	return pod === undefined || isPodEnded(pod);
}

/** Waits until time has passed, the signal aborts, or somebody wakes it. */
function wakeable(ms: number, signal: AbortSignal, onWake: (wake: () => void) => void): Promise<void> {
	return new Promise(resolve => {
		const finish = () => {
			clearTimeout(timer);
			signal.removeEventListener('abort', finish);
			resolve();
		};
		const timer = setTimeout(finish, ms);
		signal.addEventListener('abort', finish, {once: true});
		onWake(finish);
		if (signal.aborted) finish();
	});
}

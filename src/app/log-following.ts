import {containerNames, containerToRead} from '../domain/log/container-to-read.ts';
import type {Pod} from '../domain/pod.ts';
import type {LogFeedEvent, LogScope, LogWish} from '../store/log-feed.ts';
import type {State} from '../store/state.ts';
import type {LogCollector} from './log-collector.ts';
import {type FollowStream, followPodLog, type PodLog} from './pod-log.ts';

export type LogFollowingOptions = {
	readonly wish: LogWish;
	readonly store: {readonly snapshot: () => Pick<State, 'pods'>; readonly subscribe: (listener: () => void) => () => void};
	readonly follow: FollowStream;
	readonly dispatch: (event: LogFeedEvent) => void;
	readonly collector: LogCollector;
	readonly signal: AbortSignal;
};

/** Each pod's log is a connection of its own; kubectl allows five at a time, stern fifty. */
const mostPods = 20;
/** Lines of what is there already, of one pod and of each of several. */
const tails = {pod: 1_000, revision: 100};

function podsOf(scope: LogScope, pods: State['pods']): readonly Pod[] {
	if (scope.kind === 'revision') return [...pods.values()].filter(({ownerUid}) => ownerUid === scope.replicaSetUid);
	const pod = pods.get(scope.uid);
	return pod === undefined ? [] : [pod];
}

/** Follows the logs that are wished for, and those of pods that come later, until the signal aborts. */
export function followPods({wish, store, follow, dispatch, collector, signal}: LogFollowingOptions): void {
	const logs = new Map<string, PodLog>();
	const {scope, previous} = wish;
	const pods = () => store.snapshot().pods;
	let {container} = wish;

	/** Those that came first are read on: whoever leaves makes room. */
	function join(wanted: readonly Pod[], name: string): number {
		let room = mostPods - [...logs.values()].filter(log => !log.isGone()).length;
		const fresh = wanted.filter(({uid}) => !logs.has(uid));
		for (const pod of fresh.slice(0, Math.max(0, room))) {
			room--;
			logs.set(
				pod.uid,
				followPodLog({stream: logs.size, pod, container: name, previous, tailLines: tails[scope.kind], pods, follow, dispatch, collector, signal}),
			);
		}
		return wanted.filter(({uid}) => !logs.has(uid)).length;
	}
	function look(): void {
		const wanted = podsOf(scope, pods());
		const [first] = wanted;
		for (const log of logs.values()) log.look();
		if (first === undefined) return;
		container ??= containerToRead(first);
		if (container === undefined) return;
		dispatch({type: 'log-pods-counted', containers: containerNames(first), container, unread: join(wanted, container)});
	}
	signal.addEventListener('abort', store.subscribe(look), {once: true});
	look();
}

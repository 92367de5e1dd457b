import {appendLog, emptyLogBuffer, type LogBuffer, type LogEntry} from '../domain/log/log-buffer.ts';

/** Whose log is shown: a pod's, or that of all pods of a ReplicaSet as one. */
export type LogScope =
	| {readonly kind: 'pod'; readonly uid: string; readonly name: string}
	| {readonly kind: 'revision'; readonly replicaSetUid: string; readonly revision: number | undefined};

/** What a person wants to read. `container`: absent: the one that is asked for first. `previous`: of the run before the last restart. */
export type LogWish = {readonly scope: LogScope; readonly container: string | undefined; readonly previous: boolean};

/** One pod's part of the log. */
export type LogPod = {
	readonly uid: string;
	readonly name: string;
	readonly state: 'opening' | 'open' | 'waiting' | 'lost' | 'ended' | 'gone';
	/** Why there are no lines, in the words of who says it. */
	readonly why: string;
};

/** The log that is read now. */
export type LogFeed = {
	/** Names, init containers first. */
	readonly containers: readonly string[];
	readonly container: string | undefined;
	/** In the order in which they came; an entry's `stream` is its place here. */
	readonly pods: readonly LogPod[];
	/** Pods of the revision that are not read: each costs a connection. */
	readonly unread: number;
	readonly buffer: LogBuffer;
	/** Why nothing can be read at all. */
	readonly problem: string | undefined;
};

export type LogFeedEvent =
	/** Another log, or none. */
	| {readonly type: 'log-begun'}
	| {readonly type: 'log-pods-counted'; readonly containers: readonly string[]; readonly container: string | undefined; readonly unread: number}
	| {readonly type: 'log-pod-joined'; readonly uid: string; readonly name: string}
	| {readonly type: 'log-pod-changed'; readonly stream: number; readonly state: LogPod['state']; readonly why: string}
	| {readonly type: 'log-read'; readonly entries: readonly Omit<LogEntry, 'id'>[]}
	| {readonly type: 'log-refused'; readonly problem: string};

export const emptyLogFeed: LogFeed = {containers: [], container: undefined, pods: [], unread: 0, buffer: emptyLogBuffer, problem: undefined};

/** What an event makes of the log that is read: the same object when nothing changed. */
export function reduceLogFeed(feed: LogFeed, event: LogFeedEvent): LogFeed {
	switch (event.type) {
		case 'log-begun':
			return emptyLogFeed;
		case 'log-pods-counted':
			return counted(feed, event);
		case 'log-pod-joined':
			return {...feed, pods: [...feed.pods, {uid: event.uid, name: event.name, state: 'opening', why: ''}]};
		case 'log-pod-changed':
			return changed(feed, event);
		case 'log-read': {
			const buffer = appendLog(feed.buffer, event.entries);
			return buffer === feed.buffer ? feed : {...feed, buffer};
		}
		case 'log-refused':
			return {...feed, problem: event.problem};
	}
}

function counted(feed: LogFeed, {containers, container, unread}: Extract<LogFeedEvent, {type: 'log-pods-counted'}>): LogFeed {
	const isSame = feed.unread === unread && feed.container === container && feed.containers.join(' ') === containers.join(' ');
	return isSame ? feed : {...feed, containers, container, unread};
}

function changed(feed: LogFeed, {stream, state, why}: Extract<LogFeedEvent, {type: 'log-pod-changed'}>): LogFeed {
	const pod = feed.pods[stream];
	if (pod === undefined || (pod.state === state && pod.why === why)) return feed;
	return {...feed, pods: feed.pods.with(stream, {...pod, state, why})};
}

import type {ClusterConnection} from '../cluster/connect.ts';
import {defaultPolicy} from '../cluster/informer/policy.ts';
import {emptyLogFeed, type LogFeed, type LogWish, reduceLogFeed} from '../store/log-feed.ts';
import {createStore} from '../store/store.ts';
import type {Published} from '../ui/ports.ts';
import {createLogCollector} from './log-collector.ts';
import {followPods, type LogFollowingOptions} from './log-following.ts';
import type {FollowStream} from './pod-log.ts';
import {machineTimers, publishSchedule} from './publish-schedule.ts';
import {createReadPace} from './read-pace.ts';

/** The log that is on the screen: at most one. */
export type Logs = {
	/** Follows what is wished for, in place of what was followed before. */
	readonly open: (wish: LogWish) => void;
	/** Ends all its streams and forgets its lines. */
	readonly close: () => void;
	readonly feed: Published<LogFeed>;
};

type LogsOptions = {
	readonly connection: ClusterConnection;
	readonly store: LogFollowingOptions['store'];
	/** Ends what is open. */
	readonly signal: AbortSignal;
};

/** Frames cost most. */
const publishEveryMs = 100;
/** Programs may say nothing for hours, and nothing else tells that a connection is dead: then it is opened anew, without a word. */
const silenceMs = 300_000;

/** The log of the screen. Nothing is read before `open`. */
export function createLogs({connection, store, signal}: LogsOptions): Logs {
	const feed = createStore(
		emptyLogFeed,
		reduceLogFeed,
		publishSchedule(() => publishEveryMs, machineTimers),
	);
	let stop = new AbortController();
	const begin = () => {
		stop.abort();
		stop = new AbortController();
		feed.dispatch({type: 'log-begun'});
		feed.flush();
		return AbortSignal.any([signal, stop.signal]);
	};
	return {
		open(wish) {
			const ended = begin();
			const collector = createLogCollector(entries => feed.dispatch({type: 'log-read', entries}), machineTimers.after, ended);
			const dispatch: typeof feed.dispatch = event => (ended.aborted ? undefined : feed.dispatch(event));
			followPods({wish, store, follow: createFollow(connection), dispatch, collector, signal: ended});
		},
		close: () => void begin(),
		feed,
	};
}

function createFollow(connection: ClusterConnection): FollowStream {
	const pace = createReadPace(machineTimers.after);
	return async options => {
		// Nobody pays for it at the start who never reads a log.
		const {followLogs} = await import('../cluster/follow-logs.ts');
		await followLogs({...options, connection, namespace: connection.namespace, silenceMs, policy: defaultPolicy, pace});
	};
}

import {describe, expect, it} from 'vitest';
import {createLogCollector} from '../../src/app/log-collector.ts';
import {followPods} from '../../src/app/log-following.ts';
import type {FollowStream} from '../../src/app/pod-log.ts';
import type {Pod} from '../../src/domain/pod.ts';
import {emptyLogFeed, type LogFeed, type LogWish, reduceLogFeed} from '../../src/store/log-feed.ts';
import {podOf} from './log-pods.ts';

type Stream = Parameters<FollowStream>[0] & {readonly fail: (error: Error) => void; paused?: Promise<void>};

const revision: LogWish = {scope: {kind: 'revision', replicaSetUid: 'rs', revision: 3}, container: undefined, previous: false};

function follow(pods: readonly Pod[], wish: LogWish = revision) {
	let state = new Map(pods.map(pod => [pod.uid, pod]));
	const listeners = new Set<() => void>();
	const streams: Stream[] = [];
	const stop = new AbortController();
	let feed: LogFeed = emptyLogFeed;
	const timers: (() => void)[] = [];
	const dispatch = (event: Parameters<typeof reduceLogFeed>[1]) => {
		feed = reduceLogFeed(feed, event);
	};
	const collector = createLogCollector(
		entries => dispatch({type: 'log-read', entries}),
		(_ms, run) => timers.push(run),
		stop.signal,
	);
	followPods({
		wish,
		store: {
			snapshot: () => ({pods: state}),
			subscribe(listener) {
				listeners.add(listener);
				return () => listeners.delete(listener);
			},
		},
		follow: options => new Promise((_resolve, reject) => streams.push({...options, fail: reject})),
		dispatch,
		collector,
		signal: stop.signal,
	});
	const texts = () => {
		for (const run of timers.splice(0)) run();
		return feed.buffer.entries.map(({stream, kind, text}) => `${feed.pods[stream]?.name} ${kind === 'note' ? '— ' : ''}${text}`);
	};
	return {
		streams,
		stop,
		listeners,
		texts,
		feed: () => feed,
		set(next: readonly Pod[]) {
			state = new Map(next.map(pod => [pod.uid, pod]));
			for (const listener of listeners) listener();
		},
	};
}

const line = (second: number, text: string) => ({stamp: `2026-11-21T14:00:0${second}Z`, text});

describe('the logs of a revision', () => {
	it('are those of its pods, and of pods that come later, in the order of their times', () => {
		const {streams, texts, set} = follow([podOf('a'), podOf('other', {ownerUid: 'rs-old'})]);
		expect(streams.map(({pod, container, tailLines}) => `${pod} ${container} ${tailLines}`)).toEqual(['a app 100']);
		set([podOf('a'), podOf('b')]);
		streams[0]?.onLines([line(1, 'one'), line(3, 'three')]);
		streams[1]?.onLines([line(2, 'two')]);
		expect(texts()).toEqual(['a one', 'b two', 'a three']);
	});

	it('say that a pod was deleted, and read nothing more of it', () => {
		const {streams, texts, set, feed} = follow([podOf('a'), podOf('b')]);
		streams[0]?.onLines([line(1, 'one')]);
		set([podOf('b')]);
		expect(texts()).toEqual(['a one', 'a — the pod has been deleted']);
		expect(streams[0]?.isOver()).toBe(true);
		expect(feed().pods.map(({state}) => state)).toEqual(['gone', 'opening']);
	});

	it('say that a container was restarted, and ask for its new run at once', async () => {
		const {streams, texts, set} = follow([podOf('a')]);
		const woken = streams[0]?.pause?.(60_000, new AbortController().signal);
		set([podOf('a', {restarts: 1})]);
		await woken;
		expect(texts()).toEqual(['a — container app was restarted (1 restart)']);
	});

	it('say once why there is nothing to read, however often that is asked', () => {
		const {streams, texts} = follow([podOf('a')]);
		const why = 'container "app" in pod "a" is waiting to start: ContainerCreating';
		for (const _try of [1, 2, 3]) streams[0]?.onState?.({kind: 'waiting', why});
		streams[0]?.onLines([line(1, 'here')]);
		streams[0]?.onState?.({kind: 'lost', why: 'connection reset'});
		expect(texts()).toEqual([`a — ${why}`, 'a here', 'a — the stream was lost: connection reset']);
	});

	it('are of at most twenty pods at a time; a deleted one makes room', () => {
		const pods = Array.from({length: 25}, (_, index) => podOf(`p${index}`));
		const {streams, feed, set} = follow(pods);
		expect([streams.length, feed().unread]).toEqual([20, 5]);
		set(pods.slice(1));
		expect([streams.length, feed().unread]).toEqual([21, 4]);
	});

	it('say that they may not be read', async () => {
		const {streams, feed} = follow([podOf('a')]);
		streams[0]?.fail(new Error('pods "a" is forbidden'));
		await expect.poll(() => feed().problem).toBe('pods "a" is forbidden');
	});

	it('end with the signal', () => {
		const {streams, listeners, stop, texts} = follow([podOf('a')]);
		stop.abort();
		expect([listeners.size, streams[0]?.signal.aborted]).toEqual([0, true]);
		streams[0]?.onLines([line(1, 'late')]);
		expect(texts()).toEqual([]);
	});

	it('skip the oldest of what comes faster than it can be read, and say how many', () => {
		const {streams, texts, feed} = follow([podOf('a')]);
		for (let part = 0; part < 50; part++) streams[0]?.onLines(Array.from({length: 1_000}, (_, index) => line(1, `${part}.${index}`)));
		const [first] = texts();
		expect(feed().buffer.entries.length).toBeLessThanOrEqual(2_001);
		expect(first).toMatch(/^a — \d+ lines skipped: /);
		expect(Number(/(\d+) lines skipped/.exec(first ?? '')?.[1]) + feed().buffer.entries.length - 1).toBe(50_000);
		expect(texts().at(-1)).toBe('a 49.999');
	});
});

describe('the container that is read first', () => {
	it.each([
		['the first one', podOf('a', {containers: ['app', 'proxy']}), 'app'],
		[
			'the init container that the others wait for',
			podOf('a', {
				initContainers: [
					['fetch', 'done'],
					['migrate', 'running'],
				],
				isStarted: false,
			}),
			'migrate',
		],
		['no init container once the others run', podOf('a', {initContainers: [['fetch', 'done']]}), 'app'],
	])('is %s', (_why, pod, container) => {
		const {streams} = follow([pod], {...revision, scope: {kind: 'pod', uid: pod.uid, name: pod.name}});
		expect(streams.map(one => one.container)).toEqual([container]);
	});
});

import {readFileSync} from 'node:fs';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {ApiPod} from '../../../src/demo/node/api-pod.ts';
import type {PodStatus} from '../../../src/demo/node/pod-status.ts';
import {createTestNode, type RecordedEvent, type TestNode} from './test-node.ts';

interface Capture {
	readonly pod: Omit<ApiPod, 'status'>;
	readonly pods: readonly {readonly type: string; readonly generation: number; readonly status: PodStatus}[];
	readonly events: readonly RecordedEvent[];
}

let node: TestNode;

beforeEach(() => {
	node = createTestNode();
});
afterEach(() => node.stop());

describe('a pod goes through the same states and events as on a real kubelet', () => {
	test('a container that runs and becomes ready', async () => {
		const capture = readCapture('create');
		node.run(capture.pod);
		await node.clock.advance(5_000);
		expect(written(node)).toEqual(captured(capture));
		expect(eventsOf(node.events, ['Pulled', 'Pulling'])).toEqual(eventsOf(capture.events, ['Pulled', 'Pulling']));
	});

	test('a container without a probe, ready as soon as it runs', async () => {
		const capture = readCapture('recreate-testpage-new');
		node.run(capture.pod);
		await node.clock.advance(5_000);
		expect(written(node)).toEqual(captured(capture));
	});

	test('an image that does not exist, then deleted', async () => {
		const capture = readCapture('bad-image');
		const worker = node.run(capture.pod);
		await node.clock.advanceUntil(() => node.events.some(({reason, count}) => reason === 'BackOff' && count === 5), 90_000);
		node.remove(worker);
		await node.clock.advance(2_000);
		expect(written(node)).toEqual(captured(capture));
		expect(eventsOf(node.events)).toEqual(eventsOf(capture.events));
		expect(node.deleted).toHaveLength(1);
	});

	test('a container that exits again and again, then deleted while it waits', async () => {
		const capture = readCapture('crash');
		const worker = node.run(capture.pod);
		await node.clock.advanceUntil(() => node.statuses.at(-1)?.containerStatuses?.[0]?.restartCount === 3, 60_000);
		await node.clock.advance(5_000);
		node.remove(worker);
		await node.clock.advance(2_000);
		expect(written(node)).toEqual(captured(capture));
		expect(eventsOf(node.events)).toEqual(eventsOf(capture.events));
	});

	test('a version that turns bad while it is ready', async () => {
		const capture = readCapture('deadline');
		const worker = node.run(capture.pod);
		await node.clock.advance(21_000);
		node.remove(worker);
		await node.clock.advance(32_000);
		expect(written(node)).toEqual(captured(capture));
		expect(eventsOf(node.events, ['Pulled', 'Pulling'])).toEqual(eventsOf(capture.events, ['Pulled', 'Pulling']));
		// One to be ready and three that it answers well, then failures until the spam filter has heard enough.
		expect(node.events.find(({reason}) => reason === 'Unhealthy')?.count).toBe(25);
	});

	test('a program that ignores SIGTERM ends after the grace period', async () => {
		const capture = readCapture('roll-v2');
		const worker = node.run(capture.pod);
		await node.clock.advance(10_000);
		node.remove(worker);
		await node.clock.advance(29_000);
		expect(node.deleted).toEqual([]);
		await node.clock.advance(2_000);
		expect(afterDeletion(written(node))).toEqual(afterDeletion(captured(capture)));
		expect(node.deleted).toEqual([{apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0, preconditions: {uid: capture.pod.metadata.uid}}]);
	});

	test('a pod that is deleted under traffic, and the one that takes its place', async () => {
		const capture = readCapture('delete-pod');
		const worker = node.run(capture.pod);
		await node.clock.advance(10_000);
		node.remove(worker);
		await node.clock.advance(31_000);
		expect(afterDeletion(written(node))).toEqual(afterDeletion(captured(capture)));
		expect(eventsOf(node.events).at(-1)).toEqual(eventsOf(capture.events, ['Unhealthy']).at(-1));
	});

	test('a pod whose image is there already', async () => {
		const capture = readCapture('delete-pod-new');
		node.run({...capture.pod, metadata: {...capture.pod.metadata, uid: 'first'}});
		await node.clock.advance(5_000);
		node.statuses.length = 0;
		node.events.length = 0;
		node.run(capture.pod);
		await node.clock.advance(5_000);
		expect(written(node)).toEqual(captured(capture));
		expect(eventsOf(node.events)).toEqual(eventsOf(capture.events));
	});

	test('a version that has turned bad, deleted by an undo', async () => {
		const capture = readCapture('undo');
		const worker = node.run(capture.pod);
		await node.clock.advance(60_000);
		node.remove(worker);
		await node.clock.advance(32_000);
		expect(afterDeletion(written(node))).toEqual(afterDeletion(captured(capture)));
		expect(eventsOf(node.events).at(-1)).toEqual(eventsOf(capture.events).at(-1));
	});

	test('a whole life: scaled up and down again', async () => {
		const capture = readCapture('scale');
		const worker = node.run(capture.pod);
		await node.clock.advance(10_500);
		node.remove(worker);
		await node.clock.advance(32_000);
		expect(written(node)).toEqual(captured(capture));
		expect(eventsOf(node.events, ['Pulled', 'Pulling', 'Unhealthy'])).toEqual(eventsOf(capture.events, ['Pulled', 'Pulling']));
	});

	test('a program that ends when it is asked to', async () => {
		const capture = readCapture('recreate-testpage');
		const worker = node.run(capture.pod);
		await node.clock.advance(10_000);
		node.remove(worker);
		await node.clock.advance(1_000);
		expect(afterDeletion(written(node))).toEqual(afterDeletion(captured(capture)));
		expect(eventsOf(node.events, []).at(-1)).toEqual(eventsOf(capture.events).at(-1));
	});
});

function readCapture(name: string): Capture {
	return JSON.parse(readFileSync(new URL(`../captures/${name}.json`, import.meta.url), 'utf8'));
}

function written({statuses}: TestNode): readonly PodStatus[] {
	return distinct(statuses);
}

/** Those that the kubelet wrote: the API server's own carry no observed generation. */
function captured({pods}: Capture): readonly PodStatus[] {
	return distinct(pods.map(({status}) => status).filter(({observedGeneration}) => observedGeneration !== undefined));
}

function afterDeletion(statuses: readonly PodStatus[]): readonly PodStatus[] {
	return statuses.filter(({observedGeneration}) => observedGeneration === 2);
}

/** The events with their last counts, but for how often a probe failed, which depends on the moment. */
function eventsOf(events: readonly RecordedEvent[], without: readonly string[] = []): readonly object[] {
	const last = new Map<string, RecordedEvent>();
	for (const {type, reason, message, count} of events) {
		const text = message.replaceAll(/\d+\.\d+\.\d+\.\d+/g, 'IP').replace(/in \d+ms \(\d+ms including waiting\)\. Image size: \d+/, 'in a while');
		if (!without.includes(reason)) last.set(`${reason} ${text}`, {type, reason, message: text, count: reason === 'Unhealthy' ? 0 : count});
	}
	return [...last.values()];
}

function distinct(statuses: readonly PodStatus[]): readonly PodStatus[] {
	const seen = statuses.map(status => comparable(status) as PodStatus);
	return seen.filter((status, index) => JSON.stringify(status) !== JSON.stringify(seen[index - 1]));
}

/** Without what differs from run to run, and without what a real runtime alone can tell (resources, users, digests). */
function comparable(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(comparable);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).filter(([name]) => !['resources', 'user', 'qosClass'].includes(name));
	return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => [name, isVarying(name, inner) ? 'varies' : comparable(inner)]));
}

function isVarying(name: string, value: unknown): boolean {
	return value !== null && value !== '' && /Time$|edAt$|^podIP|^containerID$|^imageID$/.test(name);
}

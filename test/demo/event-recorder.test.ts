import {beforeEach, describe, expect, test} from 'vitest';
import {type ApiClient, ApiError, type ApiRequest} from '../../src/demo/api-client.ts';
import {createEventRecorder, type EventRecorder, type InvolvedObject} from '../../src/demo/event-recorder.ts';
import {createManualClock, type ManualClock} from './manual-clock.ts';

let clock: ManualClock;
let calls: ApiRequest[];
let failure: ((call: ApiRequest) => Error | undefined) | undefined;
let recorder: EventRecorder;

beforeEach(() => {
	clock = createManualClock();
	calls = [];
	failure = undefined;
	const api: ApiClient = {
		async send(call) {
			calls.push(call);
			const error = failure?.(call);
			if (error !== undefined) throw error;
			return {};
		},
		async *stream() {
			yield* [];
		},
		close: async () => undefined,
	};
	recorder = createEventRecorder(api, clock, {component: 'kubelet', host: 'node-1'}, new AbortController().signal);
});

describe('the events of a source', () => {
	test("are written in client-go's form", async () => {
		recorder.record({...podNamed('app'), fieldPath: 'spec.containers{main}'}, 'Normal', 'Started', 'Container started');
		await clock.advance(0);
		expect(calls).toEqual([{method: 'POST', path: '/api/v1/namespaces/default/events', body: expect.anything()}]);
		expect(calls[0]?.body).toEqual({
			apiVersion: 'v1',
			kind: 'Event',
			metadata: {name: expect.stringMatching(/^app\.[0-9a-f]{16}$/), namespace: 'default'},
			involvedObject: {apiVersion: 'v1', kind: 'Pod', name: 'app', namespace: 'default', uid: 'uid-app', fieldPath: 'spec.containers{main}'},
			type: 'Normal',
			reason: 'Started',
			message: 'Container started',
			source: {component: 'kubelet', host: 'node-1'},
			reportingComponent: 'kubelet',
			reportingInstance: 'node-1',
			firstTimestamp: '2026-11-21T02:00:00Z',
			lastTimestamp: '2026-11-21T02:00:00Z',
			count: 1,
		});
	});

	test('stand in the default namespace for what has none', async () => {
		recorder.record({apiVersion: 'v1', kind: 'Node', name: 'node-1', uid: 'n'}, 'Normal', 'Starting', 'Starting kubelet.');
		await clock.advance(0);
		expect(calls[0]?.path).toBe('/api/v1/namespaces/default/events');
	});

	test('are counted when they repeat', async () => {
		recorder.record(podNamed('app'), 'Warning', 'Unhealthy', 'no');
		await clock.advance(5_000);
		recorder.record(podNamed('app'), 'Warning', 'Unhealthy', 'no');
		recorder.record(podNamed('app'), 'Warning', 'Unhealthy', 'other');
		await clock.advance(0);
		expect(calls[1]).toEqual({
			method: 'PATCH',
			path: `/api/v1/namespaces/default/events/${nameOf(calls[0])}`,
			body: {count: 2, lastTimestamp: '2026-11-21T02:00:05Z', message: 'no'},
			contentType: 'application/strategic-merge-patch+json',
		});
		expect(calls[2]?.method).toBe('POST');
	});

	test('are written anew, with their count, when the API has forgotten them', async () => {
		recorder.record(podNamed('app'), 'Warning', 'Unhealthy', 'no');
		failure = ({method}) => (method === 'PATCH' ? new ApiError(404, 'NotFound', 'gone') : undefined);
		recorder.record(podNamed('app'), 'Warning', 'Unhealthy', 'no');
		await clock.advance(0);
		expect(calls.map(({method}) => method)).toEqual(['POST', 'PATCH', 'POST']);
		expect(calls[2]?.body).toMatchObject({metadata: {name: nameOf(calls[0])}, count: 2});
	});

	test('keep their order while the server is away, each object for itself', async () => {
		failure = () => new Error('connect ECONNREFUSED');
		recorder.record(podNamed('app'), 'Normal', 'Created', 'Container created');
		recorder.record(podNamed('app'), 'Normal', 'Started', 'Container started');
		await clock.advance(500);
		expect(reasons()).toEqual(['Created']);
		failure = undefined;
		await clock.advance(1_000);
		expect(reasons()).toEqual(['Created', 'Created', 'Started']);
	});

	test('are given up when the server does not want them', async () => {
		failure = () => new ApiError(403, 'Forbidden', 'no');
		recorder.record(podNamed('app'), 'Normal', 'Created', 'Container created');
		await clock.advance(60_000);
		expect(calls).toHaveLength(1);
		expect(clock.pendingTimers()).toBe(0);
	});

	test('are given up after twelve attempts', async () => {
		failure = () => new Error('connect ECONNREFUSED');
		recorder.record(podNamed('app'), 'Normal', 'Created', 'Container created');
		await clock.advance(60_000);
		expect(calls).toHaveLength(12);
	});

	test('begin anew for an object that was forgotten', async () => {
		recorder.record(podNamed('app'), 'Warning', 'Unhealthy', 'no');
		recorder.forget('uid-app');
		recorder.record(podNamed('app'), 'Warning', 'Unhealthy', 'no');
		await clock.advance(0);
		expect(calls.map(({method}) => method)).toEqual(['POST', 'POST']);
	});
});

describe('too many events', () => {
	test('stop after 25 of an object and type, then one each five minutes, which tells how many there were', async () => {
		for (let index = 0; index < 30; index++) recorder.record(podNamed('app'), 'Warning', 'Unhealthy', 'no');
		recorder.record(podNamed('app'), 'Normal', 'Killing', 'Stopping container main');
		recorder.record(podNamed('other'), 'Warning', 'Unhealthy', 'no');
		await clock.advance(0);
		expect(calls).toHaveLength(27);
		await clock.advance(300_000);
		recorder.record(podNamed('app'), 'Warning', 'Unhealthy', 'no');
		recorder.record(podNamed('app'), 'Warning', 'Unhealthy', 'no');
		await clock.advance(0);
		expect(calls).toHaveLength(28);
		expect(calls[27]?.body).toMatchObject({count: 31});
	});

	test('that differ in their message only become one', async () => {
		for (let index = 1; index <= 11; index++) recorder.record(podNamed('app'), 'Normal', 'Scaled', `to ${index}`);
		await clock.advance(0);
		expect(calls).toHaveLength(11);
		expect(calls[9]?.body).toMatchObject({message: '(combined from similar events): to 10', count: 1});
		expect(calls[9]?.body).not.toHaveProperty('reportingComponent');
		expect(calls[10]).toMatchObject({method: 'PATCH', body: {message: '(combined from similar events): to 11', count: 2}});
		expect(calls[10]?.path).toContain(nameOf(calls[9]));
	});

	test('that were told before a silence of ten minutes do not count', async () => {
		for (let index = 1; index <= 6; index++) recorder.record(podNamed('app'), 'Normal', 'Scaled', `early ${index}`);
		await clock.advance(601_000);
		for (let index = 1; index <= 10; index++) recorder.record(podNamed('app'), 'Normal', 'Scaled', `late ${index}`);
		await clock.advance(0);
		const messages = calls.map(({body}) => (body as {message: string}).message);
		expect(messages.slice(6, 15)).toEqual(Array.from({length: 9}, (_, index) => `late ${index + 1}`));
		expect(messages[15]).toBe('(combined from similar events): late 10');
	});

	test('are new again after ten minutes without one', async () => {
		for (let index = 1; index <= 10; index++) recorder.record(podNamed('app'), 'Normal', 'Scaled', `to ${index}`);
		await clock.advance(601_000);
		recorder.record(podNamed('app'), 'Normal', 'Scaled', 'to 11');
		await clock.advance(0);
		expect(calls[10]?.body).toMatchObject({message: 'to 11'});
	});
});

function reasons(): readonly string[] {
	return calls.map(({body}) => (body as {reason: string}).reason);
}

function nameOf(call: ApiRequest | undefined): string {
	const body = call?.body as {metadata: {name: string}} | undefined;
	return body?.metadata.name ?? 'none';
}

function podNamed(name: string): InvolvedObject {
	return {apiVersion: 'v1', kind: 'Pod', name, namespace: 'default', uid: `uid-${name}`};
}

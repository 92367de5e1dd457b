import {beforeEach, describe, expect, test} from 'vitest';
import {type ApiClient, ApiError, type ApiRequest} from '../../../src/demo/api-client.ts';
import type {ApiPod} from '../../../src/demo/node/api-pod.ts';
import {createEventRecorder, type EventRecorder} from '../../../src/demo/node/event-recorder.ts';
import {createManualClock, type ManualClock} from '../manual-clock.ts';

let clock: ManualClock;
let calls: ApiRequest[];
let failure: Error | undefined;
let recorder: EventRecorder;

beforeEach(() => {
	clock = createManualClock();
	calls = [];
	failure = undefined;
	const api: ApiClient = {
		async send(call) {
			calls.push(call);
			if (failure !== undefined) throw failure;
			return {};
		},
		async *stream() {
			yield* [];
		},
		close: async () => undefined,
	};
	recorder = createEventRecorder(api, clock, 'node-1', new AbortController().signal);
});

describe('the events of a node', () => {
	test("are written in the kubelet's form", async () => {
		recorder.record(podNamed('app'), 'main', 'Normal', 'Started', 'Container started');
		await clock.advance(0);
		expect(calls).toEqual([{method: 'POST', path: '/api/v1/namespaces/default/events', body: expect.anything()}]);
		expect(calls[0]?.body).toMatchObject({
			kind: 'Event',
			metadata: {name: expect.stringMatching(/^app\.[0-9a-f]{16}$/), namespace: 'default'},
			involvedObject: {apiVersion: 'v1', kind: 'Pod', name: 'app', namespace: 'default', uid: 'uid-app', fieldPath: 'spec.containers{main}'},
			type: 'Normal',
			reason: 'Started',
			message: 'Container started',
			source: {component: 'kubelet', host: 'node-1'},
			reportingComponent: 'kubelet',
			firstTimestamp: '2026-11-21T02:00:00Z',
			lastTimestamp: '2026-11-21T02:00:00Z',
			count: 1,
		});
	});

	test('are counted when they repeat', async () => {
		recorder.record(podNamed('app'), 'main', 'Warning', 'Unhealthy', 'no');
		await clock.advance(5_000);
		recorder.record(podNamed('app'), 'main', 'Warning', 'Unhealthy', 'no');
		recorder.record(podNamed('app'), 'main', 'Warning', 'Unhealthy', 'other');
		await clock.advance(0);
		const [first] = calls as readonly {body: {metadata: {name: string}}}[];
		const name = first?.body.metadata.name;
		expect(calls[1]).toEqual({
			method: 'PATCH',
			path: `/api/v1/namespaces/default/events/${name}`,
			body: {count: 2, lastTimestamp: '2026-11-21T02:00:05Z'},
			contentType: 'application/strategic-merge-patch+json',
		});
		expect(calls[2]?.method).toBe('POST');
	});

	test('keep their order while the server is away, each pod for itself', async () => {
		failure = new Error('connect ECONNREFUSED');
		recorder.record(podNamed('app'), 'main', 'Normal', 'Created', 'Container created');
		recorder.record(podNamed('app'), 'main', 'Normal', 'Started', 'Container started');
		await clock.advance(500);
		expect(reasons()).toEqual(['Created']);
		failure = undefined;
		await clock.advance(1_000);
		expect(reasons()).toEqual(['Created', 'Created', 'Started']);
	});

	test('are given up when the server does not want them', async () => {
		failure = new ApiError(403, 'Forbidden', 'no');
		recorder.record(podNamed('app'), 'main', 'Normal', 'Created', 'Container created');
		await clock.advance(60_000);
		expect(calls).toHaveLength(1);
		expect(clock.pendingTimers()).toBe(0);
	});

	test('are given up after twelve attempts', async () => {
		failure = new Error('connect ECONNREFUSED');
		recorder.record(podNamed('app'), 'main', 'Normal', 'Created', 'Container created');
		await clock.advance(60_000);
		expect(calls).toHaveLength(12);
	});

	test('stop after 25 of a pod and type, then one each five minutes', async () => {
		for (let index = 0; index < 30; index++) recorder.record(podNamed('app'), 'main', 'Warning', 'Unhealthy', 'no');
		recorder.record(podNamed('app'), 'main', 'Normal', 'Killing', 'Stopping container main');
		recorder.record(podNamed('other'), 'main', 'Warning', 'Unhealthy', 'no');
		await clock.advance(0);
		expect(calls).toHaveLength(27);
		await clock.advance(300_000);
		recorder.record(podNamed('app'), 'main', 'Warning', 'Unhealthy', 'no');
		recorder.record(podNamed('app'), 'main', 'Warning', 'Unhealthy', 'no');
		await clock.advance(0);
		expect(calls).toHaveLength(28);
	});

	test('begin anew for a pod that was forgotten', async () => {
		recorder.record(podNamed('app'), 'main', 'Warning', 'Unhealthy', 'no');
		recorder.forget('uid-app');
		recorder.record(podNamed('app'), 'main', 'Warning', 'Unhealthy', 'no');
		await clock.advance(0);
		expect(calls.map(({method}) => method)).toEqual(['POST', 'POST']);
	});
});

function reasons(): readonly string[] {
	return calls.map(({body}) => (body as {reason: string}).reason);
}

function podNamed(name: string): ApiPod {
	return {metadata: {name, namespace: 'default', uid: `uid-${name}`}, spec: {containers: []}, status: {}};
}

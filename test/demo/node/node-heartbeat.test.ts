import {beforeEach, describe, expect, test} from 'vitest';
import {type ApiClient, ApiError, type ApiRequest} from '../../../src/demo/api-client.ts';
import {keepNodeAlive} from '../../../src/demo/node/node-heartbeat.ts';
import {createManualClock, type ManualClock} from '../manual-clock.ts';

let clock: ManualClock;
let calls: string[];
let bodies: unknown[];
let missing: RegExp;
let life: AbortController;

beforeEach(() => {
	clock = createManualClock();
	calls = [];
	bodies = [];
	missing = /nothing/;
	life = new AbortController();
});

describe('a node that lives', () => {
	test('renews its lease each ten seconds and its status each five minutes', async () => {
		start();
		await clock.advance(300_000);
		expect(calls.slice(0, 4)).toEqual(['PATCH lease', 'GET node', 'PATCH lease', 'GET node']);
		expect(calls.filter(call => call === 'PATCH lease')).toHaveLength(31);
		expect(calls.filter(call => call === 'PATCH status')).toHaveLength(1);
		expect(bodies.at(-1)).toMatchObject({
			status: {
				conditions: expect.arrayContaining([expect.objectContaining({lastHeartbeatTime: '2026-11-21T02:05:00Z', lastTransitionTime: '2026-11-21T01:00:00Z'})]),
			},
		});
		await stop();
	});

	test('makes its lease if there is none', async () => {
		missing = /PATCH lease/;
		start();
		await clock.advance(0);
		expect(calls).toEqual(['PATCH lease', 'POST leases', 'GET node']);
		expect(bodies[1]).toMatchObject({kind: 'Lease', metadata: {name: 'node-1'}, spec: {holderIdentity: 'node-1', renewTime: '2026-11-21T02:00:00.000000Z'}});
		await stop();
	});

	test('asks no more where the API has no leases', async () => {
		missing = /lease/;
		start();
		await clock.advance(30_000);
		expect(calls).toEqual(['PATCH lease', 'POST leases', 'GET node', 'GET node', 'GET node', 'GET node']);
		await stop();
	});

	test('joins again when the API has forgotten it', async () => {
		start();
		await clock.advance(5_000);
		missing = /GET node/;
		calls = [];
		await clock.advance(5_000);
		expect(calls).toEqual(['PATCH lease', 'GET node', 'POST nodes', 'PATCH node']);
		await stop();
	});

	test('goes on when the API is away', async () => {
		missing = /./;
		start(new Error('connect ECONNREFUSED'));
		await clock.advance(20_000);
		expect(calls).toEqual(['PATCH lease', 'PATCH lease', 'PATCH lease']);
		await stop();
	});
});

async function stop(): Promise<void> {
	life.abort();
	await clock.advance(0);
	expect(clock.pendingTimers()).toBe(0);
}

function start(error: Error = new ApiError(404, 'NotFound', 'not there')): void {
	const api: ApiClient = {
		async send({method = 'GET', path, body}: ApiRequest) {
			const what = nameOf(path);
			calls.push(`${method} ${what}`);
			if (method !== 'GET') bodies.push(body);
			if (missing.test(`${method} ${what}`)) throw error;
			return {};
		},
		async *stream() {
			yield* [];
		},
		close: async () => undefined,
	};
	const facts = {
		name: 'node-1',
		ip: '10.240.0.1',
		capacity: {cpu: '4', memory: '8Gi', pods: 110},
		startedAt: clock.now() - 3_600_000,
		kubeletPort: 10_250,
		taints: [],
	};
	void keepNodeAlive({api, clock, facts, signal: life.signal});
}

function nameOf(path: string): string {
	if (path.endsWith('/status')) return 'status';
	const [, kind = '', name] = /(lease|node)s(\/[^/]+)?$/.exec(path) ?? [];
	return name === undefined ? `${kind}s` : kind;
}

import {describe, expect, test} from 'vitest';
import {withTemplateOf} from '../../src/cluster/argo/template-join.ts';
import {parseArgoRollout} from '../../src/cluster/parse/argo-rollout.ts';
import {parseWorkload} from '../../src/cluster/parse/workload.ts';
import {sendCommand} from '../../src/cluster/rollout-actions.ts';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import {recordedRequests, type ArgoRequest as Sent} from '../cluster/scenarios/argo-recordings.ts';
import {objectsAt} from '../store/progressive-replay.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {startRestServer} from './harness/rest-server.ts';

const name = 'canary-demo';
const rolloutPath = (recording: string) => `/apis/argoproj.io/v1alpha1/namespaces/${recording}/rollouts/${name}`;

/** An API server that has what the recording's had at `t`, and the Rollout as the program sees it. */
async function standing(recording: string, t: number, routes: object = {}) {
	const [live] = objectsAt(recording, 'rollouts', t);
	const [holder] = objectsAt(recording, 'deployments', t);
	const apps = `/apis/apps/v1/namespaces/${recording}`;
	const path = rolloutPath(recording);
	const holderPath = `${apps}/deployments/${name}`;
	const server = await startRestServer({
		[`GET ${path}`]: live,
		[`PATCH ${path}`]: live,
		[`PATCH ${path}/status`]: live,
		[`PUT ${path}`]: live,
		[`GET ${apps}/replicasets`]: objectsAt(recording, 'replicasets', t),
		...(holder && {[`GET ${holderPath}`]: holder, [`PATCH ${holderPath}`]: holder, [`PUT ${holderPath}`]: holder}),
		...routes,
	});
	const rollout = parseArgoRollout(live);
	if (rollout === undefined) throw new Error('no Rollout');
	const connection = await connectTo(server.url, {}, {namespace: recording});
	return {server, connection, live, holder, workload: withTemplateOf(rollout, holder && parseWorkload(holder))};
}

/** What was written, without what we add: that the object must be the one that was read. */
function written(requests: Awaited<ReturnType<typeof standing>>['server']['requests']): readonly Sent[] {
	return requests
		.filter(({method}) => method !== 'GET')
		.map(({method, path, headers, body}) => ({method, path, contentType: String(headers['content-type']), body: plain(method, JSON.parse(body))}));
}

function plain(method: string, body: {readonly op?: string; readonly metadata?: object; readonly status?: unknown}): unknown {
	if (Array.isArray(body)) return body.filter(({op}) => op !== 'test');
	const {metadata: _metadata, status: _status, ...whole} = body;
	if (method === 'PUT') return {...whole, metadata: body.metadata};
	const {metadata: _guard, ...merge} = body;
	return merge;
}

const image = (tag: string): WorkloadCommand => ({kind: 'set-image', container: name, image: `barnett/canarydemo:${tag}`});
const undo: WorkloadCommand = {kind: 'undo', toRevision: undefined};

/** When the plugin was told to, ms, and the same command of ours. */
const told: readonly (readonly [recording: string, did: string, t: number, command: WorkloadCommand])[] = [
	['argo-canary', 'set image v2', 5275, image('v2')],
	['argo-canary', 'promote', 10_247, {kind: 'continue'}],
	['argo-abort-undo', 'abort', 9756, {kind: 'abort'}],
	['argo-abort-undo', 'undo', 12_137, undo],
	['argo-pause-promote', 'pause (spec.paused)', 7952, {kind: 'pause'}],
	['argo-pause-promote', 'promote (un-pauses and skips one step)', 14_141, {kind: 'continue'}],
	['argo-bluegreen', 'promote', 8836, {kind: 'continue'}],
	['argo-bluegreen', 'set image v3', 22_785, image('v3')],
	['argo-bluegreen', 'abort', 26_376, {kind: 'abort'}],
	['argo-bluegreen', 'undo', 28_550, undo],
	['argo-canary-nginx', 'promote', 9323, {kind: 'continue'}],
	['argo-canary-nginx', 'undo', 58_217, undo],
	['argo-degraded', 'promote --full', 23_306, {kind: 'promote-full'}],
	['argo-workloadref', 'set image v2', 5165, image('v2')],
	['argo-workloadref', 'undo (goes to the Deployment)', 24_009, undo],
	['argo-workloadref', 'promote --full', 27_614, {kind: 'promote-full'}],
];

describe('the requests of Argo’s kubectl plugin, as they were recorded', () => {
	test.each(told)('%s: %s', async (recording, did, t, command) => {
		const {server, connection, workload} = await standing(recording, t);
		const result = await sendCommand(command, {connection, workload});
		expect(result).toMatchObject({kind: 'accepted'});
		expect(written(server.requests)).toEqual(recordedRequests(recording, did, recording));
	});

	test('a restart, at the time of now in whole seconds of UTC', async () => {
		const {server, connection, workload} = await standing('argo-pause-promote', 27_812);
		await sendCommand({kind: 'restart'}, {connection, workload});
		const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
		const [sent] = recordedRequests('argo-pause-promote', 'restart', 'argo-pause-promote');
		expect(written(server.requests)).toEqual([{...sent, body: {spec: {restartAt: time}}}]);
	});
});

import {expect, test} from 'vitest';
import {parseArgoRollout} from '../../src/cluster/parse/argo-rollout.ts';
import {sendCommand} from '../../src/cluster/rollout-actions.ts';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import {objectsAt, type RecordedObject} from '../store/progressive-replay.ts';
import {type ApiServer, answerJson, answerStatus} from './harness/api-server.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {startRestServer} from './harness/rest-server.ts';

/** What Argo's sender does where the API server does not simply say yes. The plain requests: argo-commands.test.ts. */
const scenario = 'argo-canary';
const path = `/apis/argoproj.io/v1alpha1/namespaces/${scenario}/rollouts/canary-demo`;
/** It waits at step 2 of 4 for a person. */
const waiting = 9000;

type Routes = Parameters<typeof startRestServer>[0];

function liveAt(t: number): RecordedObject {
	const [live] = objectsAt(scenario, 'rollouts', t);
	if (live === undefined) throw new Error('no Rollout');
	return live;
}

const withVersion = (live: RecordedObject, resourceVersion: string): RecordedObject => ({...live, metadata: {...live.metadata, resourceVersion}});

function withStatus(live: RecordedObject, status: object, spec: object = {}): RecordedObject {
	return {...live, spec: {...(live.spec as object), ...spec}, status: {...(live.status as object), ...status}} as RecordedObject;
}

/** Sends a command to what was seen; the server answers by `routes`. */
async function sent(command: WorkloadCommand, seen: RecordedObject, routes: Routes) {
	const server = await startRestServer({[`GET ${path}`]: seen, ...routes});
	const workload = parseArgoRollout(seen);
	if (workload === undefined) throw new Error('no Rollout');
	const connection = await connectTo(server.url, {}, {namespace: scenario});
	return {result: await sendCommand(command, {connection, workload}), writes: writesOf(server)};
}

function writesOf({requests}: ApiServer) {
	return requests.filter(({method}) => method !== 'GET').map(({method, path: to, body}) => ({method, to: to.replace(path, ''), body: JSON.parse(body)}));
}

const guard = ({metadata: {resourceVersion}}: RecordedObject) => ({metadata: {resourceVersion}});

test.each([
	['abort', {kind: 'abort'}, {}, {status: {abort: true}}, {status: {abort: true}}],
	['promotion', {kind: 'continue'}, {}, {status: {pauseConditions: null}}, {spec: {paused: false}, status: {pauseConditions: null}}],
	[
		'promotion of what a person has paused',
		{kind: 'continue'},
		{paused: true},
		{status: {pauseConditions: null}},
		{spec: {paused: false}, status: {pauseConditions: null}},
	],
	['full promotion', {kind: 'promote-full'}, {paused: true}, {status: {promoteFull: true}}, {spec: {paused: false}, status: {promoteFull: true}}],
] as const)('without a status subresource (Argo before 0.10) one request to the Rollout does the %s', async (_what, command, spec, status, unified) => {
	const seen = withStatus(liveAt(waiting), {}, spec);
	const {result, writes} = await sent(command, seen, {[`PATCH ${path}`]: seen});
	expect(result).toMatchObject({kind: 'accepted'});
	expect(writes).toEqual([
		{method: 'PATCH', to: '/status', body: {...guard(seen), ...status}},
		{method: 'PATCH', to: '', body: {...guard(seen), ...unified}},
	]);
});

test('a Rollout that is gone is not found at either place, and is said to be gone', async () => {
	const {result, writes} = await sent({kind: 'abort'}, liveAt(waiting), {});
	expect(result).toMatchObject({kind: 'refused', hint: 'it was deleted meanwhile'});
	expect(writes).toHaveLength(2);
});

test('an inconclusive analysis is promoted past its step, and the controller’s own pause ends', async () => {
	const seen = withStatus(liveAt(waiting), {
		pauseConditions: [{reason: 'InconclusiveAnalysisRun', startTime: '2026-11-21T03:00:00Z'}],
		controllerPause: true,
		canary: {currentStepAnalysisRunStatus: {name: 'canary-demo-1', status: 'Inconclusive'}},
	});
	const {result, writes} = await sent({kind: 'continue'}, seen, {[`PATCH ${path}/status`]: seen});
	expect(result).toMatchObject({kind: 'accepted'});
	expect(writes).toEqual([
		{method: 'PATCH', to: '/status', body: {...guard(seen), status: {pauseConditions: null, controllerPause: false, currentStepIndex: 2}}},
	]);
});

test('an inconclusive analysis beside the steps ends the pause alone', async () => {
	const seen = withStatus(liveAt(waiting), {
		pauseConditions: [{reason: 'InconclusiveAnalysisRun', startTime: '2026-11-21T03:00:00Z'}],
		controllerPause: true,
		canary: {currentBackgroundAnalysisRunStatus: {name: 'canary-demo-1', status: 'Inconclusive'}},
	});
	const {writes} = await sent({kind: 'continue'}, seen, {[`PATCH ${path}/status`]: seen});
	expect(writes.map(({body}) => body.status)).toEqual([{pauseConditions: null}]);
});

/** A server whose controller writes between each read and each write, so many times. */
function busy(seen: RecordedObject, conflicts: number, later: (live: RecordedObject) => RecordedObject = live => live): Routes {
	let refused = 0;
	const live = () => (refused === 0 ? seen : later(withVersion(seen, `later-${refused}`)));
	return {
		[`GET ${path}`]: (_request: unknown, response: Parameters<typeof answerJson>[0]) => answerJson(response, live()),
		[`PATCH ${path}/status`]: (_request: unknown, response: Parameters<typeof answerJson>[0]) => {
			if (refused === conflicts) return answerJson(response, live());
			refused += 1;
			answerStatus(response, 409, 'Conflict', 'the object has been modified');
		},
	};
}

test('what only the controller has written meanwhile is tried again on its newest version', async () => {
	const seen = liveAt(waiting);
	const {result, writes} = await sent({kind: 'abort'}, seen, busy(seen, 2));
	expect(result).toMatchObject({kind: 'accepted'});
	expect(writes.map(({body}) => body)).toEqual(
		[seen.metadata.resourceVersion, 'later-1', 'later-2'].map(resourceVersion => ({metadata: {resourceVersion}, status: {abort: true}})),
	);
});

test('the fifth try asks only that it is the same object', async () => {
	const seen = liveAt(waiting);
	const {result, writes} = await sent({kind: 'abort'}, seen, busy(seen, 4));
	expect(result).toMatchObject({kind: 'accepted'});
	expect(writes.map(({body}) => body.metadata)).toEqual([
		...[seen.metadata.resourceVersion, 'later-1', 'later-2', 'later-3'].map(resourceVersion => ({resourceVersion})),
		{uid: seen.metadata.uid},
	]);
});

test('after five it is given up', async () => {
	const seen = liveAt(waiting);
	const {result, writes} = await sent({kind: 'abort'}, seen, busy(seen, 9));
	expect(result.kind).not.toBe('accepted');
	expect(writes).toHaveLength(5);
});

test('a promotion is not sent again once the step has moved: it would skip another one', async () => {
	const seen = liveAt(waiting);
	const moved = (live: RecordedObject) => withStatus(live, {currentStepIndex: 2, pauseConditions: null});
	const {result, writes} = await sent({kind: 'continue'}, seen, busy(seen, 1, moved));
	expect(result.kind).not.toBe('accepted');
	expect(writes).toHaveLength(1);
});

test('a refusal that no writing explains is not tried again', async () => {
	const seen = liveAt(waiting);
	const refuse = (_request: unknown, response: Parameters<typeof answerStatus>[0]) => answerStatus(response, 409, 'Conflict', 'the object has been modified');
	const {result, writes} = await sent({kind: 'abort'}, seen, {[`PATCH ${path}/status`]: refuse});
	expect(result.kind).not.toBe('accepted');
	expect(writes).toHaveLength(1);
});

test('it is scaled by its scale subresource, as kubectl does, again after the controller has written', async () => {
	const seen = liveAt(waiting);
	const scale = (resourceVersion: string) => ({
		apiVersion: 'autoscaling/v1',
		kind: 'Scale',
		metadata: {name: 'canary-demo', namespace: scenario, resourceVersion},
		spec: {replicas: 5},
		status: {replicas: 5},
	});
	let tries = 0;
	const {result, writes} = await sent({kind: 'scale', replicas: 7}, seen, {
		[`GET ${path}/scale`]: (_request: unknown, response: Parameters<typeof answerJson>[0]) => answerJson(response, scale(String(tries))),
		[`PUT ${path}/scale`]: (_request: unknown, response: Parameters<typeof answerJson>[0]) => {
			tries += 1;
			if (tries === 1) answerStatus(response, 409, 'Conflict', 'the object has been modified');
			else answerJson(response, {...scale('9'), spec: {replicas: 7}});
		},
	});
	expect(result).toMatchObject({kind: 'accepted', message: 'rollout.argoproj.io/canary-demo scaled'});
	expect(writes).toMatchObject(
		[0, 1].map(version => ({method: 'PUT', to: '/scale', body: {metadata: {resourceVersion: String(version)}, spec: {replicas: 7}}})),
	);
});

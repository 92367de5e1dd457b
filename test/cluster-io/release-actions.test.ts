import {expect, test} from 'vitest';
import {createReleaseJoin} from '../../src/cluster/follow/release-join.ts';
import {parseApplication} from '../../src/cluster/parse/application.ts';
import {parseKruiseRollout} from '../../src/cluster/parse/kruise-rollout.ts';
import {parseWorkload} from '../../src/cluster/parse/workload.ts';
import {sendCommand} from '../../src/cluster/rollout-actions.ts';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import type {JsonValue} from '../../src/domain/json.ts';
import requests from '../fixtures/progressive/release-requests.json' with {type: 'json'};
import {objectsAt, type RecordedObject, recorded} from '../store/progressive-replay.ts';
import {answerJson, answerStatus, type Received} from './harness/api-server.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {startRestServer} from './harness/rest-server.ts';

const collections = {
	deployments: '/apis/apps/v1',
	replicasets: '/apis/apps/v1',
	rollouts: '/apis/rollouts.kruise.io/v1beta1',
	applications: '/apis/core.oam.dev/v1beta1',
} as const;

type Change = {readonly file: keyof typeof collections; readonly change: (object: never) => object};

/** Sends a command to what a recording had at a moment; `changed`: what somebody else has written since it was looked at. */
async function sendAt(scenario: string, t: number, command: WorkloadCommand, {changed, routes = {}}: {changed?: Change; routes?: object} = {}) {
	const path = (file: keyof typeof collections) => `${collections[file]}/namespaces/${scenario}/${file}`;
	const seen = Object.fromEntries((Object.keys(collections) as (keyof typeof collections)[]).map(file => [file, objectsAt(scenario, file, t)]));
	const live = Object.entries(seen).flatMap(([key, objects]) => {
		const file = key as keyof typeof collections;
		const now = objects.map(object => (changed?.file === file ? (changed.change(object as never) as RecordedObject) : object));
		const single = now.flatMap(object => {
			const at = `${path(file)}/${object.metadata.name}`;
			return [`GET ${at}`, `PATCH ${at}`, `PATCH ${at}/status`, `PUT ${at}/status`].map(route => [route, object] as const);
		});
		return [[`GET ${path(file)}`, now] as const, ...single];
	});
	const server = await startRestServer({...Object.fromEntries(live), ...routes});
	const connection = await connectTo(server.url, {}, {namespace: scenario});
	const kind = seen.applications?.length === 0 ? 'KruiseRollout' : 'Application';
	const join = createReleaseJoin({kind, name: 'canary-demo'}, () => {});
	const items = <T>(file: string, parse: (raw: unknown) => T | undefined) => (seen[file] ?? []).flatMap(raw => parse(raw) ?? []);
	join.applications({type: 'listed', stream: 'workloads', items: items('applications', parseApplication), at: 0});
	join.rollouts({type: 'listed', stream: 'workloads', items: items('rollouts', parseKruiseRollout), at: 0});
	join.deployments({type: 'listed', stream: 'workloads', items: items('deployments', parseWorkload), at: 0});
	const workload = join.joined();
	if (workload === undefined) throw new Error('nothing to send to');
	const result = await sendCommand(command, {connection, workload});
	const writes = server.requests
		.filter(({method}) => method !== 'GET')
		.map(({method, url, headers, body}: Received) => ({method, path: decodeURIComponent(url), contentType: headers['content-type'], body: JSON.parse(body)}));
	return {server, result, writes};
}

/** What Go writes as null, JSON without the field says, too: `endTime: null`. */
function withoutNulls(value: JsonValue): JsonValue {
	if (Array.isArray(value)) return value.map(withoutNulls);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(Object.entries(value).flatMap(([key, field]) => (field === null ? [] : [[key, withoutNulls(field)]])));
}

const commands: Readonly<Record<string, WorkloadCommand>> = {
	approve: {kind: 'continue'},
	'vela workflow suspend': {kind: 'pause'},
	'vela workflow resume': {kind: 'resume'},
	'vela workflow terminate': {kind: 'abort'},
	'vela workflow restart': {kind: 'retry'},
};

const recordedWrites = requests.flatMap(request => {
	const command = Object.entries(commands).find(([did]) => request.did.startsWith(did))?.[1];
	return command === undefined ? [] : [{...request, command, what: `${request.scenario}: ${request.did}`}];
});

/** vela had read the Application somewhat later than its command was started. */
function readAt(scenario: string, t: number, body: object): number {
	const version = 'metadata' in body ? (body.metadata as {readonly resourceVersion?: string}).resourceVersion : undefined;
	return recorded(scenario, 'applications').find(({object}) => object.metadata.resourceVersion === version)?.t ?? t;
}

test.each(recordedWrites)('sends what was recorded of $what', async ({scenario, t, command, method, path, contentType, body}) => {
	const {writes, result} = await sendAt(scenario, readAt(scenario, t, body), command);
	expect(result.kind).toBe('accepted');
	const sent = writes.at(-1);
	expect(sent).toMatchObject({method, path, contentType});
	// What we send beyond kubectl-kruise: that the object must be the one that was read. vela sends the whole object.
	const isWhole = 'metadata' in body;
	const {metadata, ...rest} = sent?.body ?? {};
	expect(metadata.resourceVersion).toEqual(expect.any(String));
	expect(withoutNulls(isWhole ? sent?.body : rest)).toEqual(withoutNulls(body as JsonValue));
});

const undo: WorkloadCommand = {kind: 'undo', toRevision: undefined};
const recordedUndos = requests.filter(({did}) => did.startsWith('undo'));

test.each(recordedUndos)(
	'takes $scenario back by the template that was recorded, and leaves OpenKruise its marks and its pause',
	async ({scenario, t, path, contentType, body}) => {
		const {writes, result} = await sendAt(scenario, t, undo);
		expect(result).toMatchObject({kind: 'accepted', message: 'deployment.apps/canary-demo rolled back'});
		const [deployment] = objectsAt(scenario, 'deployments', t);
		const {annotations: written = {}} = (deployment?.metadata ?? {}) as {readonly annotations?: object};
		const marks = Object.keys(written).filter(name => name.includes('rollouts.kruise.io/'));
		expect(marks).not.toEqual([]);
		expect(writes).toHaveLength(1);
		expect(writes[0]).toMatchObject({method: 'PATCH', path, contentType});
		const [version, template, annotations, ...more] = writes[0]?.body ?? [];
		expect(version).toMatchObject({op: 'test', path: '/metadata/resourceVersion', value: deployment?.metadata.resourceVersion});
		expect([template]).toEqual(body);
		expect(annotations).toMatchObject({op: 'replace', path: '/metadata/annotations'});
		expect(Object.keys(annotations.value)).toEqual(expect.arrayContaining(marks));
		expect(more).toEqual([]);
	},
);

test('approves no step that another person has approved meanwhile', async () => {
	const change = (object: {readonly status: {readonly canaryStatus: object}}) => ({
		...object,
		status: {...object.status, canaryStatus: {...object.status.canaryStatus, currentStepIndex: 2}},
	});
	const {writes, result} = await sendAt('kruise-partition', 18_539, {kind: 'continue'}, {changed: {file: 'rollouts', change}});
	expect(result).toMatchObject({kind: 'conflicted', message: 'the rollout is at step 2 by now, not at 1'});
	expect(writes).toEqual([]);
});

test('approves once more when only the controller has written meanwhile', async () => {
	const path = '/apis/rollouts.kruise.io/v1beta1/namespaces/kruise-partition/rollouts/canary-demo/status';
	let tries = 0;
	const routes = {
		[`PATCH ${path}`]: (_request: unknown, response: Parameters<typeof answerStatus>[0]) => {
			tries += 1;
			if (tries === 1) answerStatus(response, 409, 'Conflict', 'the object has been modified');
			else answerJson(response, {});
		},
	};
	const {writes, result} = await sendAt('kruise-partition', 18_539, {kind: 'continue'}, {routes});
	expect(result).toMatchObject({kind: 'accepted', message: 'rollout.rollouts.kruise.io/canary-demo approved'});
	expect(writes).toHaveLength(2);
});

test.each([
	['after a rollout that was taken back', 'kruise-partition-undo', 20_000, 'no step waits to be continued'],
	['while its pods are made', 'kruise-partition', 12_000, "does not allow to approve, because current canary state is not 'StepPaused'"],
	['when it begins, with the last one’s steps', 'kruise-bluegreen', 30_520, 'no step waits to be continued'],
	['when all is done', 'kruise-partition', 32_000, 'no step waits to be continued'],
])('approves nothing %s', async (_what, scenario, t, message) => {
	const {writes, result} = await sendAt(scenario, t, {kind: 'continue'});
	expect(result).toMatchObject({kind: 'refused', message});
	expect(writes).toEqual([]);
});

test.each([
	['pauses', {kind: 'pause'}, '', {spec: {strategy: {paused: true}}}],
	['jumps', {kind: 'to-step', step: 2}, '/status', {status: {canaryStatus: {nextStepIndex: 2}}}],
] as const)('%s a Rollout by kubectl-kruise’s patch', async (_what, command, subresource, body) => {
	const {writes, result} = await sendAt('kruise-partition', 16_000, command);
	expect(result.kind).toBe('accepted');
	const [sent] = writes;
	expect(sent).toMatchObject({method: 'PATCH', contentType: 'application/merge-patch+json'});
	expect(sent?.path.split('/rollouts/canary-demo')[1]).toBe(subresource);
	const {metadata: _metadata, ...rest} = sent?.body ?? {};
	expect(rest).toEqual(body);
});

test('says that a jump back takes no pods back in the partition style', async () => {
	const {result} = await sendAt('kruise-partition', 25_000, {kind: 'to-step', step: 1});
	expect(result).toMatchObject({kind: 'accepted', warnings: ['the pods that are new already stay: this style takes none back']});
});

test.each([
	['runs', 'vela-rollback', 16_000, undo, 'can not rollback a running workflow', 'pause suspends it: then undo'],
	['has a publishVersion', 'vela-rollback', 24_000, undo, /rolled back by vela alone/, 'vela workflow rollback canary-demo --namespace vela-rollback'],
	['keeps the image', 'vela-canary', 4_500, {kind: 'set-image', container: 'canary-demo', image: 'x:1'}, /the image stands in the Application/, /kubectl edit/],
	['was terminated', 'vela-suspend-step', 11_000, {kind: 'resume'}, 'can not resume a terminated workflow', 'retry restarts it'],
] as const)('refuses where the Application %s', async (_what, scenario, t, command, message, hint) => {
	const {writes, result} = await sendAt(scenario, t, command);
	expect(result).toEqual({kind: 'refused', message: expect.stringMatching(message), hint: expect.stringMatching(hint)});
	expect(writes).toEqual([]);
});

test('takes an Application without publishVersion back to the spec of the revision before', async () => {
	const revision = (number: number, image: string) => ({
		metadata: {uid: `r${number}`, name: `canary-demo-v${number}`},
		spec: {application: {spec: {components: [{name: 'canary-demo', properties: {image}}]}}},
	});
	const path = '/apis/core.oam.dev/v1beta1/namespaces/vela-suspend-step/applicationrevisions';
	const routes = {[`GET ${path}`]: [revision(1, 'v1'), revision(2, 'v2')]};
	const {writes, result, server} = await sendAt('vela-suspend-step', 22_000, undo, {routes});
	expect(result).toMatchObject({kind: 'accepted', message: 'application.core.oam.dev/canary-demo rolled back'});
	expect(server.asked()).toContain(`GET ${path}?labelSelector=app.oam.dev/name=canary-demo`);
	expect(writes).toEqual([
		{
			method: 'PATCH',
			path: '/apis/core.oam.dev/v1beta1/namespaces/vela-suspend-step/applications/canary-demo',
			contentType: 'application/json-patch+json',
			body: [
				{op: 'test', path: '/metadata/resourceVersion', value: expect.any(String)},
				{op: 'replace', path: '/spec', value: revision(1, 'v1').spec.application.spec},
			],
		},
	]);
});

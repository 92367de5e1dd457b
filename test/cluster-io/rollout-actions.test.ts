import {describe, expect, test, vi} from 'vitest';
import type {WorkloadCommand as Command} from '../../src/domain/command.ts';
import {answerJson, type answerStatus, type Received} from './harness/api-server.ts';
import {deploymentJson, podJson} from './harness/objects.ts';
import {listPath, patches, path, send} from './harness/send-command.ts';

const undo: Command = {kind: 'undo', toRevision: undefined};
/** What we send beyond kubectl: that the object must be the one that was read. */
const metadata = {resourceVersion: '10'};
const unmoved = {op: 'test', path: '/metadata/resourceVersion', value: '10'};

describe('the requests of kubectl', () => {
	test('for pause', async () => {
		const {server, result} = await send({kind: 'pause'});
		expect(server.asked()).toEqual([`GET ${path}`, `PATCH ${path}?fieldManager=kubectl-rollout`]);
		expect(patches(server)).toEqual([
			{url: `${path}?fieldManager=kubectl-rollout`, contentType: 'application/strategic-merge-patch+json', body: {metadata, spec: {paused: true}}},
		]);
		expect(result).toMatchObject({kind: 'accepted', message: 'deployment.apps/kubia paused', warnings: []});
	});

	test('for resume', async () => {
		const {server, result} = await send({kind: 'resume'}, {live: deploymentJson('kubia', {spec: {paused: true}})});
		expect(patches(server)).toEqual([
			{url: `${path}?fieldManager=kubectl-rollout`, contentType: 'application/strategic-merge-patch+json', body: {metadata, spec: {paused: null}}},
		]);
		expect(result).toMatchObject({kind: 'accepted', message: 'deployment.apps/kubia resumed'});
	});

	test('for undo', async () => {
		const {server, result} = await send(undo);
		// Both reads are under way at once, in any order.
		expect(server.asked().toSorted()).toEqual([`GET ${path}`, `GET ${listPath}?labelSelector=app=kubia`, `PATCH ${path}`]);
		expect(patches(server)).toEqual([
			{
				url: path,
				contentType: 'application/json-patch+json',
				body: [
					unmoved,
					{op: 'replace', path: '/spec/template', value: {metadata: {labels: {app: 'kubia'}}, spec: {containers: [{name: 'app', image: 'app:v1'}]}}},
					{op: 'replace', path: '/metadata/annotations', value: {'deployment.kubernetes.io/revision': '2', 'kubernetes.io/change-cause': 'first'}},
				],
			},
		]);
		expect(result).toMatchObject({kind: 'accepted', message: 'deployment.apps/kubia rolled back', warnings: []});
	});

	test('for undo and resume in one patch, which kubectl needs two for', async () => {
		const {server, result} = await send({...undo, resume: true}, {live: deploymentJson('kubia', {spec: {paused: true}})});
		expect(patches(server)).toMatchObject([
			{
				body: [unmoved, {op: 'replace', path: '/spec/template'}, {op: 'replace', path: '/metadata/annotations'}, {op: 'remove', path: '/spec/paused'}],
			},
		]);
		expect(result).toMatchObject({message: 'deployment.apps/kubia resumed and rolled back'});
	});

	test('for undo and resume of what is not paused any more: an undo', async () => {
		const {server} = await send({...undo, resume: true});
		expect(patches(server)[0]?.body).toHaveLength(3);
	});

	test('for restart: now, in seconds', async () => {
		const {server, result} = await send({kind: 'restart'});
		const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/);
		expect(patches(server)).toEqual([
			{
				url: `${path}?fieldManager=kubectl-rollout`,
				contentType: 'application/strategic-merge-patch+json',
				body: {metadata, spec: {template: {metadata: {annotations: {'kubectl.kubernetes.io/restartedAt': time}}}}},
			},
		]);
		expect(result).toMatchObject({kind: 'accepted', message: 'deployment.apps/kubia restarted'});
	});

	test.each([
		['a container', false, {'$setElementOrder/containers': [{name: 'app'}, {name: 'side'}], containers: [{image: 'r:5000/app', name: 'app'}]}],
		['an init container', true, {'$setElementOrder/initContainers': [{name: 'app'}], initContainers: [{image: 'r:5000/app', name: 'app'}]}],
	])('for another image of %s, which goes as it was typed', async (_what, init, spec) => {
		const containers = [
			{name: 'app', image: 'app:v2'},
			{name: 'side', image: 'side:v1'},
		];
		const template = {metadata: {labels: {app: 'kubia'}}, spec: {containers, initContainers: [{name: 'app', image: 'init:v1'}]}};
		const {server, result} = await send(
			{kind: 'set-image', container: 'app', image: 'r:5000/app', init},
			{live: deploymentJson('kubia', {spec: {selector: {matchLabels: {app: 'kubia'}}, template}})},
		);
		expect(patches(server)).toEqual([
			{url: `${path}?fieldManager=kubectl-set`, contentType: 'application/strategic-merge-patch+json', body: {metadata, spec: {template: {spec}}}},
		]);
		expect(result).toMatchObject({kind: 'accepted', message: 'deployment.apps/kubia image updated'});
	});

	test('for a pod: that very one, with the grace that it has itself', async () => {
		const pod = '/api/v1/namespaces/web/pods/kubia-x2x7k';
		const {server, result} = await send({kind: 'delete-pod', pod: 'kubia-x2x7k', uid: 'abc'}, {routes: {[`DELETE ${pod}`]: podJson('kubia-x2x7k', '11')}});
		expect(server.asked()).toEqual([`DELETE ${pod}`]);
		expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
			propagationPolicy: 'Background',
			preconditions: {uid: 'abc'},
		});
		expect(result).toEqual({kind: 'accepted', message: 'pod "kubia-x2x7k" deleted from web namespace', warnings: []});
	});

	test('for undo to a revision', async () => {
		const {server} = await send({kind: 'undo', toRevision: 1});
		expect(patches(server)[0]?.body[1].value.spec.containers[0].image).toBe('app:v1');
	});

	test.each([
		[{kind: 'pause'} as const, `${path}?dryRun=All&fieldManager=kubectl-rollout`],
		[undo, `${path}?dryRun=All`],
	])('for a server-side dry run of %j', async (command, url) => {
		const {server, result} = await send(command, {dryRun: true});
		expect(patches(server)[0]?.url).toBe(url);
		expect(result).toMatchObject({kind: 'accepted', message: expect.stringMatching(/ \(server dry run\)$/)});
	});
});

test.each([
	['pausing what is paused', {kind: 'pause'}, deploymentJson('kubia', {spec: {paused: true}}), 'deployments.apps "kubia" is already paused'],
	['resuming what is not paused', {kind: 'resume'}, deploymentJson('kubia'), 'deployments.apps "kubia" is not paused'],
	[
		'undoing what is paused',
		undo,
		deploymentJson('kubia', {spec: {paused: true}}),
		"you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
	],
	['going to a revision that is not there', {kind: 'undo', toRevision: 9}, deploymentJson('kubia'), 'unable to find specified revision 9 in history'],
	['going to the revision that runs', {kind: 'undo', toRevision: 2}, deploymentJson('kubia'), 'skipped rollback (current template already matches revision 2)'],
] as const)('refuses %s by what the API server says now, and sends nothing', async (_what, command, live, message) => {
	const {server, result} = await send(command, {live});
	expect(result).toMatchObject({kind: 'refused', message});
	expect(patches(server)).toEqual([]);
});

test('refuses to touch another Deployment of the same name', async () => {
	const {server, result} = await send({kind: 'pause'}, {live: deploymentJson('kubia', {metadata: {uid: 'another'}})});
	expect(result).toMatchObject({kind: 'conflicted', message: 'deployment "kubia" was deleted and made again meanwhile'});
	expect(patches(server)).toEqual([]);
});

test('warns in plain words that the next kubectl apply may take an undo back', async () => {
	const annotations = {'deployment.kubernetes.io/revision': '2', 'kubectl.kubernetes.io/last-applied-configuration': '{}'};
	const {result} = await send(undo, {live: deploymentJson('kubia', {metadata: {annotations}})});
	expect(result).toMatchObject({kind: 'accepted', warnings: [expect.stringContaining('kubectl apply')]});
});

test('tells what was there before, and what the API server stored', async () => {
	const stored = deploymentJson('kubia', {metadata: {generation: 2}, spec: {paused: true}});
	const {result} = await send({kind: 'pause'}, {routes: {[`PATCH ${path}`]: stored}});
	const before = {revision: '2', images: ['app:v2'], paused: false, replicas: 3, generation: 1};
	expect(result).toMatchObject({change: {before, after: {...before, paused: true, generation: 2}}});
});

test.each([false, true])('passes on what the API server warns of, in a dry run (%j) as well', async dryRun => {
	// The API server writes UTF-8 into a header, which Node takes for Latin-1.
	const wire = (text: string) => Buffer.from(text).toString('latin1');
	const answer = (_request: Received, response: Parameters<typeof answerStatus>[0]) => {
		response.setHeader('warning', ['299 - "sevens \\"are\\" odd"', '299 - "deprecated", 299 - "\\\\ too \u009B31m"', '299 - "größer"'].map(wire));
		answerJson(response, deploymentJson('kubia'));
	};
	const {result} = await send({kind: 'restart'}, {dryRun, routes: {[`PATCH ${path}`]: answer}});
	expect(result).toMatchObject({kind: 'accepted', warnings: ['sevens "are" odd', 'deprecated', '\\ too', 'größer']});
});

test('a restart within the same second would do nothing, and says so as kubectl does', async () => {
	vi.setSystemTime(new Date('2026-11-21T14:00:00.700Z'));
	try {
		const written = await send({kind: 'restart'});
		const {template} = patches(written.server)[0]?.body.spec ?? {};
		const {annotations} = template.metadata;
		const labels = {app: 'kubia'};
		const live = deploymentJson('kubia', {spec: {selector: {matchLabels: labels}, template: {metadata: {labels, annotations}, spec: {containers: []}}}});
		const {server, result} = await send({kind: 'restart'}, {live});
		expect(result).toMatchObject({kind: 'refused', message: expect.stringContaining('if restart has already been triggered within the past second')});
		expect(patches(server)).toEqual([]);
	} finally {
		vi.useRealTimers();
	}
});

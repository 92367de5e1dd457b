import {describe, expect, test} from 'vitest';
import type {ClusterConnection} from '../../src/cluster/connect.ts';
import {parseWorkload} from '../../src/cluster/parse/workload.ts';
import {sendCommand} from '../../src/cluster/rollout-actions.ts';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import {answerJson, type answerStatus, type Received, startApiServer} from './harness/api-server.ts';
import {cleanup} from './harness/cleanup.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {deploymentJson} from './harness/objects.ts';
import {type Fail, listPath, patches, path, refusing, send} from './harness/send-command.ts';

const undo: WorkloadCommand = {kind: 'undo', toRevision: undefined};
const unknown = 'whether it was done is not known: watch what the cluster shows before you repeat it';
const forbidden = (message: string): Fail => ({code: 403, reason: 'Forbidden', message});
const invalid = (message: string): Fail => ({code: 422, reason: 'Invalid', message});

// The words are those of a real API server 1.36.3.
test.each<[what: string, fail: Fail, hint: string]>([
	[
		'a missing right, by the verb and resource that a role would name',
		forbidden('deployments.apps "kubia" is forbidden: User "eve" cannot patch resource "deployments" in API group "apps" in the namespace "web"'),
		'needs the verb patch on deployments.apps: ask for the right, or use another --context or --as',
	],
	[
		'a missing right to a subresource',
		forbidden('deployments.apps "kubia" is forbidden: User "eve" cannot update resource "deployments/scale" in API group "apps" in the namespace "web"'),
		'needs the verb update on deployments.apps/scale: ask for the right, or use another --context or --as',
	],
	[
		'a missing right in the core group',
		forbidden('pods "x" is forbidden: User "system:serviceaccount:a:b" cannot delete resource "pods" in API group "" in the namespace "web"'),
		'needs the verb delete on pods: ask for the right, or use another --context or --as',
	],
	[
		'a right that is refused in other words',
		forbidden('access denied by the gateway'),
		'ask for the right (`kubectl auth can-i --list` shows yours), or use another --context or --as',
	],
	[
		'an admission webhook',
		forbidden('admission webhook "freeze.example.test" denied the request: friday'),
		'a policy of the cluster (freeze.example.test) refuses this change: ask its owner',
	],
	[
		'a ValidatingAdmissionPolicy',
		invalid(`deployments.apps "kubia" is forbidden: ValidatingAdmissionPolicy 'nosix' with binding 'nosix' denied request: no sixes`),
		'a policy of the cluster (nosix) refuses this change: ask its owner',
	],
	[
		'an admission webhook that does not answer: nothing was changed, so nothing is uncertain',
		{
			code: 500,
			reason: 'InternalError',
			message:
				'Internal error occurred: failed calling webhook "freeze.example.test": failed to call webhook: Post "https://127.0.0.1:9/x?timeout=2s": dial tcp 127.0.0.1:9: connect: connection refused',
		},
		"the cluster's own check freeze.example.test can't be asked, so nothing was changed: tell its owner",
	],
	[
		'a quota',
		forbidden('pods "x" is forbidden: exceeded quota: few, requested: pods=1, used: pods=2, limited: pods=2'),
		"the namespace's quota few is used up: free some of it, or ask for more",
	],
	[
		'PodSecurity',
		forbidden('pods "x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false'),
		"the namespace allows only pods of the level restricted:latest: mend the template's securityContext",
	],
	[
		'a selector that can’t be changed',
		invalid('Deployment.apps "kubia" is invalid: spec.selector: Invalid value: {"matchLabels":{"app":"b"}}: field is immutable'),
		'this field can never be changed: it takes another object',
	],
	[
		'an old template with other labels',
		invalid('Deployment.apps "kubia" is invalid: spec.template.metadata.labels: Invalid value: {"app":"b"}: `selector` does not match template `labels`'),
		'that template has other labels than the selector, which can never be changed',
	],
	['its deletion', {code: 404, reason: 'NotFound', message: 'deployments.apps "kubia" not found'}, 'it was deleted meanwhile'],
	['a storage that did not answer the API server in time', {code: 500, reason: 'InternalError', message: 'etcdserver: request timed out'}, unknown],
	['an API server that gave up', {code: 504, reason: 'Timeout', message: 'Timeout: request did not complete within the allotted timeout'}, unknown],
])('%s is refused with its own words, and with what to do', async (_what, fail, hint) => {
	const {result, server} = await send({kind: 'pause'}, {routes: {[`PATCH ${path}`]: refusing(fail)}});
	expect(result).toEqual({kind: 'refused', message: fail.message, hint});
	expect(patches(server)).toHaveLength(1);
});

test('an invalid result is told as it is', async () => {
	const {result} = await send(undo, {routes: {[`PATCH ${path}`]: refusing(invalid('Deployment.apps "kubia" is invalid: spec.replicas'))}});
	expect(result).toEqual({kind: 'refused', message: 'Deployment.apps "kubia" is invalid: spec.replicas', hint: undefined});
});

describe('a precondition that fails', () => {
	const stale: Fail = {
		code: 409,
		reason: 'Conflict',
		message:
			'Operation cannot be fulfilled on deployments.apps "kubia": the object has been modified; please apply your changes to the latest version and try again',
	};
	const rejected = invalid('the server rejected our request due to an error in our request');

	test('although nobody has written the object is no reason to try again', async () => {
		for (const [command, fail, kind] of [
			[{kind: 'pause'}, stale, 'conflicted'],
			[undo, rejected, 'refused'],
		] as const) {
			const {result, server} = await send(command, {routes: {[`PATCH ${path}`]: refusing(fail)}});
			expect(result).toMatchObject({kind, message: fail.message});
			expect(patches(server)).toHaveLength(1);
		}
	});

	test.each([
		[{kind: 'pause'} as const, stale, {paused: true}],
		[undo, rejected, [{op: 'test', path: '/metadata/resourceVersion', value: '12'}]],
	])('because only the status moved is tried with the new version: %j', async (command, fail, expected) => {
		let version = 10;
		const live = (_request: Received, response: Parameters<typeof answerJson>[0]) =>
			answerJson(response, deploymentJson('kubia', {metadata: {resourceVersion: String(version)}}));
		const patch = (request: Received, response: Parameters<typeof answerStatus>[0]) =>
			version++ < 12 ? refusing(fail)(request, response) : answerJson(response, deploymentJson('kubia'));
		const {result, server} = await send(command, {routes: {[`GET ${path}`]: live, [`PATCH ${path}`]: patch}});
		expect(result).toMatchObject({kind: 'accepted'});
		const sent = patches(server).map(({body}) => body);
		expect(sent).toHaveLength(3);
		expect(sent[2]).toMatchObject(Array.isArray(expected) ? expect.arrayContaining(expected) : {metadata: {resourceVersion: '12'}, spec: expected});
		// The history is read once: only the Deployment itself has moved.
		expect(server.requests.filter(request => request.path === listPath).length).toBeLessThanOrEqual(1);
	});
});

describe('an API server that goes away', () => {
	const broken = (_request: unknown, response: {destroy(): void}) => response.destroy();

	test('while the patch is under way: nobody claims to know what became of it', async () => {
		expect((await send({kind: 'pause'}, {routes: {[`PATCH ${path}`]: broken}})).result).toMatchObject({kind: 'refused', hint: unknown});
	});

	test('while a dry run is under way: nothing was done in any case', async () => {
		const {result} = await send({kind: 'pause'}, {dryRun: true, routes: {[`PATCH ${path}`]: broken}});
		expect(result).toMatchObject({kind: 'refused', hint: expect.stringContaining('is the cluster running')});
	});

	test('before anything was sent: nothing is uncertain', async () => {
		const {server, result} = await send(undo, {routes: {[`GET ${listPath}`]: refusing(forbidden('replicasets.apps is forbidden'))}});
		expect(result).toMatchObject({kind: 'refused', message: 'replicasets.apps is forbidden'});
		expect(result).not.toMatchObject({hint: unknown});
		expect(patches(server)).toEqual([]);
	});

	test.each([
		['for good', false],
		['and is back at once', true],
	])('between reading and patching, %s: accepted only if it took the one patch, else nothing is claimed', async (_how, isBack) => {
		const answer = (request: Received, response: Parameters<typeof answerJson>[0]) => {
			taken += request.method === 'PATCH' ? 1 : 0;
			answerJson(response, deploymentJson('kubia'));
		};
		let taken = 0;
		const first = await startApiServer(answer);
		const connection = await connectTo(first.url, {}, {namespace: 'web'});
		const restarting: ClusterConnection = {
			...connection,
			async answer(request) {
				await first.close();
				if (isBack) {
					const second = await startApiServer(answer, undefined, first.port);
					cleanup(() => second.close());
				}
				return connection.answer(request);
			},
		};
		const workload = parseWorkload(deploymentJson('kubia'));
		if (workload === undefined) throw new Error('no workload');
		const result = await sendCommand({kind: 'pause'}, {connection: restarting, workload});
		expect(taken).toBe(result.kind === 'accepted' ? 1 : 0);
		if (result.kind !== 'accepted') expect(result).toMatchObject({kind: 'refused', message: expect.stringContaining('cannot reach the API server')});
		expect(result.kind === 'accepted').toBe(isBack && taken === 1);
	});

	test('after a failed precondition: what was sent is known not to be done', async () => {
		let reads = 0;
		const live = (_request: Received, response: Parameters<typeof answerJson>[0] & {destroy(): void}) =>
			reads++ === 0 ? answerJson(response, deploymentJson('kubia')) : response.destroy();
		const conflict: Fail = {code: 409, reason: 'Conflict', message: 'the object has been modified'};
		const {result} = await send({kind: 'pause'}, {routes: {[`GET ${path}`]: live, [`PATCH ${path}`]: refusing(conflict)}});
		expect(result).toMatchObject({kind: 'refused', message: expect.stringContaining('cannot reach the API server')});
		expect(result).not.toMatchObject({hint: unknown});
	});
});

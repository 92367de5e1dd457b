import type {ServerResponse} from 'node:http';
import {expect, test} from 'vitest';
import {may} from '../../src/cluster/access.ts';
import {podLogs} from '../../src/cluster/pod-logs.ts';
import {answerJson, answerStatus, type Received} from './harness/api-server.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {startRestServer} from './harness/rest-server.ts';

const path = '/api/v1/namespaces/web/pods/p/log';

async function logs(answer: (request: Received, response: ServerResponse) => void, previous = false) {
	const server = await startRestServer({[`GET ${path}`]: answer});
	const connection = await connectTo(server.url, {}, {namespace: 'web'});
	return {server, lines: podLogs(connection, {pod: 'p', container: 'app', previous})};
}

test('asks for the last fifty lines of a container, and of the run before a restart', async () => {
	const {server, lines} = await logs((_request, response) => response.end('one\ntwo\n'), true);
	expect(await lines).toEqual(['one', 'two']);
	expect(server.requests[0]?.query).toEqual({container: 'app', previous: 'true', tailLines: '50', limitBytes: '262144'});
});

test('keeps control characters and endless lines off the screen', async () => {
	const {lines} = await logs((_request, response) => response.end(`\u001B[31mred\u001B[0m\u0007\n\n${'x'.repeat(100_000)}`));
	const [first, second, third] = await lines;
	expect([first, second, third?.length]).toEqual(['red', '', 2_000]);
});

test('reads no more than it shows of a log without end', async () => {
	const {lines} = await logs((_request, response) => {
		const more = () => {
			if (!response.destroyed) response.write(`${'x'.repeat(1_023)}\n`.repeat(64), () => setImmediate(more));
		};
		more();
	});
	expect(await lines).toHaveLength(50);
});

test('has no lines of a run that there never was', async () => {
	const {lines} = await logs((_request, response) => answerStatus(response, 400, 'BadRequest', 'previous terminated container "app" in pod "p" not found'));
	expect(await lines).toEqual([]);
});

test('has no lines of an empty log', async () => {
	expect(await (await logs((_request, response) => response.end(''))).lines).toEqual([]);
});

test('says that logs may not be read', async () => {
	const {lines} = await logs((_request, response) => answerStatus(response, 403, 'Forbidden', 'pods "p" is forbidden: cannot get resource "pods/log"'));
	await expect(lines).rejects.toMatchObject({kind: 'forbidden', message: expect.stringContaining('pods/log')});
});

test.each([
	[true, {status: {allowed: true}}],
	[false, {status: {allowed: false, denied: true}}],
	[undefined, {}],
	[undefined, undefined],
])('asks the API server what we may: %s', async (expected, answer) => {
	const review = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
	const server = await startRestServer(
		answer === undefined ? {} : {[`POST ${review}`]: (_request: Received, response: ServerResponse) => answerJson(response, answer, 201)},
	);
	const connection = await connectTo(server.url, {}, {namespace: 'web'});
	expect(await may(connection, {verb: 'get', group: '', resource: 'pods', subresource: 'log'})).toBe(expected);
	expect(JSON.parse(server.requests[0]?.body ?? '')).toEqual({
		apiVersion: 'authorization.k8s.io/v1',
		kind: 'SelfSubjectAccessReview',
		spec: {resourceAttributes: {namespace: 'web', verb: 'get', group: '', resource: 'pods', subresource: 'log'}},
	});
});

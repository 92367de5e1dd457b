import {describe, expect, it} from 'vitest';
import type {Command} from '../../../src/domain/command.ts';
import {openGuard} from '../../../src/domain/guard.ts';
import {connectTo} from '../../cluster-io/harness/kubeconfig.ts';
import type {RestServer} from '../../cluster-io/harness/rest-server.ts';
import {kubiaServer, type SessionWish, sessionOn} from './session-on.ts';

/** One of each kind: a kind that is missing here is a compile error. */
const commands: {readonly [Kind in Command['kind']]: Extract<Command, {kind: Kind}>} = {
	pause: {kind: 'pause'},
	resume: {kind: 'resume'},
	undo: {kind: 'undo', toRevision: undefined},
	scale: {kind: 'scale', replicas: 5},
	restart: {kind: 'restart'},
	'set-image': {kind: 'set-image', container: 'app', image: 'app:v3'},
	'delete-pod': {kind: 'delete-pod', pod: 'kubia-hash2-aaaaa', uid: 'uid-kubia-hash2-aaaaa'},
	continue: {kind: 'continue'},
	'promote-full': {kind: 'promote-full'},
	abort: {kind: 'abort'},
	retry: {kind: 'retry'},
	'set-partition': {kind: 'set-partition', partition: 1},
	'to-step': {kind: 'to-step', step: 1},
	select: {kind: 'select', selector: {app: 'kubia', version: 'v2'}},
};
/** What a Deployment that runs can't do. */
const impossible: ReadonlySet<string> = new Set(['resume', 'continue', 'promote-full', 'abort', 'retry', 'to-step', 'set-partition']);
const each = Object.values(commands).flatMap(command => [
	{command, dryRun: false, name: command.kind},
	{command, dryRun: true, name: `${command.kind} as a dry run`},
]);

/** What would change something, and what would only be tried; reviews of one's own rights are asked by POST and stored nowhere. */
function writesTo({requests}: RestServer): readonly string[] {
	return requests
		.filter(({method, path}) => method !== 'GET' && method !== 'HEAD' && !path.includes('/selfsubject'))
		.map(({method, path}) => `${method} ${path}`);
}

async function open(readOnly: boolean, wish: SessionWish = {}, routes = {}) {
	const server = await kubiaServer(routes);
	const connection = await connectTo(server.url, {}, {namespace: 'web'});
	const session = await sessionOn(connection, {...wish, safety: {guard: {...openGuard, readOnly, writesEvents: true}}});
	return {server, session};
}

describe('read-only', () => {
	it.each(each)('sends nothing: $name', async ({command, dryRun}) => {
		const {server, session} = await open(true, {kind: command.kind === 'select' ? 'Service' : 'Deployment'});
		expect(await session.actions.send(command, {dryRun})).toEqual({kind: 'refused', message: 'read-only: nothing is written to the cluster', hint: undefined});
		expect(writesTo(server)).toEqual([]);
	});

	it('creates no curl pod, not even as a dry run, whoever agrees to it', async () => {
		const {server, session} = await open(true, {args: ['--curl', 'http://web/', '--curl-from-cluster']});
		await expect(session.sampler.start()).rejects.toThrow('read-only: nothing is written to the cluster');
		expect(writesTo(server)).toEqual([]);
	});

	it('asks for no rights to write, only for those to read', async () => {
		const {server, session} = await open(true);
		session.rights.start();
		await expect
			.poll(() => server.requests.filter(({path}) => path.endsWith('/selfsubjectaccessreviews')).map(({body}) => JSON.parse(body).spec.resourceAttributes))
			.toEqual([{namespace: 'web', verb: 'get', group: '', resource: 'pods', subresource: 'log'}]);
	});

	// The same server and the same commands: what is not sent above is sent here.
	it.each(each.filter(({command}) => !impossible.has(command.kind)))('is what keeps it from being sent: $name', async ({command, dryRun}) => {
		const {server, session} = await open(false, {kind: command.kind === 'select' ? 'Service' : 'Deployment'});
		expect(await session.actions.send(command, {dryRun})).toMatchObject({kind: 'accepted'});
		expect(writesTo(server).length).toBeGreaterThan(0);
		expect(server.requests.filter(({method, query}) => /PATCH|PUT|DELETE/.test(method) && (query.dryRun === 'All') !== dryRun)).toEqual([]);
	});
});

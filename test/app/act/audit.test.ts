import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {createAuditFile} from '../../../src/app/audit/audit-file.ts';
import type {Command} from '../../../src/domain/command.ts';
import {openGuard} from '../../../src/domain/guard.ts';
import {answerJson, answerStatus, type Received} from '../../cluster-io/harness/api-server.ts';
import {connectTo, temporaryDirectory} from '../../cluster-io/harness/kubeconfig.ts';
import {deploymentJson, webPaths} from '../../cluster-io/harness/objects.ts';
import {kubiaServer, type SessionWish, sessionOn} from './session-on.ts';

const eventsPath = '/apis/events.k8s.io/v1/namespaces/web/events';
const whoPath = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
const kubiaPath = `${webPaths.deployments}/kubia`;
const secrets = {token: 'canary-token-7f3a', password: 'canary-password-9c1d', value: 'canary-value-55aa'};

type Wish = SessionWish & {readonly routes?: Parameters<typeof kubiaServer>[0]; readonly live?: object; readonly events?: boolean; readonly path?: string};

/** A session whose actions are written down, for one whom the API server calls jane. */
async function open({routes = {}, live, events = true, path = join(temporaryDirectory(), 'state/audit.log'), ...wish}: Wish = {}) {
	const server = await kubiaServer(
		{[`POST ${whoPath}`]: {status: {userInfo: {username: 'jane'}}}, [`POST ${eventsPath}`]: {}, ...routes},
		live ?? deploymentJson('kubia', {spec: specWith(secrets.value)}),
	);
	const user = {token: secrets.token, username: 'basic', password: secrets.password};
	const connection = await connectTo(server.url.replace('http://', `http://someone:${secrets.password}@`), {user}, {namespace: 'web'});
	const session = await sessionOn(connection, {...wish, safety: {guard: {...openGuard, writesEvents: events}, audit: createAuditFile(path), ...wish.safety}});
	const lines = () =>
		readText(path) === ''
			? []
			: readText(path)
					.trimEnd()
					.split('\n')
					.map(line => JSON.parse(line));
	const posted = () => server.requests.filter(request => request.method === 'POST' && request.path === eventsPath).map(({body}) => JSON.parse(body));
	return {server, session, lines, posted, text: () => readText(path)};
}

function readText(path: string): string {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return '';
	}
}

function specWith(value: string) {
	const containers = [
		{
			name: 'app',
			image: 'app:v2',
			env: [
				{name: 'DB', value},
				{name: 'DEBUG', value: 'on'},
			],
		},
	];
	return {template: {metadata: {labels: {app: 'kubia'}}, spec: {containers}}};
}

describe('the log of actions', () => {
	it('has a line before anything is sent and one for the end, with who, where, what, and how to do the same by hand', async () => {
		const {session, lines, server} = await open();
		await session.actions.send({kind: 'pause'}, {dryRun: false});
		await expect.poll(() => lines().length).toBe(2);
		const [begun, ended] = lines();
		const head = {
			user: 'jane',
			kubeconfigUser: 'test-user',
			context: 'test',
			server: server.url,
			namespace: 'web',
			object: 'deployment.apps/kubia',
			action: 'pause',
			kubectl: 'kubectl --context=test --namespace=web rollout pause deployment/kubia',
		};
		const standing = {revision: 2, images: ['app:v2'], paused: false, replicas: 3, generation: 1};
		expect(begun).toMatchObject({...head, step: 'begun', before: standing});
		expect(begun).not.toHaveProperty('result');
		expect(ended).toMatchObject({...head, step: 'ended', before: standing, after: standing, result: 'accepted', message: 'deployment.apps/kubia paused'});
		expect(ended.id).toBe(begun.id);
		expect(new Date(ended.time).getTime()).toBeGreaterThanOrEqual(new Date(begun.time).getTime());
	});

	it.each<[Command, object, SessionWish['kind']?]>([
		[
			{kind: 'undo', toRevision: 1},
			{before: {revision: 2, images: ['app:v2']}, after: {revision: 1}},
		],
		[{kind: 'undo', toRevision: undefined, seen: {uid: 'uid-kubia', generation: 1, undoTo: 1}}, {after: {revision: 1}}],
		[
			{kind: 'scale', replicas: 5, from: 3},
			{before: {replicas: 3}, kubectl: 'kubectl --context=test --namespace=web scale deployment/kubia --current-replicas=3 --replicas=5'},
		],
		[
			{kind: 'delete-pod', pod: 'kubia-hash2-aaaaa', uid: 'uid-kubia-hash2-aaaaa'},
			{object: 'pod/kubia-hash2-aaaaa', result: 'accepted'},
		],
		[{kind: 'select', selector: {app: 'other'}}, {object: 'service/kubia', before: {selector: {app: 'kubia'}}, after: {selector: {app: 'other'}}}, 'Service'],
	])('tells from what to what: %j', async (command, entry, kind = 'Deployment') => {
		const {session, lines} = await open({kind});
		expect(await session.actions.send(command, {dryRun: false})).toMatchObject({kind: 'accepted'});
		await expect.poll(() => lines().length).toBe(2);
		expect(lines()[1]).toMatchObject({...entry, result: 'accepted'});
	});

	it('tells what was refused, and that it changed nothing', async () => {
		const refuse = (_request: Received, response: Parameters<typeof answerStatus>[0]) => answerStatus(response, 403, 'Forbidden', 'User "jane" cannot patch');
		const {session, lines, posted} = await open({routes: {[`PATCH ${kubiaPath}`]: refuse}});
		await session.actions.send({kind: 'restart'}, {dryRun: false});
		await expect.poll(() => lines().length).toBe(2);
		expect(lines()[1]).toMatchObject({action: 'restart', result: 'refused', message: 'User "jane" cannot patch'});
		expect(lines()[1]).not.toHaveProperty('after');
		expect(posted()).toEqual([]);
	});

	it('does not call refused what got no answer: it may have been done', async () => {
		const broken = (_request: Received, response: Parameters<typeof answerStatus>[0]) => void response.destroy();
		const {session, lines} = await open({routes: {[`PATCH ${kubiaPath}`]: broken}});
		await session.actions.send({kind: 'restart'}, {dryRun: false});
		await expect.poll(() => lines().length).toBe(2);
		expect(lines()[1]).toMatchObject({action: 'restart', result: 'unknown'});
	});

	it('knows nothing of a dry run', async () => {
		const {session, lines, text, posted} = await open();
		await session.actions.send({kind: 'pause'}, {dryRun: true});
		await session.actions.send({kind: 'restart'}, {dryRun: false});
		await expect.poll(text).toContain('ended');
		expect(lines().map(({action}) => action)).toEqual(['restart', 'restart']);
		expect(posted().map(({action}) => action)).not.toContain('Pause');
	});

	it('names the user of the kubeconfig, and who is impersonated, where the API server does not say who somebody is', async () => {
		const server = await kubiaServer();
		const path = join(temporaryDirectory(), 'audit.log');
		const connection = await connectTo(server.url, {}, {namespace: 'web', as: 'ops'});
		const session = await sessionOn(connection, {safety: {audit: createAuditFile(path)}});
		await session.actions.send({kind: 'pause'}, {dryRun: false});
		await expect.poll(() => readText(path)).toContain('ended');
		expect(JSON.parse(readText(path).split('\n')[0] ?? '')).toMatchObject({user: 'ops', kubeconfigUser: 'test-user', as: 'ops'});
	});

	it('that can’t be written keeps nobody from acting, but says so', async () => {
		const {session} = await open({path: '/dev/null/audit.log'});
		expect(await session.actions.send({kind: 'pause'}, {dryRun: false})).toMatchObject({kind: 'accepted'});
		await expect.poll(() => session.view.snapshot().notice?.text).toBe('not in the log of actions: /dev/null/audit.log: a part of its path is no directory');
		expect(session.view.snapshot().notice?.tone).toBe('bad');
		expect(session.view.snapshot().timeline.filter(({text}) => text.startsWith('not in the log'))).toHaveLength(1);
	});
});

describe('the K8sEvent of an action', () => {
	it('is of the workload, says who did what, and has neither annotations nor labels', async () => {
		const {session, posted} = await open({live: deploymentJson('kubia')});
		await session.actions.send({kind: 'undo', toRevision: 1}, {dryRun: false});
		await expect.poll(() => posted().length).toBe(1);
		const [event] = posted();
		expect(event).toMatchObject({
			apiVersion: 'events.k8s.io/v1',
			kind: 'Event',
			metadata: {namespace: 'web', name: expect.stringMatching(/^kubia\.[0-9a-f]{16}$/)},
			reportingController: 'rollwatch',
			action: 'Undo',
			reason: 'RollwatchUndo',
			type: 'Normal',
			regarding: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'kubia', namespace: 'web', uid: 'uid-kubia'},
			note: 'jane rolled back from revision 2 to 1 (rollwatch)',
		});
		expect(Object.keys(event.metadata).toSorted()).toEqual(['name', 'namespace']);
		expect(event.eventTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
	});

	it('names no revision where somebody wrote into the annotation what is no number', async () => {
		const annotations = {'deployment.kubernetes.io/revision': 'x\n9'};
		const {session, posted, lines} = await open({live: deploymentJson('kubia', {metadata: {annotations}})});
		await session.actions.send({kind: 'undo', toRevision: 1}, {dryRun: false});
		await expect.poll(() => posted().map(event => event.note)).toEqual(['jane rolled back from revision ? to 1 (rollwatch)']);
		await expect.poll(() => lines().length).toBe(2);
		expect(lines()[0].before).not.toHaveProperty('revision');
	});

	it.each<[string, Command, string, SessionWish['kind']?]>([
		['PauseRollout', {kind: 'pause'}, 'jane paused the rollout (rollwatch)'],
		['a scale', {kind: 'scale', replicas: 5}, 'jane scaled from 3 to 5 replicas (rollwatch)'],
		['a restart', {kind: 'restart'}, 'jane restarted all pods (rollwatch)'],
		['a deleted pod', {kind: 'delete-pod', pod: 'kubia-hash2-aaaaa', uid: 'uid-kubia-hash2-aaaaa'}, 'jane deleted pod/kubia-hash2-aaaaa (rollwatch)'],
		['a selector', {kind: 'select', selector: {app: 'other'}}, 'jane changed the selector, app=kubia → app=other (rollwatch)', 'Service'],
	])('says it in words: %s', async (_what, command, note, kind = 'Deployment') => {
		const {session, posted} = await open({kind});
		await session.actions.send(command, {dryRun: false});
		await expect.poll(() => posted().map(event => event.note)).toEqual([note]);
	});

	it('is not written where nobody wants it, nor where the right is known to be missing', async () => {
		const without = await open({events: false});
		await without.session.actions.send({kind: 'pause'}, {dryRun: false});
		await expect.poll(() => without.lines().length).toBe(2);
		expect(without.posted()).toEqual([]);
		const denied = await open();
		denied.session.store.dispatch({type: 'rights-learned', rights: {'write-event': 'denied'}});
		denied.session.store.flush();
		await denied.session.actions.send({kind: 'pause'}, {dryRun: false});
		await expect.poll(() => denied.lines().length).toBe(2);
		expect(denied.posted()).toEqual([]);
	});

	it('that fails is nobody’s trouble', async () => {
		const {session, posted} = await open({
			routes: {
				[`POST ${eventsPath}`]: (_request: Received, response: Parameters<typeof answerStatus>[0]) => answerStatus(response, 500, 'InternalError', 'no'),
			},
		});
		expect(await session.actions.send({kind: 'pause'}, {dryRun: false})).toMatchObject({kind: 'accepted', warnings: []});
		await expect.poll(() => posted().length).toBe(1);
	});
});

describe('what nobody else may know', () => {
	const repeating = (_request: Received, response: Parameters<typeof answerStatus>[0]) =>
		answerStatus(
			response,
			422,
			'Invalid',
			`Deployment is invalid: env[0].value: Invalid value: "${secrets.value}": not allowed; ${'x'.repeat(400)} ${secrets.value}`,
		);
	const accepting = (_request: Received, response: Parameters<typeof answerJson>[0]) =>
		answerJson(response, deploymentJson('kubia', {spec: specWith(secrets.value)}));

	it.each([
		['accepted', accepting],
		['refused with a message that repeats it', repeating],
	])('stands neither in the log nor in a K8sEvent, when it is %s', async (_what, patch) => {
		const {session, lines, text, server} = await open({routes: {[`PATCH ${kubiaPath}`]: patch}});
		const commands: readonly Command[] = [
			{kind: 'pause'},
			{kind: 'undo', toRevision: undefined},
			{kind: 'set-image', container: 'app', image: 'app:v3'},
			{kind: 'restart'},
		];
		for (const command of commands) await session.actions.send(command, {dryRun: false});
		await expect.poll(() => lines().length).toBe(2 * commands.length);
		const told = [text(), ...server.requests.filter(({path}) => path === eventsPath).map(({body}) => body)].join('\n');
		expect(told).toContain('deployment.apps/kubia');
		// Not even the first letters of one, where a message was cut.
		for (const secret of [secrets.token, secrets.password, 'canary-v']) expect(told).not.toContain(secret);
	});

	const password = 's3cret-canary-77';
	const passwordSpec = {
		template: {metadata: {labels: {app: 'kubia'}}, spec: {containers: [{name: 'app', image: 'app:v2', env: [{name: 'DB_PASSWORD', value: password}]}]}},
	};
	const quoting = `admission webhook "env.example.com" denied the request: DB_PASSWORD=${password} is weak, LEVEL=debug is not`;

	it.each<[string, boolean, boolean]>([
		['is masked in a refusal', false, false],
		['is masked in what a dry run says', true, false],
		['is shown to who wants values shown', false, true],
	])('a password that a policy quotes %s', async (_what, dryRun, showValues) => {
		const refuse = (_request: Received, response: Parameters<typeof answerStatus>[0]) => answerStatus(response, 400, 'BadRequest', quoting);
		const {session} = await open({
			live: deploymentJson('kubia', {spec: passwordSpec}),
			routes: {[`PATCH ${kubiaPath}`]: refuse},
			safety: {guard: {...openGuard, showValues}},
		});
		const result = await session.actions.send({kind: 'restart'}, {dryRun});
		expect(result.kind).toBe('refused');
		expect(JSON.stringify(result).includes(password)).toBe(showValues);
		expect(result.message).toContain('LEVEL=debug');
	});
});

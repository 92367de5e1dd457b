import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test, vi} from 'vitest';
import type {Terminal} from '../e2e/terminal.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {isOwnCluster, podsAreReachable, suiteCluster} from './harness/suite-cluster.ts';
import {nginx, nginxName, nginxService} from './scenarios/nginx.ts';
import {end, enter, quit, sayYes, type Watching, watchingOf} from './scenarios/watching.ts';

interface Rule {
	readonly group: string;
	readonly resource: string;
	readonly verbs: readonly string[];
}

const read = ['get', 'list', 'watch'];
const rules: readonly Rule[] = [
	{group: 'apps', resource: 'deployments', verbs: [...read, 'patch']},
	{group: 'apps', resource: 'deployments/scale', verbs: ['get', 'update']},
	{group: 'apps', resource: 'replicasets', verbs: read},
	{group: '', resource: 'pods', verbs: [...read, 'delete']},
	{group: '', resource: 'pods/log', verbs: ['get']},
	{group: '', resource: 'events', verbs: read},
	{group: 'events.k8s.io', resource: 'events', verbs: [...read, 'create']},
	{group: '', resource: 'services', verbs: [...read, 'patch']},
	{group: '', resource: 'services/proxy', verbs: ['get']},
	{group: 'discovery.k8s.io', resource: 'endpointslices', verbs: read},
];
const readable = ['deployments', 'replicasets', 'pods', 'events', 'services', 'endpointslices'] as const;

/** What each key needs that acts, how it says so, and what kubectl does that needs the same. */
const actions: readonly (readonly [key: string, without: string, needs: string, kubectl: readonly string[]])[] = [
	['p', 'patch', 'patch on deployments.apps', ['rollout', 'pause', `deploy/${nginxName}`]],
	['u', 'patch', 'patch on deployments.apps', ['rollout', 'undo', `deploy/${nginxName}`]],
	['U', 'patch', 'patch on deployments.apps', ['rollout', 'undo', `deploy/${nginxName}`, '--to-revision=1']],
	['R', 'patch', 'patch on deployments.apps', ['rollout', 'restart', `deploy/${nginxName}`]],
	['i', 'patch', 'patch on deployments.apps', ['set', 'image', `deploy/${nginxName}`, 'nginx=nginx:1.23']],
	['x', 'delete', 'delete on pods', ['delete', 'pods', '-l', 'app=nginx']],
	['s', 'update', 'update on deployments.apps/scale', ['scale', `deploy/${nginxName}`, '--current-replicas=2', '--replicas=5']],
];

/** What a key opens that may act. */
const anyQuestion = /Send it\?|How many replicas|image of which|Which image|how many changes/;

const cluster = suiteCluster();
const workload = `deploy/${nginxName}`;

describe.runIf(isOwnCluster() && podsAreReachable())('with rights for all but one thing', () => {
	let namespace: TestNamespace;
	let watching: Watching;
	const screens: Terminal[] = [];

	beforeAll(async () => {
		namespace = await createNamespace(cluster, 'rbac');
		watching = watchingOf(cluster, namespace);
		await namespace.apply(...nginx({image: 'nginx', replicas: 2}));
		await namespace.apply(...readable.flatMap(kind => grant(userWithout(kind), ({resource}) => resource !== kind)));
		await namespace.apply(...['patch', 'delete', 'update'].flatMap(verb => grant(userWithout(verb), () => true, verb)));
		await namespace.apply(...['services/proxy', 'pods/log', 'nothing'].flatMap(what => grant(userWithout(what), ({resource}) => resource !== what)));
		await namespace.must(['rollout', 'status', workload]);
		await namespace.must(['set', 'image', workload, 'nginx=nginx:1.22']);
		await namespace.must(['rollout', 'status', workload]);
		// Rights reach the API server's own cache a moment later.
		await vi.waitFor(async () => expect(await can(userWithout('pods/log'), 'list', 'endpointslices')).toBe('yes'), {timeout: 30_000});
	});
	afterAll(async () => {
		await Promise.all(screens.map(end));
		await namespace.delete();
	});

	const open = (user: string, ...args: string[]) => {
		const screen = watching.screen([workload, '--as', user, ...args]);
		screens.push(screen);
		return screen;
	};
	const can = async (user: string, verb: string, resource: string) => (await namespace.kubectl(['auth', 'can-i', verb, resource, '--as', user])).stdout.trim();
	const grant = (user: string, isGranted: (rule: Rule) => boolean, withoutVerb?: string): readonly object[] => {
		const name = user;
		const granted = rules.filter(isGranted).map(({group, resource, verbs}) => ({
			apiGroups: [group],
			resources: [resource],
			verbs: verbs.filter(verb => verb !== withoutVerb),
		}));
		const apiGroup = 'rbac.authorization.k8s.io';
		return [
			{apiVersion: `${apiGroup}/v1`, kind: 'Role', metadata: {name}, rules: granted},
			{
				apiVersion: `${apiGroup}/v1`,
				kind: 'RoleBinding',
				metadata: {name},
				subjects: [{kind: 'User', name: user, apiGroup}],
				roleRef: {kind: 'Role', name, apiGroup},
			},
		];
	};

	/** Requests of the one who may do everything that would change something, in this namespace. */
	const writes = async () => {
		const events = await cluster.auditEvents();
		return events
			.filter(
				({verb, objectRef, impersonatedUser}) =>
					objectRef?.namespace === namespace.name && impersonatedUser?.username === userWithout('nothing') && !['get', 'list', 'watch'].includes(verb),
			)
			.map(({verb, requestURI}) => `${verb} ${requestURI}`);
	};
	/** What is known of rights comes a moment after the screen: a key that was pressed before may ask a question instead. */
	const pressUntil = async (screen: Terminal, key: string, part: string | RegExp): Promise<string> =>
		vi.waitFor(
			async () => {
				if (anyQuestion.test(screen.text()) && part !== 'Send it?') {
					screen.press('\u001B');
					await screen.hides(anyQuestion);
				}
				return screen.pressFor(key, part, 2000);
			},
			{timeout: 20_000},
		);

	test('no right to read Deployments ends with exit code 7 and a sentence that says which right', async () => {
		const user = userWithout('deployments');
		expect(await can(user, 'get', 'deployments')).toBe('no');
		for (const args of [
			[workload, '--once'],
			[workload, '--plain'],
			['status', workload],
		]) {
			const {code, stdout, stderr} = await watching.run([...args, '--as', user]);
			expect({args, code, stdout}).toEqual({args, code: 7, stdout: ''});
			expect(stderr).toMatch(/^error: .*User "without-deployments" cannot (list|get|watch) resource "deployments"/);
			expect(stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
		}
		const screen = open(user);
		expect((await screen.exited).exitCode).toBe(7);
		expect(screen.written()).toMatch(/cannot (list|get|watch) resource "deployments"/);
	});

	test.for(readable.slice(1))('no right to read %s costs what needs them, and the snapshot says so', async kind => {
		const user = userWithout(kind);
		const {code, stdout, stderr} = await watching.run([workload, '--once', '-o', 'json', '--as', user], {signal: AbortSignal.timeout(20_000)});
		expect({code, stderr}).toEqual({code: 0, stderr: ''});
		const snapshot = JSON.parse(stdout);
		for (const [stream, condition] of Object.entries(snapshot.streams)) {
			// Which EndpointSlices to ask for is known from the Services alone.
			const isForbidden = stream === kind || (kind === 'services' && stream === 'endpointslices');
			expect([stream, condition]).toEqual([stream, isForbidden ? 'forbidden' : 'live']);
		}
		expect(snapshot.rollout).toMatchObject({phase: 'complete', message: 'deployment "nginx-dm" successfully rolled out'});
		expect(snapshot.pods).toHaveLength(kind === 'pods' ? 0 : 2);
		expect(snapshot.replicaSets).toHaveLength(kind === 'replicasets' ? 0 : 2);
	});

	test('no right to read pods empties the panel of pods only, which says why', async () => {
		const screen = open(userWithout('pods'));
		await screen.shows('cannot list resource "pods"');
		// The lists come in any order.
		await screen.shows(/▶ 2 +nginx-dm-\S+ +2 +2 +2 /);
		const text = await screen.shows(/2\/2 updated · 2 ready · 2 available/);
		expect(text).toMatch(/╭ Pods · (not permitted|FORBIDDEN)/);
		await quit(screen);
	});

	test('no right to read ReplicaSets empties their panel only, which says why', async () => {
		const screen = open(userWithout('replicasets'));
		await screen.shows('replicasets.apps is forbidden');
		const text = await screen.shows(/nginx-dm-\S+ +1\/1 +Running/);
		expect(text).toMatch(/╭ ReplicaSets · (not permitted|FORBIDDEN)/);
		// What is not known is not said to be nothing: both pods are ready.
		expect(text).not.toMatch(/0 ready · 0 available/);
		await quit(screen);
	});

	test.for(actions)(
		'a key that may not act is dim and names what is missing, and kubectl is refused the same: %s without %s',
		async ([key, without, needs, args]) => {
			const user = userWithout(without);
			const screen = open(user);
			await screen.shows('COMPLETE');
			const text = await pressUntil(
				screen,
				key,
				new RegExp(`${key}: needs the verb ${needs} \\(${namespace.name}${needs.endsWith('pods') ? '' : `/${nginxName}`}\\); kubectl auth can-i`),
			);
			expect(text).toContain('COMPLETE');
			expect(text).not.toContain('Send it?');
			const refused = await namespace.kubectl([...args, '--as', user]);
			expect(refused.code).not.toBe(0);
			expect(refused.stderr).toContain(`User "${user}" cannot ${needs.split(' ')[0]}`);
			await quit(screen);
		},
	);

	test('what may be done stays as it is: with all rights no key is dim', async () => {
		const screen = open(userWithout('nothing'));
		await screen.shows('COMPLETE');
		for (const key of ['p', 'u', 'R', 'i', 's']) {
			await screen.pressFor(key, anyQuestion);
			screen.press('\u001B');
			await screen.hides(anyQuestion);
		}
		await quit(screen);
	});

	test('a right that is given meanwhile is seen when its key is pressed', async () => {
		const user = 'waits-for-a-role';
		await namespace.apply(...grant(user, () => true, 'patch'));
		await vi.waitFor(async () => expect(await can(user, 'list', 'endpointslices')).toBe('yes'), {timeout: 30_000});
		const screen = open(user);
		await screen.shows('COMPLETE');
		await pressUntil(screen, 'p', /p: needs the verb patch/);
		await namespace.apply(...grant(user, () => true));
		await vi.waitFor(async () => expect(await can(user, 'patch', 'deployments')).toBe('yes'), {timeout: 30_000});
		await pressUntil(screen, 'p', 'Send it?');
		screen.press('\u001B');
		await screen.hides('Send it?');
		await quit(screen);
	});

	test('an accepted action is an event of the workload, by whoever may write events, and a line of the log', async () => {
		const state = mkdtempSync(join(tmpdir(), 'rollwatch-audit-'));
		onTestFinished(() => rmSync(state, {recursive: true, force: true}));
		const user = userWithout('nothing');
		const screen = watching.screen([workload, '--as', user], {env: {XDG_STATE_HOME: state}});
		screens.push(screen);
		await screen.shows('COMPLETE');
		for (const [key, phase] of [
			['p', 'PAUSED'],
			['r', 'COMPLETE'],
		] as const) {
			await screen.pressFor(key, 'Send it?');
			await screen.shows(/dry run: the API server accepts it|server dry run/);
			await sayYes(screen);
			await screen.shows(phase);
		}
		await quit(screen);
		const told = async () =>
			(
				await namespace.must([
					'get',
					'events',
					'--field-selector',
					'source=rollwatch',
					'-o',
					'jsonpath={range .items[*]}{.reason}|{.message}|{.involvedObject.kind}/{.involvedObject.name}|{.metadata.annotations}{"\\n"}{end}',
				])
			)
				.split('\n')
				.filter(Boolean)
				.toSorted();
		await vi.waitFor(
			async () =>
				expect(await told()).toEqual([
					`RollwatchPause|${user} paused the rollout (rollwatch)|Deployment/${nginxName}|`,
					`RollwatchResume|${user} resumed the rollout (rollwatch)|Deployment/${nginxName}|`,
				]),
			{timeout: 30_000},
		);
		const lines = readFileSync(join(state, 'rollwatch/audit.log'), 'utf8')
			.trimEnd()
			.split('\n')
			.map(line => JSON.parse(line));
		expect(lines.map(({step, action, result}) => [step, action, result])).toEqual([
			['begun', 'pause', undefined],
			['ended', 'pause', 'accepted'],
			['begun', 'resume', undefined],
			['ended', 'resume', 'accepted'],
		]);
		expect(lines[1]).toMatchObject({user, as: user, object: `deployment.apps/${nginxName}`, before: {paused: false}, after: {paused: true}});
	});

	test('read-only sends nothing that writes, not even to try', async () => {
		const before = await writes();
		const screen = open(userWithout('nothing'), '--read-only');
		await screen.shows(/READ-ONLY.*LIVE/);
		await screen.shows('COMPLETE');
		for (const key of ['p', 'u', 's']) await screen.pressFor(key, `${key}: read-only: nothing is written to the cluster`);
		await quit(screen);
		expect(await writes()).toEqual(before);
	});

	test('no right to the service proxy says so in the panel of the mix and costs nothing else', async () => {
		const screen = open(userWithout('services/proxy'), '--curl', `svc/${nginxService}`);
		await screen.shows(/forbidden|not permitted|may not/i);
		await screen.shows('COMPLETE');
		const {sampler} = await watching.snapshot([
			workload,
			'--as',
			userWithout('services/proxy'),
			'--curl',
			`svc/${nginxService}`,
			'--samples',
			'2',
			'--interval',
			'100ms',
		]);
		expect(sampler?.mix).toEqual([]);
		await quit(screen);
	});

	test('no right to read logs says so where the log would be', async () => {
		const screen = open(userWithout('pods/log'));
		await screen.shows('COMPLETE');
		await screen.shows(/1\/1 +Running/);
		const text = await screen.pressFor(enter, /cannot get resource "pods\/log"/);
		expect(text).toMatch(/Containers/);
		screen.press('\u001B');
		await screen.hides('Containers');
		await quit(screen);
	});

	test('what does not exist ends with exit code 6 and a sentence', async () => {
		for (const [args, sentence] of [
			[['deploy/nobody', '--once'], /^error: .*"nobody".*not found|^error: .*no .*nobody/i],
			[['status', 'deploy/nobody'], /nobody/],
			[[workload, '--once', '-n', 'no-such-namespace'], /no-such-namespace/],
		] as const) {
			const {code, stdout, stderr} = await watching.run(args);
			expect({args, code, stdout}).toEqual({args, code: 6, stdout: ''});
			expect(stderr).toMatch(sentence);
		}
	});
});

function userWithout(what: string): string {
	return `without-${what.replaceAll('/', '-')}`;
}

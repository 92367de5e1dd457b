import {afterAll, beforeAll, describe, expect, test, vi} from 'vitest';
import {type ClusterConnection, connect} from '../../src/cluster/connect.ts';
import {sendCommand} from '../../src/cluster/rollout-actions.ts';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import type {Workload} from '../../src/domain/workload.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {isOwnCluster, suiteCluster} from './harness/suite-cluster.ts';
import {sentBy, withoutPrecondition} from './scenarios/comparable-request.ts';
import {describeTwoPrograms} from './scenarios/describe-two-programs.ts';
import {type RecordingProxy, startRecordingProxy} from './scenarios/recording-proxy.ts';
import {createWorkload, sendAlone, storedBy, type World} from './scenarios/two-programs.ts';

const cluster = suiteCluster();

/** A namespace as a program reaches it. */
function worldIn(namespace: TestNamespace, kubeconfig = cluster.kubeconfig): World & {readonly close: () => Promise<unknown>} {
	const connections: ClusterConnection[] = [];
	return {
		async connect() {
			const connection = await connect({kubeconfig, namespace: namespace.name, env: process.env});
			connections.push(connection);
			return connection;
		},
		close: () => Promise.all(connections.map(connection => connection.close())),
	};
}

describe('on the real control plane', () => {
	let namespace: TestNamespace;
	let world: ReturnType<typeof worldIn>;
	beforeAll(async () => {
		namespace = await createNamespace(cluster, 'commands');
		world = worldIn(namespace);
	});
	afterAll(async () => {
		await world.close();
		await namespace.delete();
	});
	describeTwoPrograms(() => world);
});

describe.runIf(isOwnCluster())('a command sends what kubectl sends, and leaves what kubectl leaves', () => {
	let namespace: TestNamespace;
	let proxy: RecordingProxy;
	let world: ReturnType<typeof worldIn>;
	beforeAll(async () => {
		namespace = await createNamespace(cluster, 'commands-kubectl');
		proxy = await startRecordingProxy(cluster, namespace.name);
		world = worldIn(namespace, proxy.kubeconfig);
	});
	afterAll(async () => {
		await world.close();
		await proxy.stop();
		await namespace.delete();
	});

	const kubectl = (args: readonly string[]) => namespace.must(args, {kubeconfig: proxy.kubeconfig});

	test.each<[command: WorkloadCommand, line: (target: string) => readonly string[]]>([
		[{kind: 'restart'}, target => ['rollout', 'restart', target]],
		[{kind: 'set-image', container: 'app', image: 'idle:9'}, target => ['set', 'image', target, 'app=idle:9']],
		[{kind: 'set-image', container: 'prepare', image: 'idle:9', init: true}, target => ['set', 'image', target, 'prepare=idle:9']],
		[{kind: 'undo', toRevision: 1}, target => ['rollout', 'undo', target, '--to-revision=1']],
		[{kind: 'pause'}, target => ['rollout', 'pause', target]],
	])('%j', async (command, line) => {
		const [theirs, ours] = [
			await createWorkload(world, `theirs-${command.kind}${'init' in command}`.toLowerCase()),
			await createWorkload(world, `ours-${command.kind}${'init' in command}`.toLowerCase()),
		];
		const expected = await sentBy(proxy, theirs, () => kubectl(line(`deployment/${theirs.name}`)));
		const sent = await sentBy(proxy, ours, async () => expect(await sendAlone(world, ours, command)).toMatchObject({kind: 'accepted'}));
		const {body, version} = withoutPrecondition(sent[0]?.body);
		expect(version).toBe(ours.resourceVersion);
		expect([{...sent[0], body}]).toEqual(expected);
		expect(await storedBy(world, ours)).toEqual(await storedBy(world, theirs));
	});

	test('undo of a paused one, by one patch: the same object as after kubectl’s two commands', async () => {
		const [theirs, ours] = [await createWorkload(world, 'theirs-paused', true), await createWorkload(world, 'ours-paused', true)];
		const target = `deployment/${theirs.name}`;
		expect((await namespace.kubectl(['rollout', 'undo', target])).stderr).toContain('you cannot rollback a paused deployment');
		await kubectl(['rollout', 'resume', target]);
		await kubectl(['rollout', 'undo', target]);
		const sent = await sentBy(proxy, ours, () => sendAlone(world, ours, {kind: 'undo', toRevision: undefined, resume: true}));
		expect(sent).toHaveLength(1);
		expect(await storedBy(world, ours)).toEqual(await storedBy(world, theirs));
		expect(await namespace.must(['get', `deployment/${ours.name}`, '-o', 'jsonpath={.spec.paused}|{.metadata.annotations}'])).toMatch(
			/^\|\{"deployment\.kubernetes\.io\/revision":"\d","kubernetes\.io\/change-cause":"first"\}$/,
		);
	});

	test('trying to delete a pod: the same request, and the pod stays', async () => {
		const workload = await createWorkload(world, 'kept-pods');
		const podsOf = async () =>
			(await namespace.get<{items: {metadata: {name: string; uid: string; deletionTimestamp?: string}}[]}>(['pods', '-l', 'app=kept-pods'])).items;
		const before = (await podsOf()).map(({metadata: {name, uid}}) => ({name, uid}));
		const [first] = before;
		if (first === undefined) throw new Error('no pods');
		const [theirs] = await sentBy(proxy, workload, () => kubectl(['delete', `pod/${first.name}`, '--wait=false', '--dry-run=server']));
		const command: WorkloadCommand = {kind: 'delete-pod', pod: first.name, uid: first.uid};
		const connection = await world.connect();
		expect(await sendCommand(command, {connection, workload, dryRun: true})).toMatchObject({kind: 'accepted', message: expect.stringMatching(/dry run/)});
		const ours = proxy.changes.at(-1);
		expect(JSON.parse(ours?.body ?? '')).toEqual({...theirs?.body, preconditions: {uid: first.uid}});
		expect((await podsOf()).map(({metadata: {name, uid, deletionTimestamp}}) => ({name, uid, ...(deletionTimestamp && {deletionTimestamp})}))).toEqual(before);
	});

	test('deleting a pod: the same request, for that very pod', async () => {
		const workload = await createWorkload(world, 'pods');
		const podsOf = async () => (await namespace.get<{items: {metadata: {name: string; uid: string}}[]}>(['pods', '-l', 'app=pods'])).items;
		const [first, second] = await podsOf();
		if (first === undefined || second === undefined) throw new Error('no pods');
		const expected = await sentBy(proxy, workload, () => kubectl(['delete', `pod/${first.metadata.name}`, '--wait=false']));
		const asked: WorkloadCommand = {kind: 'delete-pod', pod: second.metadata.name, uid: second.metadata.uid};
		const stale = await sendAlone(world, workload, {...asked, uid: first.metadata.uid});
		expect(stale).toMatchObject({kind: 'conflicted', message: expect.stringContaining('the UID in the precondition')});
		expect(await podsOf()).toContainEqual(expect.objectContaining({metadata: expect.objectContaining({uid: second.metadata.uid})}));
		const sent = await sentBy(proxy, workload, async () =>
			expect(await sendAlone(world, workload, asked)).toMatchObject({
				kind: 'accepted',
				message: `pod "${second.metadata.name}" deleted from ${namespace.name} namespace`,
			}),
		);
		const [theirs] = expected;
		expect(sent).toMatchObject([{method: 'DELETE', query: theirs?.query, contentType: theirs?.contentType}]);
		expect(sent[0]?.body).toEqual({...theirs?.body, preconditions: {uid: second.metadata.uid}});
		expect(await sendAlone(world, workload, asked)).toMatchObject({kind: 'refused', hint: 'it was deleted meanwhile'});
	});
});

describe.runIf(isOwnCluster())('what the cluster has against a command', () => {
	let namespace: TestNamespace;
	let world: ReturnType<typeof worldIn>;
	let workload: Workload;
	beforeAll(async () => {
		namespace = await createNamespace(cluster, 'commands-policies');
		world = worldIn(namespace);
		workload = await createWorkload(world, 'judged');
		await namespace.apply(
			...policy(namespace.name, 'deny', ':6', 'no sixes'),
			...policy(namespace.name, 'warn', ':7', 'sevens "are" odd'),
			webhook(namespace.name),
		);
	});
	afterAll(async () => {
		const names = ['deny', 'warn'].map(name => `${namespace.name}-${name}`);
		await namespace.kubectl(['delete', 'validatingadmissionpolicy,validatingadmissionpolicybinding', ...names]);
		await namespace.kubectl(['delete', 'validatingwebhookconfiguration', namespace.name]);
		await world.close();
		await namespace.delete();
	});

	const tryImage = async (image: string) =>
		sendCommand({kind: 'set-image', container: 'app', image}, {connection: await world.connect(), workload, dryRun: true});

	test('a policy that denies is named, in a dry run already', async () => {
		await vi.waitFor(async () => expect(await tryImage('idle:6')).toMatchObject({kind: 'refused'}), {timeout: 30_000, interval: 200});
		expect(await tryImage('idle:6')).toEqual({
			kind: 'refused',
			message: expect.stringMatching(/ValidatingAdmissionPolicy '.*-deny' with binding '.*-deny' denied request: no sixes$/),
			hint: `a policy of the cluster (${namespace.name}-deny) refuses this change: ask its owner`,
		});
	});

	test('what a policy warns of comes with the dry run', async () => {
		const warned = expect.stringMatching(/sevens "are" odd$/);
		await vi.waitFor(async () => expect(await tryImage('idle:7')).toMatchObject({kind: 'accepted', warnings: [warned]}), {timeout: 30_000, interval: 200});
	});

	test('a webhook that can’t be asked changes nothing, and that is said', async () => {
		await vi.waitFor(async () => expect(await tryImage('idle:hook')).toMatchObject({kind: 'refused'}), {timeout: 30_000, interval: 200});
		expect(await tryImage('idle:hook')).toMatchObject({
			message: expect.stringContaining('failed calling webhook "freeze.example.test"'),
			hint: "the cluster's own check freeze.example.test can't be asked, so nothing was changed: tell its owner",
		});
	});

	test('a right that is missing is named as a role would grant it', async () => {
		const connection = await connect({kubeconfig: cluster.kubeconfig, namespace: namespace.name, as: 'nobody', env: process.env});
		try {
			expect(await sendCommand({kind: 'pause'}, {connection, workload})).toMatchObject({
				kind: 'refused',
				hint: 'needs the verb get on deployments.apps: ask for the right, or use another --context or --as',
			});
			expect(await sendCommand({kind: 'delete-pod', pod: 'x', uid: 'y'}, {connection, workload})).toMatchObject({
				hint: 'needs the verb delete on pods: ask for the right, or use another --context or --as',
			});
		} finally {
			await connection.close();
		}
	});
});

const admission = 'admissionregistration.k8s.io/v1';
const onUpdate = {apiGroups: ['apps'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['deployments']};
const only = (namespace: string) => ({namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': namespace}}});

/** A policy against images that end so, in one namespace. */
function policy(namespace: string, how: 'deny' | 'warn', ending: string, message: string): readonly object[] {
	const name = `${namespace}-${how}`;
	const expression = `object.spec.template.spec.containers.all(c, !c.image.endsWith('${ending}'))`;
	const spec = {failurePolicy: 'Fail', matchConstraints: {resourceRules: [onUpdate]}, validations: [{expression, message}]};
	const binding = {policyName: name, validationActions: [how === 'deny' ? 'Deny' : 'Warn'], matchResources: only(namespace)};
	return [
		{apiVersion: admission, kind: 'ValidatingAdmissionPolicy', metadata: {name}, spec},
		{apiVersion: admission, kind: 'ValidatingAdmissionPolicyBinding', metadata: {name}, spec: binding},
	];
}

/** A webhook that nobody serves, asked about one image. */
function webhook(namespace: string): object {
	const matchConditions = [{name: 'hooked', expression: "object.spec.template.spec.containers.exists(c, c.image.endsWith(':hook'))"}];
	const service = {clientConfig: {url: 'https://127.0.0.1:9/nobody'}, admissionReviewVersions: ['v1'], sideEffects: 'None', timeoutSeconds: 2};
	return {
		apiVersion: admission,
		kind: 'ValidatingWebhookConfiguration',
		metadata: {name: namespace},
		webhooks: [{name: 'freeze.example.test', ...service, ...only(namespace), matchConditions, rules: [onUpdate]}],
	};
}

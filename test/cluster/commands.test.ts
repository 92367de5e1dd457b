import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type ClusterConnection, connect} from '../../src/cluster/connect.ts';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import type {Workload} from '../../src/domain/workload.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {isOwnCluster, suiteCluster} from './harness/suite-cluster.ts';
import {comparableRequest, withoutPrecondition} from './scenarios/comparable-request.ts';
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
	/** What is sent meanwhile, with the workload's name and times taken out. */
	async function sentBy({name}: Workload, act: () => Promise<unknown>) {
		const before = proxy.changes.length;
		await act();
		return proxy.changes.slice(before).map(request => {
			const plain = (text: string) => text.replaceAll(name, 'NAME').replaceAll(/"\d{4}-\d\d-\d\dT[\d:]{8}(Z|[+-]\d\d:\d\d)"/g, '"TIME"');
			return comparableRequest({...request, url: plain(request.url), body: plain(request.body)}, namespace.name);
		});
	}

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
		const expected = await sentBy(theirs, () => kubectl(line(`deployment/${theirs.name}`)));
		const sent = await sentBy(ours, async () => expect(await sendAlone(world, ours, command)).toMatchObject({kind: 'accepted'}));
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
		const sent = await sentBy(ours, () => sendAlone(world, ours, {kind: 'undo', toRevision: undefined, resume: true}));
		expect(sent).toHaveLength(1);
		expect(await storedBy(world, ours)).toEqual(await storedBy(world, theirs));
		expect(await namespace.must(['get', `deployment/${ours.name}`, '-o', 'jsonpath={.spec.paused}|{.metadata.annotations}'])).toMatch(
			/^\|\{"deployment\.kubernetes\.io\/revision":"\d","kubernetes\.io\/change-cause":"first"\}$/,
		);
	});

	test('deleting a pod: the same request, for that very pod', async () => {
		const workload = await createWorkload(world, 'pods');
		const podsOf = async () => (await namespace.get<{items: {metadata: {name: string; uid: string}}[]}>(['pods', '-l', 'app=pods'])).items;
		const [first, second] = await podsOf();
		if (first === undefined || second === undefined) throw new Error('no pods');
		const expected = await sentBy(workload, () => kubectl(['delete', `pod/${first.metadata.name}`, '--wait=false']));
		const asked: WorkloadCommand = {kind: 'delete-pod', pod: second.metadata.name, uid: second.metadata.uid};
		const stale = await sendAlone(world, workload, {...asked, uid: first.metadata.uid});
		expect(stale).toMatchObject({kind: 'conflicted', message: expect.stringContaining('the UID in the precondition')});
		expect(await podsOf()).toContainEqual(expect.objectContaining({metadata: expect.objectContaining({uid: second.metadata.uid})}));
		const sent = await sentBy(workload, async () =>
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

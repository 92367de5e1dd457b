import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {WorkloadCommand} from '../../src/domain/command.ts';
import type {ClusterAccess} from './harness/cluster-access.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {hasPodNetwork} from './harness/node.ts';
import {isOwnCluster, suiteCluster} from './harness/suite-cluster.ts';
import {embeddedSide} from './kubectl/two-sides.ts';
import {send} from './scenarios/set-commands.ts';
import {daemonSet, type SetPlace, statefulSet} from './scenarios/sets.ts';
import {type Snapshot, type Watching, watchingOf} from './scenarios/watching.ts';

/** Above the numbers of other tests' nodes. */
const nodeNumbers = [31, 32];
const clusters = {
	'the real control plane': async () => ({access: suiteCluster(), stop: async () => {}, place: {onSuiteNodes: true}}),
	'the embedded cluster': async () => ({...(await embeddedSide(suiteCluster().kubectlProgram, nodeNumbers)), place: {onSuiteNodes: false}}),
};

type Cluster = {readonly access: ClusterAccess; readonly place: SetPlace; readonly stop: () => Promise<void>};
type Named = {readonly kind: 'StatefulSet' | 'DaemonSet'; readonly name: string};

const db: Named = {kind: 'StatefulSet', name: 'db'};
const agent: Named = {kind: 'DaemonSet', name: 'agent'};
const short = {StatefulSet: 'sts', DaemonSet: 'ds'} as const;

describe.runIf(isOwnCluster() && hasPodNetwork()).each(Object.entries(clusters))('on %s', (_where, start) => {
	let cluster: Cluster;
	let namespace: TestNamespace;
	let watching: Watching;
	beforeAll(async () => {
		cluster = await start();
		namespace = await createNamespace(cluster.access, 'set-rollouts');
		watching = watchingOf(cluster.access, namespace);
		await namespace.apply(...statefulSet(db.name, cluster.place), daemonSet(agent.name, cluster.place));
		for (const one of [db, agent]) await namespace.must(['rollout', 'status', targetOf(one), '--timeout=60s']);
	}, 120_000);
	afterAll(async () => {
		await namespace.delete();
		await cluster.stop();
	});

	const targetOf = ({kind, name}: Named) => `${short[kind]}/${name}`;
	const kubectl = (...args: string[]) => namespace.must(args);
	const snapshotOf = (one: Named) => watching.snapshot([targetOf(one)]);
	const act = async (one: Named, command: WorkloadCommand) =>
		expect(await send(cluster.access.kubeconfig, namespace, one, command)).toMatchObject({kind: 'accepted'});
	const until = (one: Named, wanted: object) => expect.poll(() => snapshotOf(one), {timeout: 45_000}).toMatchObject(wanted);
	const rollout = (phase: string, more: object = {}) => ({rollout: {phase, ...more}});
	const imagesOf = ({name}: Named) =>
		kubectl('get', 'pods', '-l', `app=${name}`, '--sort-by=.metadata.name', '-o', 'jsonpath={.items[*].spec.containers[0].image}');

	/** The line, the history, the counts and the pods are kubectl's. Only what stands still can be compared. */
	async function saysAsKubectl(one: Named): Promise<Snapshot> {
		const target = targetOf(one);
		const status = await namespace.kubectl(['rollout', 'status', target, '--watch=false']);
		const snapshot = await snapshotOf(one);
		expect(snapshot.rollout.message).toBe(status.code === 0 ? status.stdout.trimEnd() : status.stderr.trimEnd().replace(/^error: /, ''));
		const history = (await kubectl('rollout', 'history', target))
			.split('\n')
			.slice(2)
			.filter(line => line !== '');
		const ours = snapshot.revisions.toSorted((left, right) => left.revision - right.revision).map(row => `${row.revision} ${row.changeCause ?? '<none>'}`);
		expect(ours).toEqual(history.map(line => line.trim().replace(/ +/, ' ')));
		const names = (await kubectl('get', 'pods', '-l', `app=${one.name}`, '-o', 'jsonpath={.items[*].metadata.name}')).split(' ').filter(name => name !== '');
		expect(snapshot.pods.map(({name}) => name).toSorted()).toEqual(names.toSorted());
		return snapshot;
	}

	/** Pods by the revision that they were made from, as the labels have it. */
	async function counted(one: Named): Promise<Record<string, number>> {
		const hashes = (await kubectl('get', 'pods', '-l', `app=${one.name}`, '-o', 'jsonpath={.items[*].metadata.labels.controller-revision-hash}')).split(' ');
		const counts: Record<string, number> = {};
		for (const hash of hashes) counts[hash] = (counts[hash] ?? 0) + 1;
		return counts;
	}

	test.each([db, agent])('at rest $kind $name reads as kubectl reads it', async one => {
		const snapshot = await saysAsKubectl(one);
		expect(snapshot.rollout.phase).toBe('complete');
		expect(snapshot.workload).toMatchObject({kind: one.kind, name: one.name, revision: 1, images: ['tiny:v1']});
		expect(Object.keys(snapshot.streams)).toContain('controllerrevisions');
		const desired = snapshot.pods.length;
		expect(snapshot.replicaSets).toMatchObject([{revision: 1, desired, current: desired, ready: desired, available: desired}]);
	});

	test.each([db, agent])('a rolling update of $kind $name is told line by line, and status prints kubectl’s lines', {timeout: 90_000}, async one => {
		// So that whoever begins to look a moment later still sees it roll.
		const readyFor = (seconds: number) => kubectl('patch', targetOf(one), '-p', JSON.stringify({spec: {minReadySeconds: seconds}}));
		await readyFor(4);
		await kubectl('set', 'image', targetOf(one), 'app=tiny:v2');
		const [told, theirs, ours] = await Promise.all([
			watching.run([targetOf(one), '--plain', '--timeout', '60s']),
			namespace.kubectl(['rollout', 'status', targetOf(one), '--timeout=60s']),
			watching.run(['status', targetOf(one), '--timeout', '60s']),
		]);
		expect([ours.code, ours.stderr]).toEqual([theirs.code, theirs.stderr]);
		const [brief, long] = [theirs.stdout, ours.stdout].map(text => text.split('\n')).toSorted((left, right) => left.length - right.length);
		expect(long?.slice(-(brief?.length ?? 0))).toEqual(brief);
		expect(told.code).toBe(0);
		expect(told.stdout).toMatch(/revision 2 is rolled out: \d available/);
		await readyFor(0);
		const snapshot = await saysAsKubectl(one);
		expect(snapshot).toMatchObject({workload: {revision: 2}, ...rollout('complete')});
		expect(Object.values(await counted(one))).toEqual([snapshot.pods.length]);
		expect(snapshot.replicaSets).toMatchObject([
			{revision: 2, current: snapshot.pods.length},
			{revision: 1, desired: 0, current: 0},
		]);
	});

	test('a partition keeps the lower ordinals, stands as a canary, and is lowered to nothing', {timeout: 90_000}, async () => {
		await act(db, {kind: 'set-partition', partition: 2});
		await kubectl('set', 'image', 'sts/db', 'app=tiny:v3');
		await until(db, {
			workload: {revision: 3},
			...rollout('complete', {word: 'CANARY STANDS', message: 'partitioned roll out complete: 1 new pods have been updated...'}),
		});
		const stands = await saysAsKubectl(db);
		expect(stands.rollout).toMatchObject({note: 'Pods ≥ 2 have the new template, the 2 others keep theirs until the partition is lowered (P).'});
		expect(await imagesOf(db)).toBe('tiny:v2 tiny:v2 tiny:v3');
		expect(stands.replicaSets).toMatchObject([
			{revision: 3, desired: 1, current: 1, ready: 1},
			{revision: 2, desired: 2, current: 2, ready: 2},
			{revision: 1, current: 0},
		]);
		await act(db, {kind: 'set-partition', partition: 0});
		await until(db, {
			workload: {revision: 3},
			rollout: {phase: 'complete', word: null, message: 'partitioned roll out complete: 3 new pods have been updated...'},
		});
		expect(await imagesOf(db)).toBe('tiny:v3 tiny:v3 tiny:v3');
	});

	test('an update to an image that does not exist is stuck; the undo alone does not help, and what does is said', {timeout: 120_000}, async () => {
		await kubectl('set', 'image', 'sts/db', 'app=tiny:v99');
		const pulls = {pod: 'db-2', kind: 'image-not-found', advice: expect.stringContaining('undo (u) and then delete the pod (x)')};
		await until(db, rollout('progressing', {message: 'Waiting for 1 pods to be ready...', stuck: expect.arrayContaining([expect.objectContaining(pulls)])}));
		await act(db, {kind: 'undo', toRevision: undefined});
		const blocks = {pod: 'db-2', kind: 'ordered-pod', hope: 'none', advice: 'delete it (x): it comes back of the new template'};
		await until(db, {
			workload: {images: ['tiny:v3'], revision: 5},
			...rollout('progressing', {stuck: expect.arrayContaining([expect.objectContaining(blocks)])}),
		});
		const uid = await kubectl('get', 'pod/db-2', '-o', 'jsonpath={.metadata.uid}');
		await act(db, {kind: 'delete-pod', pod: 'db-2', uid});
		await until(db, rollout('complete', {stuck: []}));
		await saysAsKubectl(db);
		expect(await imagesOf(db)).toBe('tiny:v3 tiny:v3 tiny:v3');
	});

	test('the same DaemonSet goes back by the undo alone', {timeout: 90_000}, async () => {
		await kubectl('set', 'image', 'ds/agent', 'app=tiny:v99');
		const pulls = {kind: 'image-not-found', advice: expect.not.stringContaining('delete')};
		await until(agent, rollout('progressing', {stuck: expect.arrayContaining([expect.objectContaining(pulls)])}));
		await act(agent, {kind: 'undo', toRevision: undefined});
		await until(agent, {workload: {images: ['tiny:v2'], revision: 4}, ...rollout('complete', {stuck: []})});
		await saysAsKubectl(agent);
	});

	test('a restart, and a StatefulSet that is scaled', {timeout: 90_000}, async () => {
		await act(agent, {kind: 'restart'});
		await until(agent, {workload: {revision: 5}, ...rollout('complete')});
		await act(db, {kind: 'scale', replicas: 4, from: 3});
		await until(db, {workload: {replicas: {desired: 4, ready: 4}}, ...rollout('complete')});
		await act(db, {kind: 'scale', replicas: 2, from: 4});
		await until(db, {workload: {replicas: {desired: 2, current: 2}}, ...rollout('complete')});
		expect((await saysAsKubectl(db)).pods.map(({name}) => name)).toEqual(['db-0', 'db-1']);
	});

	test.each([db, agent])('with OnDelete $kind $name waits for whoever deletes its pods', {timeout: 90_000}, async one => {
		await kubectl('patch', targetOf(one), '-p', JSON.stringify({spec: {updateStrategy: {$patch: 'replace', type: 'OnDelete'}}}));
		await kubectl('set', 'image', targetOf(one), 'app=tiny:v1');
		await until(one, rollout('paused', {word: 'WAITS FOR YOU', message: 'rollout status is only available for RollingUpdate strategy type'}));
		const {pods} = await saysAsKubectl(one);
		const [theirs, ours] = await Promise.all([namespace.kubectl(['rollout', 'status', targetOf(one)]), watching.run(['status', targetOf(one)])]);
		expect([ours.code, ours.stdout, ours.stderr]).toEqual([theirs.code, theirs.stdout, theirs.stderr]);
		expect((await watching.run([targetOf(one), '--once'])).stdout).toContain(
			`${pods.length} pods still have the old template: they get the new one when they are deleted`,
		);
		for (const {name} of pods) {
			const uid = await kubectl('get', `pod/${name}`, '-o', 'jsonpath={.metadata.uid}');
			await act(one, {kind: 'delete-pod', pod: name, uid});
		}
		await until(one, rollout('complete'));
		expect([...new Set((await imagesOf(one)).split(' '))]).toEqual(['tiny:v1']);
	});

	test('a set that does not exist is not found, by its own word', async () => {
		const missing = await watching.run(['status', 'sts/nothing']);
		expect(missing).toMatchObject({code: 6, stderr: expect.stringContaining('there is no statefulset "nothing"')});
		expect(await watching.run(['ds/agnet', '--once'])).toMatchObject({code: 6, stderr: expect.stringContaining('did you mean "agent"?')});
	});
});

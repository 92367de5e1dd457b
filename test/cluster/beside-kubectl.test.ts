import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {isOwnCluster, podsAreReachable, suiteCluster} from './harness/suite-cluster.ts';
import {compareOnce, saysAsKubectl} from './scenarios/beside-kubectl.ts';
import {kubia, kubiaName} from './scenarios/kubia.ts';
import {type Snapshot, type Watching, watchingOf} from './scenarios/watching.ts';

const cluster = suiteCluster();
const target = `deployment/${kubiaName}`;

describe.runIf(isOwnCluster() && podsAreReachable())('beside kubectl', () => {
	let namespace: TestNamespace;
	let watching: Watching;
	beforeAll(async () => {
		namespace = await createNamespace(cluster, 'beside-kubectl');
		watching = watchingOf(cluster, namespace);
		await namespace.apply(...kubia({minReadySeconds: 5}));
		await namespace.must(['rollout', 'status', target]);
	});
	afterAll(() => namespace.delete());

	/** The last one that is good. */
	let good = '';
	const revisionNow = () => namespace.must(['get', target, '-o', 'jsonpath={.metadata.annotations.deployment\\.kubernetes\\.io/revision}']);

	/** What both say of a rollout to this version, each time that nothing changed while they were asked. */
	async function rollOut(version: string): Promise<readonly Snapshot['rollout'][]> {
		await namespace.must(['set', 'image', target, `kubia=luksa/kubia:${version}`]);
		const seen: Snapshot['rollout'][] = [];
		while (seen.at(-1)?.phase !== 'complete') {
			const snapshot = await compareOnce(namespace, watching, kubiaName);
			if (snapshot !== undefined) seen.push(snapshot.rollout);
		}
		return seen;
	}

	test('all through a rollout, every cell, the status line and the history are kubectl’s', {timeout: 180_000}, async () => {
		await namespace.must(['patch', target, '-p', JSON.stringify({metadata: {annotations: {'kubernetes.io/change-cause': 'v2 "quoted", ünïcode'}}})]);
		const seen: Snapshot['rollout'][] = [];
		const messages = () => new Set(seen.map(({message}) => message));
		// One rollout takes almost twenty seconds in which mostly nothing changes; a machine that has much else to do needs more to look often enough.
		for (let turn = 0; turn < 5 && (seen.length < 4 || messages().size < 3); turn++) seen.push(...(await rollOut(turn % 2 === 0 ? 'v2' : 'v1')));
		expect(seen.length).toBeGreaterThanOrEqual(4);
		expect([...new Set(seen.map(({phase}) => phase))]).toEqual(['progressing', 'complete']);
		expect(messages().size).toBeGreaterThanOrEqual(3);
	});

	test('status prints the lines that kubectl rollout status prints, and ends as it does', {timeout: 60_000}, async () => {
		await namespace.must(['set', 'image', target, 'kubia=luksa/kubia:v4']);
		const [theirs, ours] = await Promise.all([
			namespace.kubectl(['rollout', 'status', target, '--timeout=50s']),
			watching.run(['status', `deploy/${kubiaName}`, '--timeout', '50s']),
		]);
		expect([ours.code, ours.stderr]).toEqual([theirs.code, theirs.stderr]);
		const [short, long] = [theirs.stdout, ours.stdout].map(text => text.split('\n')).toSorted((left, right) => left.length - right.length);
		// One line per change from when each began to look; who looked first has a few more at the beginning.
		expect(short?.length).toBeGreaterThan(5);
		expect(long?.slice(-(short?.length ?? 0))).toEqual(short);
		expect((long?.length ?? 0) - (short?.length ?? 0)).toBeLessThanOrEqual(8);
		good = await revisionNow();
	});

	test('status and kubectl rollout status say the same of a revision that is not the running one, of the one that is, and without a watch', async () => {
		for (const flags of [['--revision=1'], [`--revision=${good}`], [`--revision=${good}`, '--watch=false']]) {
			const theirs = await namespace.kubectl(['rollout', 'status', target, ...flags]);
			const ours = await watching.run(['status', `deploy/${kubiaName}`, ...flags.map(flag => flag.replace('--watch=false', '--no-watch'))]);
			expect({flags, code: ours.code, stdout: ours.stdout, stderr: ours.stderr}).toEqual({
				flags,
				code: theirs.code,
				stdout: theirs.stdout,
				stderr: theirs.stderr,
			});
		}
	});

	test('a rollout past its deadline ends both with the same error', async () => {
		await namespace.must(['patch', target, '--type=merge', '-p', JSON.stringify({spec: {progressDeadlineSeconds: 6}})]);
		await namespace.must(['set', 'image', target, 'kubia=luksa/kubia:v9']);
		const [theirs, ours] = await Promise.all([
			namespace.kubectl(['rollout', 'status', target, '--timeout=50s']),
			watching.run(['status', `deploy/${kubiaName}`, '--timeout', '50s']),
		]);
		expect([ours.code, ours.stderr]).toEqual([theirs.code, theirs.stderr]);
		expect(ours.stderr).toBe(`error: deployment "${kubiaName}" exceeded its progress deadline\n`);
		await saysAsKubectl(namespace, watching, kubiaName);
	});

	test('a container that crashes has kubectl’s status and restarts', {timeout: 60_000}, async () => {
		await namespace.must(['set', 'image', target, 'kubia=crash:1']);
		await expect
			.poll(async () => (await namespace.must(['get', 'pods', '--no-headers'])).match(/ (CrashLoopBackOff|Error) +[1-9]/)?.[0], {timeout: 40_000})
			.toBeDefined();
		const {pods} = await saysAsKubectl(namespace, watching, kubiaName);
		expect(pods.map(({restarts}) => restarts)).toContainEqual(expect.stringMatching(/^[1-9]\d* \(\d+s ago\)$/));
	});

	test('paused, scaled to nothing and deleted are told apart', async () => {
		await namespace.must(['rollout', 'undo', target, `--to-revision=${good}`]);
		await namespace.must(['scale', target, '--replicas=0']);
		await namespace.must(['rollout', 'status', target]);
		await namespace.must(['wait', 'pod', '--all', '--for=delete', '--timeout=20s']);
		expect((await saysAsKubectl(namespace, watching, kubiaName)).pods).toEqual([]);
		await namespace.must(['rollout', 'pause', target]);
		expect((await saysAsKubectl(namespace, watching, kubiaName)).rollout.phase).toBe('paused');
		await namespace.must(['rollout', 'resume', target]);
		await namespace.must(['delete', target]);
		expect((await watching.run([`deploy/${kubiaName}`, '--once'])).code).toBe(6);
	});
});

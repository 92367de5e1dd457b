import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {runProgram} from '../e2e/program.ts';
import type {Terminal} from '../e2e/terminal.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {isOwnCluster, podsAreReachable, suiteCluster} from './harness/suite-cluster.ts';
import {shop, shopSelector, shopWorkloads} from './scenarios/shop.ts';
import {end, enter, escapeKey, quit, type Watching, watchingOf} from './scenarios/watching.ts';

interface ListJson {
	readonly kind: string;
	readonly streams: Readonly<Record<string, string>>;
	readonly items: readonly {
		readonly kind: string;
		readonly namespace: string;
		readonly name: string;
		readonly phase: string;
		readonly message: string;
		readonly stuck: boolean;
		readonly why: string | null;
	}[];
}

const cluster = suiteCluster();

// One shop, from its first version to the last: each test goes on where the one before ended.
describe.runIf(isOwnCluster() && podsAreReachable())('many workloads at once', () => {
	let namespace: TestNamespace;
	let other: TestNamespace;
	let watching: Watching;
	let screen: Terminal | undefined;

	beforeAll(async () => {
		[namespace, other] = await Promise.all([createNamespace(cluster, 'many'), createNamespace(cluster, 'many-other')]);
		watching = watchingOf(cluster, namespace);
		await Promise.all([namespace.apply(...shop()), other.apply(...shop().slice(0, 1))]);
	});
	afterAll(async () => {
		await end(screen);
		await Promise.all([namespace.delete(), other.delete()]);
	});

	const list = async (args: readonly string[]): Promise<ListJson> => JSON.parse((await watching.run([...args, '--once', '-o', 'json'])).stdout);

	test('waits until all are there, and ends with 0 and a table', async () => {
		const {stdout, stderr, code} = await watching.run(['-l', shopSelector, '--until-complete', '--timeout', '50s']);
		expect([stderr, code]).toEqual(['', 0]);
		const table = stdout.slice(stdout.indexOf('\nNAME')).trim().split('\n');
		expect(table.slice(1).map(line => line.split(/ {2,}/).slice(0, 2))).toEqual([
			['ds/agent', 'COMPLETE'],
			['deploy/api', 'COMPLETE'],
			['sts/db', 'COMPLETE'],
			['deploy/pay', 'COMPLETE'],
			['deploy/web', 'COMPLETE'],
		]);
	});

	test('says of each what kubectl says', async () => {
		const {items, kind, streams} = await list(['--all']);
		expect(kind).toBe('List');
		expect(streams).toMatchObject({deployments: 'live', statefulsets: 'live', daemonsets: 'live'});
		expect(items).toHaveLength(shopWorkloads.length);
		for (const item of items) {
			const status = await namespace.must(['rollout', 'status', `${item.kind}/${item.name}`, '--watch=false']);
			expect(`${item.message}\n`).toBe(status);
		}
	});

	test('finds in all namespaces, by labels', async () => {
		const {stdout} = await runProgram(['-A', '-l', shopSelector, '--once', '-o', 'json'], {env: {KUBECONFIG: cluster.kubeconfig}});
		const {items}: ListJson = JSON.parse(stdout);
		expect(items.filter(item => item.namespace === other.name).map(({name}) => name)).toEqual(['web']);
		expect(items.filter(item => item.namespace === namespace.name)).toHaveLength(shopWorkloads.length);
	});

	test('tells each change of a rollout of all, why one is stuck, and ends with 1 when its deadline has passed', {timeout: 120_000}, async () => {
		const v2 = 'luksa/kubia:v2';
		const targets = shopWorkloads.map(([kind, name]) => `${kind.toLowerCase()}/${name}`);
		await namespace.apply(...shop({web: v2, api: v2, db: v2, agent: v2, pay: 'luksa/kubia:v9'}));
		const {stdout, code} = await watching.run([...targets, '--plain']);
		expect(stdout).toMatch(/deploy\/pay {2}STUCK +pay-\S+ can't pull image luksa\/kubia:v9/);
		for (const name of ['deploy/web', 'deploy/api', 'sts/db', 'ds/agent']) {
			expect(stdout).toMatch(new RegExp(`${name} {2}PROGRESSING `));
			expect(stdout).toMatch(new RegExp(`${name} {2}COMPLETE `));
		}
		const table = stdout.slice(stdout.indexOf('\nNAME')).trim().split('\n');
		expect(table[1]).toMatch(/^deploy\/pay +STALLED .*luksa\/kubia:v9/);
		expect(table).toHaveLength(1 + shopWorkloads.length);
		expect(code).toBe(1);
		expect((await watching.run([...targets, '--once'])).code).toBe(1);
	});

	test('shows the stalled one first on its screen, opens it, and Esc leads back', async () => {
		screen = watching.screen([], {columns: 120, rows: 34});
		const text = await screen.shows(/1 stalled · 4 complete/);
		expect(text).toMatch(/▶ deploy\/pay +✖ STALLED/);
		await screen.pressFor(enter, /deploy\/pay[\s\S]*ReplicaSets/);
		const back = await screen.pressFor(escapeKey, /1 stalled · 4 complete/);
		expect(back).toMatch(/▶ deploy\/pay/);
		// Somebody mends it elsewhere: the list follows, and the mark stays on it.
		await namespace.apply(...shop({web: 'luksa/kubia:v2', api: 'luksa/kubia:v2', db: 'luksa/kubia:v2', agent: 'luksa/kubia:v2', pay: 'luksa/kubia:v2'}));
		expect(await screen.shows(/^ 5 complete/m, 30_000)).toMatch(/▶ deploy\/pay +✔ COMPLETE/);
		await quit(screen);
	});

	test('says that one was deleted, and no longer waits for it', async () => {
		await namespace.must(['set', 'image', 'deployment/pay', 'app=luksa/kubia:v8']);
		let isDeleting = false;
		const {stdout, code} = await watching.run(['-l', shopSelector, '--until-complete', '--timeout', '40s'], {
			onStdout(text) {
				if (isDeleting || !text.includes('deploy/pay')) return;
				isDeleting = true;
				void namespace.must(['delete', 'deployment/pay']);
			},
		});
		expect(stdout).toMatch(/deploy\/pay {2}DELETED +it was deleted, and is not waited for/);
		expect(stdout.slice(stdout.indexOf('\nNAME'))).not.toContain('deploy/pay');
		expect(code).toBe(0);
	});
});

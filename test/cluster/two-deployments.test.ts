import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Terminal} from '../e2e/terminal.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {podsAreReachable, suiteCluster} from './harness/suite-cluster.ts';
import {byPage, bySelector, type Side, twoSides} from './scenarios/two-deployments.ts';
import {down, end, enter, escapeKey, quit, sayYes, type Watching, watchingOf} from './scenarios/watching.ts';

const cluster = suiteCluster();
const up = '\u001B[A';

/** A workload in the JSON snapshot of a Service. */
interface ServiceSnapshotSide {
	readonly workload: {readonly name: string};
	readonly rollout: {readonly phase: string};
	readonly selected: boolean;
	readonly endpoints: {readonly ready: number};
	readonly expectedShare: number | null;
}

/** A workload's row: `▶  nginx-v2  ✔  COMPLETE  1/1  1  1  14%  15% (9)  nginx:1.18.0`. */
interface Row {
	readonly ready: string;
	readonly endpoints: string;
	readonly expected: number;
	readonly measured: number | undefined;
	readonly answers: number;
}

function rowOf(text: string, {name}: Side): Row | undefined {
	const line = text.split('\n').find(one => new RegExp(`^│ [ ▶] +${name} `).test(one));
	const found = line === undefined ? null : /(\d+\/\d+) +\d+ +(not selected|\d+(?: \(\+\d+\))?) +(\d+)%(?: +[<>]?(\d+)% \((\d+)\))?/.exec(line);
	if (found === null) return undefined;
	const [, ready = '', endpoints = '', expected = '', measured, answers] = found;
	return {ready, endpoints, expected: Number(expected), measured: measured === undefined ? undefined : Number(measured), answers: Number(answers ?? 0)};
}

/** Waits for a workload's row to be so. */
function shows(screen: Terminal, side: Side, wanted: Partial<Row>): Promise<string> {
	const what = `${side.name} with ${JSON.stringify(wanted)}`;
	return screen.until(what, text => Object.entries(wanted).every(([key, value]) => rowOf(text, side)?.[key as keyof Row] === value), 60_000);
}

/** Chooses a workload, types how many replicas it shall have, and says yes once the question says what happens. */
async function scaleTo(screen: Terminal, side: Side, replicas: number, choose?: string): Promise<string> {
	const chosen = new RegExp(`▶ +${side.name} `);
	if (choose === undefined) await screen.shows(chosen);
	else await screen.pressFor(choose, chosen);
	await screen.pressFor('s', `How many replicas of ${side.name}?`);
	const asked = await screen.pressFor(String(replicas), `Scale ${side.name} to ${replicas}?`);
	await sayYes(screen);
	return asked;
}

/** Both measured shares are what the proxy's random choice lets expect: five standard deviations err once in two million runs. */
async function sharesAreExpected(screen: Terminal, sides: readonly Side[], samples: number): Promise<void> {
	const total = (text: string) => sides.reduce((sum, side) => sum + (rowOf(text, side)?.answers ?? 0), 0);
	const text = await screen.until(`${samples} answers`, now => total(now) >= samples, 60_000);
	const n = total(text);
	for (const side of sides) {
		const row = rowOf(text, side);
		const share = (row?.expected ?? 0) / 100;
		const deviation = Math.sqrt(share * (1 - share) * n);
		expect(Math.abs((row?.answers ?? 0) - share * n), `${side.name}: ${JSON.stringify(row)} of ${n}`).toBeLessThan(5 * deviation + 0.01 * n);
	}
}

describe.runIf(podsAreReachable())('a canary by Service selector, driven by keys', () => {
	const {service, old, canary} = bySelector;
	let namespace: TestNamespace;
	let watching: Watching;
	let screen: Terminal;

	beforeAll(async () => {
		namespace = await createNamespace(cluster, 'two-deployments');
		watching = watchingOf(cluster, namespace);
		await namespace.apply(...twoSides(bySelector));
		for (const {name} of [old, canary]) await namespace.must(['rollout', 'status', `deploy/${name}`, '--timeout=60s']);
		screen = watching.screen([`svc/${service}`, '--curl', `svc/${service}`, '-I', '--interval', '20ms', '--window', '10s'], {columns: 160, rows: 50});
	});
	afterAll(async () => {
		await end(screen);
		await namespace.delete();
	});

	const replicasOf = ({name}: Side) => namespace.must(['get', `deploy/${name}`, '-o', 'jsonpath={.spec.replicas}']);
	const selectorNow = async () => JSON.parse(await namespace.must(['get', `svc/${service}`, '-o', 'jsonpath={.spec.selector}']));

	test('both sides stand behind the Service, each with what it ought to get and what it gets', async () => {
		await shows(screen, old, {ready: '6/6', endpoints: '6', expected: 86});
		await shows(screen, canary, {ready: '1/1', endpoints: '1', expected: 14});
		await screen.shows('endpoints  7 ready');
		await sharesAreExpected(screen, [old, canary], 150);
	});

	test('the selector is changed label by label, with the pods that will match shown before', async () => {
		await screen.pressFor('e', '▶ app=nginx-web');
		await screen.pressFor('a', 'NAME=VALUE');
		await screen.pressFor('version=v2', /^│? +version=v2 /m);
		const asked = await screen.pressFor(enter, '1 pod will match, 1 ready');
		expect(asked).toMatch(/nginx-dm gets +86% → 0%/);
		expect(asked).toMatch(/nginx-v2 gets +14% → 100%/);
		expect(asked).toMatch(/✔ nginx-v2-\w+-\w+ {2}ready/);
		expect(asked).not.toMatch(/nginx-dm-\w+-\w+ {2}ready/);
		await screen.shows('dry run: the API server accepts it');
		expect(await selectorNow()).toEqual({app: 'nginx-web'});
		await sayYes(screen);
		await shows(screen, old, {endpoints: 'not selected', expected: 0});
		await shows(screen, canary, {endpoints: '1', expected: 100});
		expect(await selectorNow()).toEqual({app: 'nginx-web', version: 'v2'});
		await screen.shows('the Service selects app=nginx-web,version=v2 now (before: app=nginx-web)');
	});

	test('the new side is scaled to six, the old one to none, and no request fails', {timeout: 120_000}, async () => {
		await scaleTo(screen, canary, 6, down);
		await shows(screen, canary, {ready: '6/6', endpoints: '6', expected: 100});
		expect(await replicasOf(canary)).toBe('6');
		const asked = await scaleTo(screen, old, 0, up);
		expect(asked).toContain('All of its pods are stopped.');
		await shows(screen, old, {ready: '0/0', endpoints: 'not selected'});
		expect(await replicasOf(old)).toBe('0');
		await screen.until('only the new version', text => (rowOf(text, canary)?.measured ?? 0) === 100, 60_000);
		expect(screen.text()).not.toMatch(/│ ✖ +\d+%/);
	});

	test('a workload’s own screen opens and closes, and the measuring goes on', async () => {
		await screen.pressFor(down, /▶ +nginx-v2 /);
		await screen.pressFor(enter, `svc/${service} › deploy/${canary.name}`);
		await screen.shows('╭ ReplicaSets');
		await screen.shows(/n \d+ in 10 s/);
		await screen.pressFor(escapeKey, '╭ Workloads');
	});

	test('a snapshot says the same for scripts; who comes now sees only who is selected now', async () => {
		const {stdout, code} = await watching.run([`svc/${service}`, '--once', '-o', 'json']);
		expect(code).toBe(0);
		const {service: shown, workloads} = JSON.parse(stdout);
		expect(shown).toMatchObject({name: service, selector: {app: 'nginx-web', version: 'v2'}, endpoints: {ready: 6}});
		expect(
			workloads.map(({workload, rollout, selected, endpoints, expectedShare}: ServiceSnapshotSide) => [
				workload.name,
				rollout.phase,
				selected,
				endpoints.ready,
				expectedShare,
			]),
		).toEqual([[canary.name, 'complete', true, 6, 1]]);
		expect((await watching.run([`svc/${service}`, '--plain'])).stdout).toMatch(/nginx-v2 COMPLETE 6\/6 {2}6 ready endpoints, expected 100%/);
		await quit(screen);
	});
});

describe.runIf(podsAreReachable())('a canary that is another page, driven by keys', () => {
	const {service, old, canary} = byPage;
	let namespace: TestNamespace;
	let screen: Terminal;

	beforeAll(async () => {
		namespace = await createNamespace(cluster, 'canary-demo');
		await namespace.apply(...twoSides(byPage));
		for (const {name} of [old, canary]) await namespace.must(['rollout', 'status', `deploy/${name}`, '--timeout=60s']);
		screen = watchingOf(cluster, namespace).screen([`svc/${service}`, '--curl', `svc/${service}`, '--interval', '20ms', '--window', '10s'], {
			columns: 160,
			rows: 50,
		});
	});
	afterAll(async () => {
		await end(screen);
		await namespace.delete();
	});

	test('the version is which page, and each page is known to be one side’s', async () => {
		await shows(screen, old, {ready: '3/3', expected: 75});
		await shows(screen, canary, {ready: '1/1', expected: 25});
		await screen.shows(/Welcome to nginx!.*\d+%/);
		await screen.shows(/Getting Started.*\d+%/);
		await sharesAreExpected(screen, [old, canary], 150);
	});

	test('scaling either side is the knob', {timeout: 120_000}, async () => {
		// The canary is the first by name.
		const asked = await scaleTo(screen, canary, 3);
		expect(asked).toMatch(/nginx-deployment-canary gets +25% → 50%/);
		await shows(screen, canary, {ready: '3/3', expected: 50});
		await shows(screen, old, {expected: 50});
		await scaleTo(screen, old, 0, down);
		await shows(screen, old, {ready: '0/0', expected: 0});
		await screen.until('only the new page', text => (rowOf(text, canary)?.measured ?? 0) === 100, 60_000);
		expect(screen.text()).not.toMatch(/│ ✖ +\d+%/);
		await quit(screen);
	});
});

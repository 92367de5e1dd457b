import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Terminal} from '../e2e/terminal.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {isOwnCluster, podsAreReachable, suiteCluster} from './harness/suite-cluster.ts';
import {saysAsKubectl} from './scenarios/beside-kubectl.ts';
import {failureRowsOf, mixRowOf} from './scenarios/mix-rows.ts';
import {testpage, testpageName} from './scenarios/testpage.ts';
import {end, quit, type Watching, watchingOf} from './scenarios/watching.ts';

const cluster = suiteCluster();
const target = `deployment/${testpageName}`;

interface TimelineLine {
	readonly clock: string;
	readonly subject: string;
	readonly text: string;
}

describe.runIf(isOwnCluster() && podsAreReachable())('testpage', () => {
	let namespace: TestNamespace;
	let watching: Watching;
	let screen: Terminal;

	beforeAll(async () => {
		namespace = await createNamespace(cluster, 'testpage');
		watching = watchingOf(cluster, namespace);
		await namespace.apply(...testpage('0.8'));
		await namespace.must(['rollout', 'status', target]);
		// Tall enough for the whole timeline of a rollout.
		const size = {columns: 140, rows: 90};
		screen = watching.screen([`deploy/${testpageName}`, '--curl', `svc/${testpageName}`, '--interval', '50ms'], size);
		await screen.until('the old version answer', text => /COMPLETE/.test(text) && mixRowOf(text, '0.8')?.percent === 100);
	});
	afterAll(async () => {
		await end(screen);
		await namespace.delete();
	});

	const setVersion = (version: string) => namespace.must(['set', 'image', target, `${testpageName}=harbor.example/demo/testpage:${version}`]);

	test('the five steps of each replacement stand in the timeline, in order, with clock times', async () => {
		const oldPods = await podNames();
		await setVersion('0.9');
		// The end of the last old pod comes after the end of the rollout.
		await screen.until('the end', text => /COMPLETE/.test(text) && timelineOf(text).filter(({text}) => text === 'gone').length === 3, 40_000);
		// That an answer was the last one is known only after a while.
		await screen.shows('last answer from 0.8');
		const newPods = await podNames();
		// Newest first on the screen.
		const lines = timelineOf(screen.text()).toReversed();
		const clocks = lines.map(({clock}) => clock);
		expect(clocks).toEqual(clocks.toSorted());
		const at = (subject: string, text: RegExp) => lines.findIndex(line => line.subject === subject && text.test(line.text));

		const began = lines.findIndex(({text}) => /^revision 2 began: image .*testpage:0\.8 → 0\.9$/.test(text));
		const created = newPods.map(pod => at(pod, /^created$/)).toSorted((left, right) => left - right);
		const ended = oldPods.map(pod => at(pod, /^terminating$/)).toSorted((left, right) => left - right);
		for (const pod of newPods) {
			const steps = [/^created$/, /^running but not ready$/, /^ready$/, /^available$/].map(text => at(pod, text));
			expect(steps).toEqual(steps.toSorted((left, right) => left - right));
			expect(Math.min(began, ...steps)).toBeGreaterThanOrEqual(0);
		}
		// One new pod for one old pod, by turns; whether the next is made before the last one ends is up to two workers of one controller.
		for (const [turn, index] of created.entries()) {
			expect(index).toBeLessThan(ended[turn] ?? -1);
			expect(ended[turn]).toBeLessThan(created[turn + 2] ?? Number.POSITIVE_INFINITY);
		}
		const firstAnswer = lines.findIndex(({text}) => text === 'first answer from 0.9');
		expect(firstAnswer).toBeGreaterThan(created[0] ?? Number.POSITIVE_INFINITY);
		// Which pod answers is chance: one of four may be passed over for a second, the new ones hardly until the last old one ends.
		expect(firstAnswer).toBeLessThan(ended[2] ?? -1);
		expect(lines.findIndex(({text}) => text === 'last answer from 0.8')).toBeGreaterThan(ended[1] ?? Number.POSITIVE_INFINITY);
	});

	test('no request failed but those that the API server sent to a pod in the moment of its end', async () => {
		const text = screen.text();
		expect((mixRowOf(text, '0.8')?.count ?? 0) + (mixRowOf(text, '0.9')?.count ?? 0)).toBeGreaterThan(50);
		// testpage ends the moment it is told to, a little before the API server's proxy hears of it; the application itself never fails.
		for (const row of failureRowsOf(text)) expect(row).toMatch(/ proxy/);
		await screen.pressFor('-', 'in 30 s');
		await screen.pressFor('-', 'in 10 s');
		const after = await screen.until('the new version alone', now => mixRowOf(now, '0.9')?.percent === 100, 30_000);
		expect(failureRowsOf(after)).toEqual([]);
	});

	test('the history keeps 3 old revisions, on the screen as in kubectl', {timeout: 90_000}, async () => {
		for (const version of ['0.5', '0.6', '0.7']) {
			await setVersion(version);
			await namespace.must(['rollout', 'status', target, '--timeout=40s']);
		}
		// The controller tidies up a moment after the rollout has ended.
		await expect.poll(async () => (await namespace.must(['get', 'replicasets', '--no-headers'])).trim().split('\n').length, {timeout: 30_000}).toBe(4);
		const {revisions} = await saysAsKubectl(namespace, watching, testpageName);
		expect(revisions.map(({revision}) => revision).toSorted()).toEqual([2, 3, 4, 5]);
		await screen.pressFor('t', /5 .*\(now\)[\s\S]* 4 .*image 0\.7→0\.6[\s\S]* 3 .*image 0\.7→0\.5[\s\S]* 2 .*image 0\.7→0\.9/);
		screen.press('\u001B');
		await screen.hides('which revision');
		await quit(screen);
	});

	async function podNames(): Promise<readonly string[]> {
		const {items} = await namespace.get<{items: readonly {metadata: {name: string; deletionTimestamp?: string}}[]}>(['pods']);
		return items.filter(({metadata}) => metadata.deletionTimestamp === undefined).map(({metadata}) => metadata.name);
	}
});

/** The timeline panel's lines, newest first as they stand. */
function timelineOf(screen: string): readonly TimelineLine[] {
	const panel = screen.slice(screen.indexOf('╭ Timeline'));
	return Array.from(panel.matchAll(/^│ (\d\d:\d\d:\d\d) {2}\S (?:(testpage-\S+) {2})?(.*?) *│$/gm), ([, clock = '', subject = '', text = '']) => ({
		clock,
		subject,
		text,
	}));
}

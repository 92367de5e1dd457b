import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Terminal} from '../e2e/terminal.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {isOwnCluster, podsAreReachable, suiteCluster} from './harness/suite-cluster.ts';
import {saysAsKubectl} from './scenarios/beside-kubectl.ts';
import {mixRowOf} from './scenarios/mix-rows.ts';
import {nginx, nginxName, nginxService} from './scenarios/nginx.ts';
import {end, enter, escapeKey, quit, sayYes, type Watching, watchingOf} from './scenarios/watching.ts';

const cluster = suiteCluster();
const target = `deployment/${nginxName}`;
const [oldVersion, newVersion] = ['1.16.1', '1.18.0'];

describe.runIf(isOwnCluster() && podsAreReachable())('nginx, driven by keys', () => {
	let namespace: TestNamespace;
	let watching: Watching;
	let screen: Terminal;

	beforeAll(async () => {
		namespace = await createNamespace(cluster, 'nginx');
		watching = watchingOf(cluster, namespace);
		// Three revisions, of which the first is for later.
		await namespace.apply(...nginx({image: 'nginx', replicas: 3}));
		await namespace.must(['rollout', 'status', target]);
		await setImage('nginx:1.16.1');
		await namespace.must(['scale', target, '--replicas=6']);
		await namespace.must(['rollout', 'status', target]);
		screen = watching.screen([`deploy/${nginxName}`, '--interval', '20ms'], {rows: 50});
		await screen.shows('COMPLETE');
	});
	afterAll(async () => {
		await end(screen);
		await namespace.delete();
	});

	const setImage = (image: string) => namespace.must(['set', 'image', target, `nginx=${image}`]);
	const setSpec = (spec: object) => namespace.must(['patch', target, '--type=merge', '-p', JSON.stringify({spec})]);
	const specOf = async (path: string) => namespace.must(['get', target, '-o', `jsonpath={.spec.${path}}`]);
	const imageNow = () => specOf('template.spec.containers[0].image');
	const sentPatches = async () => (await watching.patches(nginxName)).filter(({userAgent}) => userAgent?.startsWith('rollwatch'));

	test('nothing is sent to the Service before somebody asks for it, and the panel names the one it found', () => {
		expect(screen.text()).toMatch(new RegExp(`not measured\\. c starts requests to svc/${nginxService}`));
	});

	test('p pauses at 8 pods, of which 3 are new and 5 old, and the screen says that it is paused and for how long', async () => {
		// Time enough to press two keys while the old pods, which are that old already, still count.
		await setSpec({minReadySeconds: 6});
		await namespace.must(['rollout', 'status', target, '--timeout=20s']);
		await setImage('nginx:1.18.0');
		await screen.until('8 pods', text => /3\/6 updated/.test(text) && /5\/6 left/.test(text));
		expect(screen.text()).toMatch(/surge 2 of 2/);
		expect(screen.text()).toMatch(/unavailable 1 of 1/);
		const dialog = await screen.pressFor('p', 'Send it?');
		expect(dialog).toMatch(/kubectl .*rollout pause deployment\/nginx-dm/);
		expect(await specOf('paused')).toBe('');
		await sayYes(screen);
		await screen.shows(/PAUSED /);
		await screen.shows('‖ paused');
		expect(await specOf('paused')).toBe('true');
		const {pods, rollout} = await saysAsKubectl(namespace, watching, nginxName);
		expect(pods).toHaveLength(8);
		expect(rollout.phase).toBe('paused');
		const since = (await screen.shows(/Paused for \d+s/)).match(/Paused for (\d+)s/)?.[1];
		await screen.until('the counter go on', text => Number(/Paused for (\d+)s/.exec(text)?.[1]) > Number(since));
		expect((await watching.run([`deploy/${nginxName}`, '--once'])).code).toBe(4);
	});

	test('the measured mix is what 3 new and 5 old ready endpoints let expect, and stays so', async () => {
		await expect.poll(async () => (await namespace.must(['get', 'pods', '--no-headers'])).match(/ 1\/1 /g)?.length, {timeout: 30_000}).toBe(8);
		await screen.pressFor('c', `svc/${nginxService}`);
		const samples = 400;
		const text = await screen.until(
			`${samples} answers`,
			now => (mixRowOf(now, oldVersion)?.count ?? 0) + (mixRowOf(now, newVersion)?.count ?? 0) >= samples,
			40_000,
		);
		const [before, after] = [mixRowOf(text, oldVersion), mixRowOf(text, newVersion)];
		expect([before?.expectedPercent, after?.expectedPercent]).toEqual([63, 38]);
		const n = (before?.count ?? 0) + (after?.count ?? 0);
		// The proxy picks an endpoint at random for each request: a binomial share. Five standard deviations err once in two million runs.
		const deviation = Math.sqrt((3 / 8) * (5 / 8) * n);
		expect(Math.abs((after?.count ?? 0) - (3 / 8) * n)).toBeLessThan(5 * deviation);
		expect(text).toMatch(/version by a header|version by the header Server/);
		expect(text).not.toMatch(/│ ✖/);
		expect(await namespace.must(['get', target, '-o', 'jsonpath={.status.replicas} {.status.updatedReplicas}'])).toBe('8 3');
	});

	test('undo of what is paused asks to resume it in the same step, where kubectl refuses, and sends nothing before a yes', async () => {
		const before = (await sentPatches()).length;
		expect(await screen.pressFor('u', 'Send it?')).toMatch(/Resume and undo[\s\S]*It is paused, which ends with it/);
		screen.press(escapeKey);
		await screen.hides('Send it?');
		const {stderr} = await namespace.kubectl(['rollout', 'undo', target]);
		expect(stderr).toMatch(/you cannot rollback a paused deployment; resume it first/);
		expect(await sentPatches()).toHaveLength(before);
	});

	test('r resumes, and the new version alone answers at the end', async () => {
		await setSpec({minReadySeconds: 0});
		await screen.pressFor('r', 'Send it?');
		// The question may be older than the change just above: then it is asked again.
		await sayYes(screen);
		await screen.shows(/\bresumed\b/i);
		await screen.until('the end', text => /COMPLETE/.test(text) && /6\/6 updated · 6 ready · 6 available/.test(text), 30_000);
		await screen.pressFor('-', 'in 30 s');
		await screen.pressFor('-', 'in 10 s');
		await screen.until('the new version alone', text => mixRowOf(text, newVersion)?.percent === 100, 30_000);
		await saysAsKubectl(namespace, watching, nginxName);
	});

	test('undo twice flips between the last two; undoing the last two changes goes back to the first', {timeout: 120_000}, async () => {
		for (const [from, to, number] of [
			['nginx:1.18.0', 'nginx:1.16.1', 4],
			['nginx:1.16.1', 'nginx:1.18.0', 5],
		] as const) {
			const dialog = await screen.pressFor('u', 'Send it?');
			expect(dialog).toContain(`${from} → ${to}`);
			await sayYes(screen);
			await screen.until(`revision ${number}`, text => /COMPLETE/.test(text) && new RegExp(`revision ${number - 1} → ${number}\\b`).test(text), 30_000);
			expect(await imageNow()).toBe(to);
		}
		expect(await screen.pressFor('U', 'the last change:')).toContain('back to revision 4');
		await screen.pressFor('+', 'Undo the last 2 changes: back to revision 1.');
		const dialog = await screen.pressFor(enter, 'Send it?');
		expect(dialog).toMatch(/nginx:1\.18\.0 → nginx *│/);
		await sayYes(screen);
		await screen.until('revision 6', text => /COMPLETE/.test(text) && /revision 5 → 6\b/.test(text), 30_000);
		expect(await imageNow()).toBe('nginx');
		await screen.pressFor('U', 'there is no change to undo');
		const {revisions} = await saysAsKubectl(namespace, watching, nginxName);
		expect(revisions.map(({revision, images}) => [revision, ...images]).toSorted()).toEqual([
			[4, 'nginx:1.16.1'],
			[5, 'nginx:1.18.0'],
			[6, 'nginx'],
		]);
		await quit(screen);
	});
});

import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Terminal} from '../e2e/terminal.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {isOwnCluster, podsAreReachable, suiteCluster} from './harness/suite-cluster.ts';
import {saysAsKubectl} from './scenarios/beside-kubectl.ts';
import {kubia, kubiaName, kubiaService} from './scenarios/kubia.ts';
import {failureRowsOf, mixRowOf, podRowOf} from './scenarios/mix-rows.ts';
import {chooseRevision, end, enter, escapeKey, quit, sayYes, type Watching, watchingOf} from './scenarios/watching.ts';

const cluster = suiteCluster();
const target = `deployment/${kubiaName}`;

// One person, one screen, from the first version to the last: each test goes on where the one before ended.
describe.runIf(isOwnCluster() && podsAreReachable())('kubia, driven by keys', () => {
	let namespace: TestNamespace;
	let watching: Watching;
	let screen: Terminal;

	beforeAll(async () => {
		namespace = await createNamespace(cluster, 'kubia');
		watching = watchingOf(cluster, namespace);
		await namespace.apply(...kubia({minReadySeconds: 1}));
		await namespace.must(['rollout', 'status', target]);
		screen = watching.screen([`deploy/${kubiaName}`, '--curl', `svc/${kubiaService}`, '--interval', '100ms']);
	});
	afterAll(async () => {
		await end(screen);
		await namespace.delete();
	});

	const setImage = (tag: string) => namespace.must(['set', 'image', target, `kubia=luksa/kubia:${tag}`]);
	const setSpec = (spec: object) => namespace.must(['patch', target, '--type=merge', '-p', JSON.stringify({spec})]);
	const imageNow = () => namespace.must(['get', target, '-o', 'jsonpath={.spec.template.spec.containers[0].image}']);
	const history = async () => (await namespace.must(['rollout', 'history', target])).trim().split('\n').slice(2);
	const sentPatches = async () => (await watching.patches(kubiaName)).filter(({userAgent}) => userAgent?.startsWith('rollwatch'));

	test('a good version replaces the first one, its change-cause is shown, and the measured mix follows', {timeout: 90_000}, async () => {
		await screen.until('the first version alone', text => text.includes('COMPLETE') && mixRowOf(text, 'v1')?.percent === 100);
		const spec = {template: {spec: {containers: [{name: 'kubia', image: 'luksa/kubia:v2'}]}}};
		const metadata = {annotations: {'kubernetes.io/change-cause': 'second version'}};
		await namespace.must(['patch', target, '-p', JSON.stringify({metadata, spec})]);
		await screen.shows(/luksa\/kubia:v1 → luksa\/kubia:v2 +revision 1 → 2 +change-cause: second version/);
		await screen.until('both versions answering', text => mixRowOf(text, 'v1') !== undefined && (mixRowOf(text, 'v2')?.count ?? 0) > 0);
		await screen.shows('COMPLETE', 30_000);
		await screen.pressFor('-', 'in 30 s');
		await screen.pressFor('-', 'in 10 s');
		await screen.until('v2 alone in the last 10 s', text => mixRowOf(text, 'v2')?.percent === 100, 30_000);
		await saysAsKubectl(namespace, watching, kubiaName);
	});

	test('v3 turns bad before it counts as available: the screen says that it blocks, why, and what helps', async () => {
		await screen.pressFor('+', 'in 30 s');
		await setSpec({minReadySeconds: 10});
		await setImage('v3');
		await screen.shows(/ is not ready: readiness probe GET :8080\/ answered 500 \(\d+ times in \d+s\)/, 30_000);
		// The pod tells it first, then its ReplicaSet's controller, and then the event.
		const told = [/1\/3 updated · 0 ready · 0 available/, /became unready: HTTP probe failed with statuscode: 500/];
		const blocked = await screen.until('what blocks it, everywhere', text => told.every(part => part.test(text)), 30_000);
		const [, pod = ''] = /✖ (\S+) is not ready/.exec(blocked) ?? [];
		expect(podRowOf(blocked, pod)).toMatch(/ 0\/1 +\S Running /);
		expect(blocked).toMatch(/PROGRESSING/);
		expect(blocked).toMatch(/3\/3 left · 0 terminating/);
		expect(blocked).toMatch(/Deadline in 9m\d+s\. → u undo to revision 2 +p pause/);

		const {rollout} = await saysAsKubectl(namespace, watching, kubiaName);
		expect(rollout).toMatchObject({phase: 'progressing', stuck: [{pod}]});
	});

	test('while v3 blocks, the mix says that users got a few answers of v3 and errors from its pod, and get v2 now', async () => {
		const text = await screen.until('errors', now => failureRowsOf(now).length > 0);
		const [, pod = ''] = /✖ (\S+) is not ready/.exec(text) ?? [];
		// Four good answers; the probe that made it ready had at least one of them.
		expect(mixRowOf(text, 'v3')?.count ?? 0).toBeLessThanOrEqual(3);
		// Expected is what the endpoints let expect in the seconds of these answers: v3's pod was among them for some.
		const [old = 0, young = 0] = ['v2', 'v3'].map(version => mixRowOf(text, version)?.expectedPercent);
		expect(young).toBeLessThan(25);
		expect(old).toBeGreaterThan(75);
		expect(text).not.toMatch(/(more|less) v\d than its share/);
		expect(failureRowsOf(text)).toEqual([expect.stringMatching(new RegExp(`500.* from ${pod.slice(0, 10)}`))]);
		expect(podRowOf(text, pod)).toMatch(/✖\d+ +│$/);
	});

	test('undo during the rollout asks first: no is the default, and only y sends', async () => {
		for (const no of [enter, escapeKey, 'n']) {
			const dialog = await screen.pressFor('u', 'Send it?');
			expect(dialog).toMatch(/context +rollwatch-test/);
			expect(dialog).toMatch(new RegExp(`namespace +${namespace.name}`));
			expect(dialog).toMatch(new RegExp(`object +deployment(\\.apps)?/${kubiaName}`));
			expect(dialog).toMatch(/luksa\/kubia:v3 → luksa\/kubia:v2/);
			expect(dialog).toMatch(/\$ kubectl .*rollout undo deployment\/kubia-deploy-canary/);
			screen.press(no);
			await screen.hides('Send it?');
		}
		// Pasted, not pressed: neither the dialog nor its answer.
		screen.press('uy');
		await screen.screens(3);
		expect(screen.text()).not.toContain('Send it?');
		await screen.pressFor('u', 'Send it?');
		expect(await sentPatches()).toEqual([]);
		expect(await imageNow()).toBe('luksa/kubia:v3');

		await sayYes(screen);
		await expect.poll(imageNow, {timeout: 30_000}).toBe('luksa/kubia:v2');
		await screen.until('the end', text => text.includes('COMPLETE') && text.includes('luksa/kubia:v3 → luksa/kubia:v2'), 30_000);
		// One that came between two writes of the controller is refused and sent again.
		expect((await sentPatches()).filter(({responseStatus}) => responseStatus?.code === 200)).toHaveLength(1);
		expect(screen.text()).toMatch(/rolled back to revision 2/);
		expect(await history()).toEqual([expect.stringMatching(/^1 /), expect.stringMatching(/^3 /), expect.stringMatching(/^4 +second version/)]);
		await saysAsKubectl(namespace, watching, kubiaName);
	});

	test('v4 is good; t goes back to revision 1, which becomes the newest number', {timeout: 90_000}, async () => {
		await setSpec({minReadySeconds: 1});
		await setImage('v4');
		await screen.until('v4', text => text.includes('COMPLETE') && text.includes('luksa/kubia:v2 → luksa/kubia:v4'), 30_000);
		await screen.until('v4 answering', text => (mixRowOf(text, 'v4')?.count ?? 0) > 0);

		const list = await screen.pressFor('t', 'which revision');
		expect(list).toMatch(/▶ 5 .*\(now\)[\s\S]* 4 .*image v4→v2[\s\S]* 3 .*image v4→v3[\s\S]* 1 .*image v4→v1.*\(none\)/);
		screen.press(escapeKey);
		await screen.hides('which revision');
		const dialog = await chooseRevision(screen, 1);
		expect(dialog).toMatch(/luksa\/kubia:v4 → luksa\/kubia:v1/);
		expect(dialog).toMatch(/rollout undo [\s\S]*--to-revision=1/);
		await sayYes(screen);
		await screen.until('revision 6', text => /luksa\/kubia:v4 → luksa\/kubia:v1 +revision 5 → 6/.test(text) && text.includes('COMPLETE'), 30_000);
		expect(await history()).toEqual([3, 4, 5, 6].map(number => expect.stringMatching(new RegExp(`^${number} `))));
		const {workload} = await saysAsKubectl(namespace, watching, kubiaName);
		expect(workload).toMatchObject({revision: 6, images: ['luksa/kubia:v1']});
	});

	test('an image tag that does not exist is shown as what it is, in kubectl’s words', async () => {
		await setImage('v9');
		const failing = await screen.shows(/0\/1 +\S (ErrImagePull|ImagePullBackOff) /);
		expect(podRowOf(failing, 'ImagePull')).not.toBe('');
		await screen.shows(/✖ kubia-deploy-canary-\S+ .*luksa\/kubia:v9/);
		await screen.shows('ImagePullBackOff', 30_000);
		await saysAsKubectl(namespace, watching, kubiaName);
	});

	test('past its deadline the rollout is STALLED, and after the undo that is not held against the version that works', {timeout: 90_000}, async () => {
		await setSpec({progressDeadlineSeconds: 4});
		const stalled = await screen.shows('STALLED', 30_000);
		expect(stalled).toMatch(/exceeded its progress deadline/);
		expect((await watching.snapshot([`deploy/${kubiaName}`])).rollout.phase).toBe('stalled');
		expect((await watching.run([`deploy/${kubiaName}`, '--once'])).code).toBe(1);
		await saysAsKubectl(namespace, watching, kubiaName);

		// To a version that isn't running, so that the old condition stays for as long as the controller takes to make progress.
		await chooseRevision(screen, 5);
		const seen: string[] = [];
		const stop = screen.watch(text => seen.push(text));
		await sayYes(screen);
		await screen.until('v4', text => text.includes('COMPLETE') && /^ \S+ → luksa\/kubia:v4 /m.test(text), 30_000);
		stop();
		const after = seen.slice(seen.findIndex(text => /^ \S+ → luksa\/kubia:v4 /m.test(text)));
		expect(after.length).toBeGreaterThan(1);
		expect(after.filter(text => /STALLED/.test(text))).toEqual([]);
		await saysAsKubectl(namespace, watching, kubiaName);
	});

	test('quit gives the terminal back', () => quit(screen));
});

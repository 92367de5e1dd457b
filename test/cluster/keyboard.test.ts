import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import {openRollwatch, type Terminal} from '../e2e/terminal.ts';
import {type Recorder, startRecorder} from './differential/recorder.ts';
import {isOwnCluster} from './harness/suite-cluster.ts';
import {down, enter, sayYes} from './scenarios/watching.ts';
import {openStage, type Stage} from './situations/keyboard-stage.ts';
import {embeddedSide, realSide, type Side} from './situations/sides.ts';
import type {Change} from './situations/situation.ts';

const kubiaProbe = {httpGet: {path: '/', port: 8080}, periodSeconds: 1};
const good = 'registry.example/shop/testpage:0.8';
const newer = 'registry.example/shop/testpage:0.9';

/** A bad version that somebody has just shipped, and what the screen says of it. */
const rescues: readonly {readonly what: string; readonly before: Change; readonly bad: Change; readonly says: RegExp; readonly back: string}[] = [
	{
		what: 'a version that turns bad (kubia v3)',
		before: {container: {image: 'luksa/kubia:v2', readinessProbe: kubiaProbe}, spec: {minReadySeconds: 1}},
		bad: {container: {image: 'luksa/kubia:v3', readinessProbe: kubiaProbe}, spec: {minReadySeconds: 10}},
		says: /readiness probe GET :8080\/ answered 500/,
		back: 'luksa/kubia:v2',
	},
	{
		what: 'an image that does not exist',
		before: {container: {image: good}},
		bad: {container: {image: 'registry.example/shop/testpage:9.9'}},
		says: /can't pull image registry\.example\/shop\/testpage:9\.9: not found/,
		back: good,
	},
	{
		what: 'a version that crashes',
		before: {container: {image: good}},
		bad: {container: {image: 'registry.example/shop/crash:0.9'}},
		says: /container shop (crashes|ended|exits|crashed)/,
		back: good,
	},
];

describe.runIf(isOwnCluster()).each([
	['the real control plane', realSide, 21],
	['the embedded cluster', embeddedSide, 25],
] as const)('from the keyboard, on %s', (_name, start, firstNode) => {
	let side: Side;
	let recorder: Recorder;
	const screens: Terminal[] = [];

	beforeAll(async () => {
		side = await start(firstNode);
		recorder = await startRecorder(side.client);
	});
	afterEach(async () => {
		for (const screen of screens.splice(0)) {
			screen.kill('SIGKILL');
			await screen.exited;
		}
	});
	afterAll(async () => {
		recorder.stop();
		await side.stop();
	});

	let count = 0;
	const stageOf = (before: Change) => openStage({side, recorder, namespace: `keyboard-${++count}`}, before);
	const open = ({namespace}: Stage) => {
		const screen = openRollwatch(['deploy/shop', '-n', namespace, '--kubeconfig', side.kubeconfig], {});
		screens.push(screen);
		return screen;
	};

	test.each(rescues)('$what is rescued by few keys, on one screen', async ({before, bad, says, back}) => {
		const stage = await stageOf(before);
		const screen = open(stage);
		await screen.shows('COMPLETE', 30_000);
		await stage.change(bad);
		await screen.shows(says, 30_000);
		await screen.pressFor('u', 'Send it?');
		expect(screen.text()).toContain(back);
		expect(1 + (await sayYes(screen))).toBeLessThanOrEqual(5);
		await stage.until(({image}) => image === back);
		await screen.until('the end', text => text.includes('COMPLETE') && text.includes(back), 30_000);
		expect(screen.isAlternate()).toBe(true);
	});

	test('a rollout is paused, then resumed and undone by one patch, which kubectl refuses', async () => {
		const stage = await stageOf({container: {image: good}});
		const screen = open(stage);
		await screen.shows('COMPLETE', 30_000);
		await stage.change({container: {image: newer, readinessProbe: {tcpSocket: {port: 9090}, periodSeconds: 1}}});
		await screen.shows('PROGRESSING');
		await screen.pressFor('p', 'Send it?');
		await sayYes(screen);
		await stage.until(({paused}) => paused);
		await screen.shows('PAUSED');
		// What moves while one reads is asked again.
		await screen.shows(/1\/2 updated/);
		const {generation} = stage.seen();
		const dialog = await screen.pressFor('u', 'Send it?');
		expect(dialog).toMatch(/resume/i);
		await sayYes(screen);
		const after = await stage.until(({paused, image}) => !paused && image === good);
		expect(after.generation).toBe(generation + 1);
		await screen.shows('COMPLETE', 30_000);
	});

	test('restart, another image, one more pod, a pod deleted, and back over two changes at once', async () => {
		const stage = await stageOf({container: {image: good}});
		const screen = open(stage);
		await screen.shows('COMPLETE', 30_000);

		await screen.pressFor('R', 'Send it?');
		await sayYes(screen);
		await stage.until(({restartedAt}) => restartedAt !== undefined);
		await screen.until('all restarted', text => text.includes('COMPLETE') && /revision 1 → 2/.test(text), 30_000);

		await screen.pressFor('i', 'Which image for shop');
		// The tag's last digit.
		await screen.pressFor('\u007F', /testpage:0\.\s/);
		await screen.pressFor('9', 'testpage:0.9');
		await screen.pressFor(enter, 'Send it?');
		await sayYes(screen);
		await stage.until(({image}) => image === newer);
		await screen.until('the new image everywhere', text => text.includes('COMPLETE') && /revision 2 → 3/.test(text), 30_000);

		await screen.pressFor('s', /replicas/);
		screen.press('+');
		await screen.shows('--replicas=3');
		await sayYes(screen);
		await stage.until(({replicas}) => replicas === 3);
		await screen.shows('3/3', 30_000);

		// One that is ending already would not be replaced.
		await screen.shows('Pods · 3 ', 30_000);
		await screen.pressFor(down, '›Pods');
		// The screen may know of the third one before we do.
		const {pods} = await stage.until(now => now.pods.length === 3 && now.isComplete);
		await screen.pressFor('x', 'Send it?');
		// The question tries it on the API server, which must leave all where it is.
		await screen.shows('dry run: the API server accepts it');
		expect((await stage.until(({isComplete}) => isComplete)).pods).toEqual(pods);
		await sayYes(screen);
		await stage.until(now => now.pods.length === 3 && pods.some(name => !now.pods.includes(name)) && now.isComplete);
		await screen.hides('Send it?');

		// What ran before the last two changes: neither the image nor the restart. A plain undo would keep the restart.
		await screen.pressFor('U', 'the last change');
		await screen.pressFor('+', 'the last 2 changes');
		await screen.pressFor(enter, 'Send it?');
		await sayYes(screen);
		await stage.until(({image, restartedAt}) => image === good && restartedAt === undefined);
		await screen.until('all of it', text => text.includes('COMPLETE') && /revision \d → 4/.test(text), 30_000);
	});

	test('what a controller keeps is said before, and that it was taken back, after', async () => {
		const stage = await stageOf({container: {image: good}});
		// It applies all that stands in its repository: what tells that it keeps the workload, too, which an undo takes away with the annotations of its revision.
		const reconciled = async () => {
			await stage.patch({metadata: {annotations: {'argocd.argoproj.io/tracking-id': `shop:apps/Deployment:${stage.namespace}/shop`}}});
			await stage.change({container: {image: newer}});
		};
		await reconciled();
		await stage.until(({image, isComplete}) => image === newer && isComplete);
		const screen = open(stage);
		await screen.shows('COMPLETE', 30_000);
		const dialog = await screen.pressFor('u', 'Send it?');
		expect(dialog).toMatch(/Argo CD/);
		expect(dialog).toMatch(/revert/);
		await sayYes(screen);
		await stage.until(({image}) => image === good);
		await reconciled();
		await stage.until(({image, isComplete}) => image === newer && isComplete);
		await screen.until('what became of it', text => text.includes('COMPLETE') && text.includes(`→ ${newer}`) && takenBack.test(text), 30_000);
		// The same again, now that it is complete before the controller comes round.
		await screen.pressFor('u', 'Send it?');
		await sayYes(screen);
		await screen.shows(/Rolled back to revision \d (?:in|at once)/, 30_000);
		await reconciled();
		await screen.until('what became of it', text => text.includes('COMPLETE') && takenBack.test(text), 30_000);
	});
});

const takenBack = /Rolled back to revision \d, but \S+ later the template was changed back to revision \d's \(Argo CD keeps/;

import {execFile} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {connect} from 'node:net';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {describe, expect, test} from 'vitest';
import {cleanup} from '../cluster-io/harness/cleanup.ts';
import {env, folder, openDemo} from './open-demo.ts';
import {programPath, runProgram} from './program.ts';
import type {Terminal} from './terminal.ts';

const patienceMs = 60_000;

async function quit(screen: Terminal): Promise<void> {
	screen.press('q');
	expect(await screen.exited).toMatchObject({exitCode: 0});
}

/** Presses a key that asks, and answers yes. */
async function confirm(screen: Terminal, key: string): Promise<void> {
	await screen.pressFor(key, 'Send it?');
	screen.press('y');
	await screen.hides('Send it?');
}

/** Chooses a workload by a key, types how many replicas it shall have, and answers yes once the question says what happens. */
async function scaleTo(screen: Terminal, choose: string | undefined, name: string, replicas: string, says: string | RegExp): Promise<void> {
	// Two keys that are read at once are a paste, and no keys.
	if (choose === undefined) await screen.shows(new RegExp(`▶ +${name}`));
	else await screen.pressFor(choose, new RegExp(`▶ +${name}`));
	await screen.pressFor('s', `How many replicas of ${name}?`);
	await screen.pressFor(replicas, `Scale ${name} to ${replicas}?`);
	await screen.shows(says);
	screen.press('y');
	await screen.hides('Send it?');
}

describe('the scenarios, played to their end from the keyboard', () => {
	test('kubia: v3 blocks, undo rescues, a colleague ships v4, back to revision 1', {timeout: 2 * patienceMs}, async () => {
		const screen = openDemo('kubia --speed 5');
		const first = await screen.shows(/luksa\/kubia:v2 → luksa\/kubia:v3 +revision 2 → 3/);
		expect(first).toContain('v3 is rolling out and will block');
		await screen.shows(/readiness probe GET :8080\/ answered 500/);
		await confirm(screen, 'u');
		await screen.shows('Rescued.');
		await screen.shows(/✔ COMPLETE/);
		await screen.shows('v4 is good');
		await screen.shows('v4 serves everybody');
		await screen.pressFor('t', 'which revision');
		await screen.pressFor('\u001B[B', 'revision 3, ');
		await screen.pressFor('\u001B[B', 'revision 1, ');
		await screen.pressFor('\r', /luksa\/kubia:v4 → luksa\/kubia:v1/);
		screen.press('y');
		await screen.shows('That was kubia');
		await quit(screen);
		expect(screen.text()).toContain('successfully rolled out');
	});

	test('nginx: a pause as a canary, resume, an undo that flips', {timeout: 2 * patienceMs}, async () => {
		const screen = openDemo('nginx --speed 3');
		await screen.shows('Press p now');
		await confirm(screen, 'p');
		await screen.shows('‖ PAUSED');
		await screen.shows(/1\.16\.1 .*exp(?:ected)? [1-9]\d%/);
		await confirm(screen, 'r');
		await screen.shows('1.18.0 serves everybody');
		await confirm(screen, 'u');
		await screen.shows('Back on 1.16.1');
		await quit(screen);
	});

	test('testpage: five steps a pod, no failed request, a history of three', {timeout: 2 * patienceMs}, async () => {
		const screen = openDemo('testpage --speed 5');
		await screen.shows('0.9 comes in, pod by pod');
		const end = await screen.shows('Done, without a failed request');
		expect(end).not.toMatch(/✖ \d+%/);
		const revisions = await screen.pressFor('t', 'which revision');
		expect(revisions).toMatch(/image 0\.9→0\.8/);
		expect(revisions).toMatch(/image 0\.9→0\.6/);
		expect(revisions).not.toMatch(/image 0\.9→0\.5/);
		screen.press('\u001B');
		await screen.hides('which revision');
		await quit(screen);
	});

	test('steps: 20 %, then 90 %, then all, each once it is continued', {timeout: 3 * patienceMs}, async () => {
		const screen = openDemo('steps --speed 5');
		await screen.shows('20% get v2, and step 1 waits');
		await screen.shows(/Rollout is in step\(1\/2\), and you need manually confirm/);
		await screen.shows(/V2 .*\d+%/);
		await confirm(screen, 'n');
		await screen.shows('90% get v2, and step 2 waits');
		await screen.shows(/Rollout is in step\(2\/2\), and you need manually confirm/);
		await confirm(screen, 'n');
		await screen.shows('Everybody gets Demo: V2');
		await screen.shows(/✔ COMPLETE/);
		await quit(screen);
	});

	test('steps: suspended at the first step, and rolled back', {timeout: 3 * patienceMs}, async () => {
		const screen = openDemo('steps --speed 5');
		await screen.shows(/Rollout is in step\(1\/2\), and you need manually confirm/);
		await screen.shows('20% get v2, and step 1 waits');
		await confirm(screen, 'p');
		await screen.shows('Suspended: nothing moves');
		// What runs can't be rolled back: the key is offered once the workflow is suspended.
		await screen.shows('u undo');
		await confirm(screen, 'u');
		await screen.shows('Everybody gets Demo: V1');
		await quit(screen);
	});

	test.for([
		['bad-image', /ImagePullBackOff|ErrImagePull/, 'Nobody noticed'],
		['crash-loop', /CrashLoopBackOff/, 'users got 0.8'],
		['quota', /quota three-pods is full/, 'one pod more'],
		['stuck', /needs ConfigMap "settings", which does not exist/, 'Rescued'],
	] as const)('%s: blocked, seen why, undone', {timeout: 2 * patienceMs}, async ([name, why, end]) => {
		const screen = openDemo(`${name} --speed 5`);
		await screen.shows(why);
		// The cause may be read before the revisions are: until then there is none to go back to.
		await screen.shows('u undo');
		await confirm(screen, 'u');
		await screen.shows(end);
		await quit(screen);
	});

	test('two-deployments: scale the canary, change the selector, scale the old side to nothing', {timeout: 2 * patienceMs}, async () => {
		const screen = openDemo('two-deployments --speed 5');
		await screen.shows('1 of 7 pods answers as 1.18.0');
		await screen.shows(/nginx-v2 .* 1\/1 .* 14%/);
		await scaleTo(screen, '\u001B[B', 'nginx-v2', '6', /nginx-dm gets +86% → 50%/);
		await screen.shows('6 of 12 pods are new');
		await screen.shows(/nginx-v2 .* 6\/6 .* 50%/);
		await screen.pressFor('e', '▶ app=nginx-web');
		await screen.pressFor('a', 'NAME=VALUE');
		await screen.pressFor('version=v2', /^│? +version=v2 /m);
		const asked = await screen.pressFor('\r', '6 pods will match, 6 ready');
		// The line is as long as the kubeconfig's name, and wrapped somewhere.
		expect(asked.replace(/[\s│]+/g, ' ')).toContain('set selector service/nginx-svc app=nginx-web,version=v2 --resource-version=');
		expect(asked).not.toMatch(/nginx-dm-\w+-\w+ +ready/);
		screen.press('y');
		await screen.shows('Only nginx-v2 gets requests now');
		await screen.shows(/nginx-dm .*not selected/);
		await scaleTo(screen, '\u001B[A', 'nginx-dm', '0', 'All of its pods are stopped.');
		await screen.shows('everybody gets 1.18.0');
		expect(screen.text()).not.toMatch(/✖ \d+%/);
		// The workload's own screen, and back.
		await screen.pressFor('\r', 'svc/nginx-svc › deploy/nginx-dm');
		await screen.pressFor('\u001B', 'Workloads');
		await quit(screen);
		expect(screen.text()).toMatch(/svc\/nginx-svc +selector app=nginx-web,version=v2/);
	});

	test('canary-demo: which page, by the number of pods on either side', {timeout: 2 * patienceMs}, async () => {
		const screen = openDemo('canary-demo --speed 5 --interval 100ms');
		await screen.shows('1 of 4 pods shows the new page');
		await screen.shows(/nginx-deployment-canary .* 1\/1 .* 25% +\d+% \(\d+\)/);
		await screen.shows(/nginx-deployment-v1 .* 3\/3 .* 75% +\d+% \(\d+\)/);
		// The canary is the first by name.
		await scaleTo(screen, undefined, 'nginx-deployment-canary', '3', /25% → 50%/);
		await screen.shows('3 of 6 pods show the new page');
		await screen.shows(/nginx-deployment-canary .* 3\/3 .* 50%/);
		await scaleTo(screen, '\u001B[B', 'nginx-deployment-v1', '0', 'All of its pods are stopped.');
		await screen.shows('Everybody sees "Getting Started"');
		expect(screen.text()).not.toMatch(/✖ \d+%/);
		await quit(screen);
	});
});

describe('for scripts', () => {
	test('a snapshot as JSON', async () => {
		const {stdout, stderr, code} = await runProgram(['demo', '--once', '-o', 'json', '--samples', '3', '--interval', '50ms'], {env});
		expect(stderr).toBe('');
		expect(code).toBe(0);
		const snapshot = JSON.parse(stdout);
		expect(snapshot).toMatchObject({apiVersion: 'rollwatch/v1', workload: {name: 'kubia-deploy-canary', revision: 3}, rollout: {phase: 'progressing'}});
		expect(snapshot.sampler.samples).toBeGreaterThanOrEqual(3);
	});

	test.for(['--plain', '--once'])('never asks the addresses of its pods, which are not on this machine: %s', async mode => {
		const {stdout, stderr, code} = await runProgram(['demo', 'nginx', mode, '--curl', 'svc/nginx-svc', '--curl', 'pod-ips:80'], {env});
		expect(stderr).toMatch(/^error: --curl pod-ips:80: the demo’s pods and nodes have no address on this machine; ask pods instead\n/);
		expect([stdout, code]).toEqual(['', 2]);
	});

	test('asks each pod, ready or not, and waits for all of them', {timeout: patienceMs}, async () => {
		const {stdout, stderr, code} = await runProgram(
			['demo', 'nginx', '--once', '-o', 'json', '--curl', 'pods', '--curl', 'svc/nginx-svc', '-I', '--samples', '3'],
			{
				env,
			},
		);
		expect([stderr, code]).toEqual(['', 0]);
		const {pods, sampler} = JSON.parse(stdout);
		for (const {ip, answer} of pods) if (ip !== null) expect(answer).toMatch(/^(1\.1[68]\.\d|(proxy-)?503)/);
		expect(pods.length).toBeGreaterThanOrEqual(8);
		expect(sampler).toMatchObject({target: 'svc/nginx-svc', route: 'service-proxy'});
	});

	test.for([
		['kubia', 'stalled', 1],
		['testpage', 'complete', 0],
	] as const)('%s --plain --until %s ends with %i', {timeout: 2 * patienceMs}, async ([name, phase, expected]) => {
		const {stdout, code} = await runProgram(['demo', name, '--plain', '--until', phase, '--speed', '20', '--timeout', '60s'], {env});
		expect(code).toBe(expected);
		expect(stdout.split('\n').length).toBeGreaterThan(5);
	});

	test('what can be run is listed', async () => {
		const {stdout, code} = await runProgram(['demo', '--list'], {env});
		expect(code).toBe(0);
		for (const name of ['kubia', 'nginx', 'two-deployments', 'canary-demo', 'testpage', 'bad-image', 'crash-loop', 'quota', 'stuck', 'large'])
			expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
		expect(stdout).toMatch(/kubia: .*v3/);
	});

	test('an unknown scenario is refused with the list of those that are', async () => {
		const {stderr, code} = await runProgram(['demo', 'kubja'], {env});
		expect(code).toBe(2);
		expect(stderr).toContain('kubia, nginx, two-deployments');
	});
});

test('where no kubeconfig can be written the reason is told, and the program ends', async () => {
	const {stderr, code} = await runProgram(['demo', '--once'], {env: {TMPDIR: join(folder, 'nowhere')}});
	expect(code).toBe(1);
	expect(stderr).toContain('ENOENT');
});

describe('the cluster alone', () => {
	test('is there for another program, and leaves nothing behind', {timeout: patienceMs}, async () => {
		const stop = new AbortController();
		let output = '';
		let up: () => void = () => undefined;
		const isUp = new Promise<void>(resolve => {
			up = resolve;
		});
		const ended = runProgram(['demo', 'testpage', '--no-ui'], {
			env,
			signal: stop.signal,
			onStdout(text) {
				output += text;
				if (output.includes('Ctrl-C')) up();
			},
		});
		// Whatever fails here, the demo does not outlive it: those that follow look for what is left of theirs.
		cleanup(async () => {
			stop.abort();
			await ended;
		});
		await isUp;
		const kubeconfig = /^export KUBECONFIG=(\S+)$/m.exec(output)?.[1] ?? '';
		const address = /answers at http:\/\/127\.0\.0\.1:(\d+)\//.exec(output)?.[1];
		const {stdout} = await promisify(execFile)(process.execPath, [programPath(), 'testpage', '--once', '--kubeconfig', kubeconfig]);
		expect(stdout).toMatch(/^\*5 +testpage-/m);
		await expect(fetch(`http://127.0.0.1:${address}/`).then(answer => answer.text())).resolves.toMatch(/^I am: 10\.244\.\d+\.\d+, the version is: 0\.[89]\n$/);
		// Who may only look is told what a viewer is told.
		const viewer = ['testpage', '--once', '--kubeconfig', kubeconfig, '--context', 'demo-viewer', '--curl', 'svc/testpage', '--samples', '1'];
		// One answer is waited for; on a busy machine there may be more by the time that all is read.
		expect((await runProgram(viewer)).stdout).toMatch(/^mix svc\/testpage: proxy-forbidden 100% \([1-9]\d*\)/m);
		stop.abort();
		await ended;
		expect(existsSync(kubeconfig)).toBe(false);
		expect(readdirSync(folder)).toEqual([]);
		await expect(refuses(Number(address))).resolves.toBe('ECONNREFUSED');
	});

	test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('with the screen on it, %s leaves nothing behind either', async signal => {
		const screen = openDemo('');
		await screen.shows('q quit');
		screen.kill(signal);
		expect(await screen.exited).toMatchObject({exitCode: 130});
		expect(() => process.kill(screen.pid, 0)).toThrow('ESRCH');
		expect(readdirSync(folder)).toEqual([]);
	});
});

function refuses(port: number): Promise<string | undefined> {
	return new Promise(resolve => {
		const socket = connect({host: '127.0.0.1', port}, () => {
			socket.destroy();
			resolve(undefined);
		});
		socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
	});
}

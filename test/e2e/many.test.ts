import {expect, test} from 'vitest';
import {manyWorkloads} from '../app/many/many-workloads.ts';
import {kubeconfigText, writeFile} from '../cluster-io/harness/kubeconfig.ts';
import {runProgram} from './program.ts';
import {openRollwatch} from './terminal.ts';

async function clusterOf() {
	const many = await manyWorkloads();
	const kubeconfig = writeFile('config', kubeconfigText(many.api.url, {user: {token: 'admin'}, context: {namespace: 'web'}}));
	return {...many, env: {KUBECONFIG: kubeconfig}};
}

test('a workload of another namespace opens in its own, and Esc leads back to where the list stood', async () => {
	const {add, change, env} = await clusterOf();
	await add('kubia');
	await add('kubia', {namespace: 'shop', standing: 'paused'});
	const screen = openRollwatch(['-A'], {columns: 100, rows: 24, env});
	expect(await screen.shows('1 paused · 1 complete')).toMatch(/▶ shop +deploy\/kubia +‖ PAUSED/);
	await screen.pressFor('\r', /test \/ shop \/ deploy\/kubia[\s\S]*PAUSED/);
	await change('kubia', {standing: 'progressing'});
	await screen.pressFor('\u001B', /▶ shop +deploy\/kubia[\s\S]* web +deploy\/kubia +◌ PROGRESSING/);
	screen.press('q');
	expect(await screen.exited).toMatchObject({exitCode: 0});
	expect(screen.isAlternate()).toBe(false);
	expect(screen.text()).toContain('test / all namespaces  1 paused · 1 progressing');
});

test('the codes tell what several ended with', async () => {
	const {add, env} = await clusterOf();
	await add('done');
	await add('held', {standing: 'paused'});
	await add('broken', {standing: 'stalled'});
	await add('rolling', {standing: 'progressing'});
	const code = async (...args: readonly string[]) => (await runProgram(args, {env})).code;
	expect(await code('deploy/done', 'deploy/held', '--plain')).toBe(4);
	expect(await code('deploy/done', 'deploy/held', 'deploy/broken', '--plain')).toBe(1);
	expect(await code('deploy/done', 'deploy/rolling', '--until-complete', '--timeout', '1s')).toBe(3);
	expect(await code('deploy/done', 'deploy/nobody', '--plain')).toBe(6);
	expect(await code('-l', 'app=nobody', '--until-complete')).toBe(6);
	expect(await code('-l', 'app in (', '--once')).toBe(2);
	expect(await code('--all', '--once')).toBe(1);
});

test.each([
	['rollout/kubia', 'this cluster has no Argo Rollouts (rollouts.argoproj.io is not served)'],
	['rollouts.kruise.io/kubia', 'this cluster has no OpenKruise Rollouts (rollouts.rollouts.kruise.io is not served)'],
	['app/kubia', 'this cluster has no KubeVela Applications (applications.core.oam.dev is not served)'],
])('%s ends at once where the cluster has no such kind, in each mode', async (target, sentence) => {
	const {env} = await clusterOf();
	for (const mode of ['--plain', '--once']) expect(await runProgram([target, mode], {env})).toMatchObject({code: 6, stderr: expect.stringContaining(sentence)});
	const screen = openRollwatch([target], {columns: 100, rows: 24, env});
	expect(await screen.exited).toMatchObject({exitCode: 6});
	expect(screen.text().replaceAll('\n', '')).toContain(sentence);
});

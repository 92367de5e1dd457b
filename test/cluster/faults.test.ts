import {spawn} from 'node:child_process';
import {randomInt} from 'node:crypto';
import {once} from 'node:events';
import {delimiter, dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {suiteCluster} from './harness/suite-cluster.ts';

const program = fileURLToPath(new URL('../faults/run.mjs', import.meta.url));
const seed = process.env.FAULTS_SEED ?? String(randomInt(1_000_000));

// The short version of `npm run faults -- network`: about a minute of short faults; the same seed plays the same ones again. How
// long anything takes is for that program to judge: here it is only that it comes, and that nothing is lost, left over or asked too often.
test(`faults of the network lose nothing and are told as what they are (FAULTS_SEED=${seed})`, {timeout: 240_000}, async () => {
	const {kubeconfig, kubectlProgram} = suiteCluster();
	const env = {...process.env, KUBECONFIG: kubeconfig, PATH: `${dirname(kubectlProgram)}${delimiter}${process.env.PATH}`};
	const args = [program, 'network', '--only', 'mixes', '--minutes', '1', '--longest', '7', '--patience', '6', '--seed', seed];
	const child = spawn(process.execPath, args, {env, stdio: ['ignore', 'pipe', 'pipe']});
	let told = '';
	for (const output of [child.stdout, child.stderr]) output.setEncoding('utf8').on('data', text => (told += text));
	const [code] = await once(child, 'close');
	expect(code, told).toBe(0);
	expect(told).toContain('random mixes');
});

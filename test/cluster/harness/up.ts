// `node test/cluster/run.mjs --up [-- COMMAND ARGS]`: the suite's cluster for a person, a tmux session or a benchmark.
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {delimiter, dirname} from 'node:path';
import {startCluster} from './cluster.ts';
import type {ClusterInfo} from './cluster-access.ts';

const {info, stop} = await startCluster();
const [program, ...args] = process.argv.slice(2);
process.exitCode = program === undefined ? await untilInterrupted(info) : await runCommand(program, args, info);
await stop();

async function untilInterrupted(info: ClusterInfo): Promise<number> {
	process.stdout.write(`export KUBECONFIG=${info.kubeconfig}\nexport PATH=${dirname(info.kubectlProgram)}:$PATH\nThe cluster is up. Ctrl-C ends it.\n`);
	// A pending signal listener alone does not keep Node running.
	const keepAlive = setInterval(() => {}, 60_000);
	await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(process, 'SIGHUP')]);
	clearInterval(keepAlive);
	return 0;
}

async function runCommand(program: string, args: readonly string[], info: ClusterInfo): Promise<number> {
	// The terminal's Ctrl-C is meant for the command; we end when it does.
	process.on('SIGINT', () => {});
	const path = `${dirname(info.kubectlProgram)}${delimiter}${process.env.PATH}`;
	const child = spawn(program, args, {stdio: 'inherit', env: {...process.env, KUBECONFIG: info.kubeconfig, PATH: path}});
	try {
		const [code] = await once(child, 'close');
		return code ?? 1;
	} catch (error) {
		process.stderr.write(`cannot run ${program}: ${error instanceof Error ? error.message : error}\n`);
		return 127;
	}
}

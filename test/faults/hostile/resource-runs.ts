import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {misdeeds, startBadServer} from './bad-servers.ts';
import {startHostileApi} from './hostile-api.ts';
import {envOf, kubeconfig} from './program-runs.ts';

/** How the program came through: its exit code (undefined: it had to be stopped), its last words, and the most memory that it held, in MB. */
export type ResourceRun = {readonly what: string; readonly code: number | null | undefined; readonly said: string; readonly mostMb: number};

/** `VmHWM` of a process in MB; 0 where nobody tells. */
function mostMemoryOf(pid: number | undefined): number {
	try {
		return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
	} catch {
		return 0;
	}
}

type Asked = {readonly what: string; readonly program: string; readonly server: string; readonly args: readonly string[]};

function measured({what, program, server, args}: Asked): Promise<ResourceRun> {
	const folder = mkdtempSync(join(tmpdir(), 'rollwatch-resources-'));
	writeFileSync(join(folder, 'kubeconfig'), kubeconfig(server, {token: 'x'}, 'test'));
	return new Promise(resolve => {
		const child = spawn(process.execPath, [program, ...args], {env: envOf({program, folder, web: ''}, 'kubeconfig'), stdio: ['ignore', 'pipe', 'pipe']});
		let said = '';
		let mostMb = 0;
		let stopped = false;
		const timer = setTimeout(() => {
			stopped = true;
			child.kill('SIGKILL');
		}, 40_000);
		const look = setInterval(() => {
			mostMb = Math.max(mostMb, mostMemoryOf(child.pid));
		}, 20);
		for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', text => (said += text));
		child.on('close', code => {
			clearTimeout(timer);
			clearInterval(look);
			rmSync(folder, {recursive: true, force: true});
			resolve({what, code: stopped ? undefined : code, said, mostMb: Math.round(mostMb)});
		});
	});
}

/** The program against servers that send more than anybody can hold, in the place of the API server and in that of what the curl loop asks. */
export async function runOutOfBounds(program: string): Promise<readonly ResourceRun[]> {
	const runs: ResourceRun[] = [];
	const api = await startHostileApi();
	for (const misdeed of Object.keys(misdeeds)) {
		const bad = await startBadServer(misdeed);
		try {
			runs.push(
				await measured({
					what: `the API server sends ${misdeed}`,
					program,
					server: bad.url,
					args: ['deploy/shop', '--once', '--timeout', '15s', '--request-timeout', '5s'],
				}),
			);
			const curl = ['deploy/shop', '--once', '--timeout', '25s', '--curl', bad.url, '--samples', '3', '--interval', '200ms', '--curl-timeout', '2s'];
			runs.push(await measured({what: `the sampled server sends ${misdeed}`, program, server: api.url, args: curl}));
		} finally {
			await bad.close();
		}
	}
	await api.close();
	return runs;
}

import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {buildSync} from 'esbuild';
import {expect, test, vi} from 'vitest';
import {manyWorkloads} from '../../app/many/many-workloads.ts';
import {cleanup} from '../../cluster-io/harness/cleanup.ts';
import {kubeconfigText, writeFile} from '../../cluster-io/harness/kubeconfig.ts';
import {openRollwatch} from '../../e2e/terminal.ts';
import type {Reading} from './trend.ts';

const patienceMs = 60_000;
const replicaSets = 'Map of string → {kind,uid,name,namespace,resourceVersion,createdAt,deletedAt}';

test('a workload that is opened from the list and closed again leaves nothing', {timeout: 3 * patienceMs}, async () => {
	const folder = mkdtempSync(join(tmpdir(), 'rollwatch-soak-'));
	cleanup(() => rmSync(folder, {recursive: true, force: true}));
	const meter = join(folder, 'meter.mjs');
	buildSync({entryPoints: ['test/faults/soak/meter.ts'], outfile: meter, bundle: true, platform: 'node', format: 'esm', target: 'node20.19'});
	const readings = join(folder, 'readings');
	const preload = pathToFileURL(meter);
	preload.search = new URLSearchParams({file: readings}).toString();
	// What has no end yet is still being written.
	const lines = () => (existsSync(readings) ? readFileSync(readings, 'utf8').split('\n').slice(0, -1) : []);
	const {add, api} = await manyWorkloads();
	await add('kubia');
	const KUBECONFIG = writeFile('config', kubeconfigText(api.url, {user: {token: 'admin'}, context: {namespace: 'web'}}));
	const screen = openRollwatch(['--all'], {env: {KUBECONFIG, NODE_OPTIONS: `--import ${preload.href}`}});
	cleanup(async () => {
		screen.kill('SIGKILL');
		await screen.exited;
	});
	await screen.shows('deploy/kubia', patienceMs);
	/** How many maps of workloads and ReplicaSets there are now. */
	const mapsOfObjects = async () => {
		const before = lines().length;
		screen.kill('SIGUSR2');
		await vi.waitUntil(() => lines().length > before, {timeout: patienceMs});
		const reading: Reading = JSON.parse(lines().at(-1) ?? '');
		return reading.holdings[replicaSets]?.count ?? 0;
	};
	const openAndClose = async (times: number) => {
		for (let time = 0; time < times; time++) {
			await screen.pressFor('\r', '╭ Timeline', patienceMs);
			screen.press('\u001B');
			await screen.hides('╭ Timeline', patienceMs);
		}
	};
	await openAndClose(3);
	const few = await mapsOfObjects();
	await openAndClose(8);
	expect(await mapsOfObjects()).toBeLessThan(few + 4);
});

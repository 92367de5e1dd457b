import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {bundled} from '../../bench/bundled.mjs';
import {openAccess} from './access.mjs';
import {startProgram} from './program.mjs';
import {startProxy} from './proxy.mjs';
import {untilTrue} from './round.mjs';
import {createScene, createWriter, workload} from './writer.mjs';

const patienceMs = 60_000;
const stepClock = new URL('step-clock.mjs', import.meta.url).href;

/** Everything that a round needs, on the cluster of KUBECONFIG. @param {import('./random.mjs').Random} random @param {number} [patience] see `Stage` */
export async function openStage(random, patience = 1) {
	const folder = mkdtempSync(join(tmpdir(), 'rollwatch-faults-'));
	const process_ = bundled(new URL('program-process.mjs', import.meta.url).href);
	const access = await openAccess();
	const proxy = await startProxy(await openAccess(), folder);
	const scene = await createScene(access);
	const {namespace} = scene;
	const kubeconfig = proxy.kubeconfigFor('program', namespace);
	const clockFile = join(folder, 'clock');
	// The screen gets it from there, too.
	process.env.CLOCK_FILE = clockFile;
	const program = startProgram(process_.file, {kubeconfig, namespace, name: workload, imports: [stepClock]});
	const truth = startProgram(process_.file, {kubeconfig: process.env.KUBECONFIG ?? '', namespace, name: workload});
	const writer = createWriter(access, namespace, random);
	const stage = {proxy, program, truth, writer, namespace, clockFile, patience};
	const close = async () => {
		await Promise.all([program.close(), truth.close()]);
		await proxy.close();
		await scene.remove();
		access.agent.destroy();
		process_.remove();
		rmSync(folder, {recursive: true, force: true});
	};
	try {
		await program.follow();
		const {wrong} = await untilTrue(stage, patienceMs);
		if (wrong.length > 0) throw new Error(`the program did not even begin well: ${wrong.slice(0, 5).join('; ')}`);
		return {...stage, close};
	} catch (error) {
		await close();
		throw error;
	}
}

/** @typedef {Awaited<ReturnType<typeof openStage>>} OpenStage */

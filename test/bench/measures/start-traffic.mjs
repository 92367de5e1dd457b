import {programOn} from '../program.mjs';
import {whenComplete} from './start-up.mjs';
import {countWhenQuiet, introduce, trafficRows, watchWithThree} from './traffic.mjs';

/**
 * What a start asks of the API server until it is quiet, next to the three kubectls that show the same.
 * @param {string} file
 * @param {import('../workload.mjs').Workload} workload
 * @param {import('../tap/tap.mjs').Tap} tap
 */
export async function measureStartTraffic(file, workload, tap) {
	const [way, peerWay] = [await tap.open('program'), await tap.open('kubectl')];
	await introduce(peerWay);
	const [before, peerBefore] = [await way.count(), await peerWay.count()];
	const peers = watchWithThree(workload, peerWay);
	peers.startStatus();
	const screen = programOn(file, workload, way.kubeconfig).screen();
	try {
		await Promise.all([whenComplete(screen, workload), peers.pods.whenLines(workload.size + 1)]);
		const [ours, theirs] = await Promise.all([countWhenQuiet(way, before), countWhenQuiet(peerWay, peerBefore)]);
		return trafficRows('start', workload.size, ours, theirs);
	} finally {
		await Promise.all([screen.close(), peers.close()]);
	}
}

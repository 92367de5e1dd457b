// A control plane of one's own with a node, in a process of its own, that dies and comes back as it is told over IPC.
import {cp, rm} from 'node:fs/promises';
import {startControlPlane} from '../../cluster/harness/control-plane.ts';
import {startTestNode} from '../../cluster/harness/node.ts';

/** A number that no node of the suite has: pods get addresses by it. */
const nodeNumber = 7;

const controlPlane = await startControlPlane();
const {etcdFolder} = controlPlane;
const copy = `${etcdFolder}.copy`;
const join = () => startTestNode(controlPlane.info, nodeNumber);
let node = await join();

/** All die, `change` is made to what etcd keeps, and all come back. @param {() => Promise<void>} change */
async function withoutPower(change) {
	await controlPlane.killAll();
	await node.stop();
	await change();
	await controlPlane.startAll();
	node = await join();
}

const deeds = {
	kill: () => controlPlane.killApiServer(),
	start: () => controlPlane.startApiServer(),
	/** As it is now can be come back to. */
	keep: () => withoutPower(() => cp(etcdFolder, copy, {recursive: true})),
	/** Resource versions go back with everything else. */
	restore: () =>
		withoutPower(async () => {
			await rm(etcdFolder, {recursive: true});
			await cp(copy, etcdFolder, {recursive: true});
		}),
	async stop() {
		await node.stop();
		await controlPlane.stop();
	},
};

process.on('disconnect', () => void controlPlane.stop().finally(() => process.exit()));
process.on('message', async (/** @type {{id: number, ask: keyof typeof deeds}} */ {id, ask}) => {
	try {
		await deeds[ask]();
		process.send?.({type: 'answer', id});
	} catch (error) {
		process.send?.({type: 'answer', id, error: error instanceof Error ? error.stack : String(error)});
	}
});
process.send?.({type: 'up', kubeconfig: controlPlane.info.kubeconfig});

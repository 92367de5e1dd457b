import {isNotFound} from '../../api-client.ts';
import {type Controller, type ControllerContext, involved} from '../context.ts';
import type {Node, Pod} from '../kinds.ts';
import {podPath} from '../paths.ts';
import {createWorkQueue} from '../work-queue.ts';
import {evictionTime, taintsFor} from './node-health.ts';

/** Gives nodes the taints of their readiness, and takes pods off them that put up with those no longer (kubernetes: pkg/controller/tainteviction). */
export function createTaintEviction({api, clock, informers, recorder}: ControllerContext): Controller {
	const {nodes, pods} = informers;
	const events = recorder('taint-eviction-controller');
	const sync = async (name: string) => {
		const node = nodes.get(name);
		if (node === undefined) return;
		const taints = taintsFor(node, clock.now());
		if (taints !== undefined) await taint(node, taints);
		for (const pod of pods.with('node', name)) if (pod.metadata.deletionTimestamp === undefined) await evictInTime(pod, node);
	};
	const evictInTime = async (pod: Pod, node: Node) => {
		const {namespace, name} = pod.metadata;
		const at = evictionTime(pod, node, clock.now());
		if (at === undefined) return;
		if (at > clock.now()) return queue.addAfter(node.metadata.name, at - clock.now());
		events.record(involved(pod), 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${namespace}/${name}`);
		await remove(podPath(namespace, name));
	};
	const taint = ({metadata: {name, resourceVersion}}: Node, taints: readonly object[]) =>
		api.send({
			method: 'PATCH',
			path: `/api/v1/nodes/${name}`,
			body: {metadata: {resourceVersion}, spec: {taints}},
			contentType: 'application/merge-patch+json',
		});
	const remove = async (path: string) => {
		try {
			await api.send({method: 'DELETE', path});
		} catch (error) {
			if (!isNotFound(error)) throw error;
		}
	};
	const queue = createWorkQueue({clock, sync});
	nodes.onChange(({now}) => {
		if (now !== undefined && (taintsFor(now, clock.now()) !== undefined || isEvicting(now))) queue.add(now.metadata.name);
	});
	pods.onChange(({before, now}) => {
		const node = nodes.get(now?.spec.nodeName ?? '');
		if (before?.spec.nodeName !== now?.spec.nodeName && node !== undefined && isEvicting(node)) queue.add(node.metadata.name);
	});
	return queue;
}

function isEvicting({spec}: Node): boolean {
	return spec?.taints?.some(({effect}) => effect === 'NoExecute') === true;
}

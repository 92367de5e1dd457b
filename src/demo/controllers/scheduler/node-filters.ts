import type {Pod, Taint, Toleration} from '../kinds.ts';
import {fitsNode, namedNodes} from './node-affinity.ts';
import type {NodeRoom} from './node-room.ts';
import type {Requests} from './pod-requests.ts';

/** Why a node is not for a pod. */
export interface Refusal {
	readonly reasons: readonly string[];
	/** It would not help if other pods were put off the node. */
	readonly isForGood: boolean;
	/** It is about room: worth another look when a pod goes, whatever it took. */
	readonly lacksRoom: boolean;
}

const unschedulable: Taint = {key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule'};

/** The first of upstream's filters that a pod with these requests fails on the node; undefined when it may run there. */
export function refusalOf(pod: Pod, requests: Requests, room: NodeRoom): Refusal | undefined {
	const {spec, metadata} = room.node;
	const {tolerations = []} = pod.spec;
	if (namedNodes(pod.spec)?.includes(metadata.name) === false) return forGood("node(s) didn't satisfy plugin(s) [NodeAffinity]");
	if (spec?.unschedulable === true && !isTolerated(unschedulable, tolerations)) return forGood('node(s) were unschedulable');
	const taints = spec?.taints?.filter(({effect}) => effect === 'NoSchedule' || effect === 'NoExecute') ?? [];
	if (!taints.every(taint => isTolerated(taint, tolerations))) return forGood('node(s) had untolerated taint(s)');
	if (!fitsNode(pod.spec, room.node)) return forGood("node(s) didn't match Pod's node affinity/selector");
	return lackOfRoom(requests, room);
}

function forGood(reason: string): Refusal {
	return {reasons: [reason], isForGood: true, lacksRoom: false};
}

function lackOfRoom({milliCpu, memory}: Requests, {allocatable, requested, pods}: NodeRoom): Refusal | undefined {
	const reasons = [
		...(pods + 1 > allocatable.pods ? ['Too many pods'] : []),
		...(milliCpu > 0 && milliCpu > allocatable.milliCpu - requested.milliCpu ? ['Insufficient cpu'] : []),
		...(memory > 0 && memory > allocatable.memory - requested.memory ? ['Insufficient memory'] : []),
	];
	if (reasons.length === 0) return undefined;
	return {reasons, isForGood: milliCpu > allocatable.milliCpu || memory > allocatable.memory, lacksRoom: true};
}

/** Whether one of the tolerations covers a taint (kubernetes: core/v1 Toleration.ToleratesTaint). */
export function isTolerated(taint: Taint, tolerations: readonly Toleration[]): boolean {
	return tolerations.some(({key = '', operator = 'Equal', value = '', effect = ''}) => {
		if (effect !== '' && effect !== taint.effect) return false;
		if (key !== '' && key !== taint.key) return false;
		if (operator === 'Exists') return true;
		return key !== '' && operator === 'Equal' && value === (taint.value ?? '');
	});
}

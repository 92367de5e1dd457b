import type {Node} from '../kinds.ts';
import {fitsNode} from '../scheduler/node-affinity.ts';
import {isTolerated} from '../scheduler/node-filters.ts';
import {daemonTolerations} from './daemon-pod.ts';
import type {DaemonSet} from './daemon-set.ts';

/** Whether a set wants a pod on a node, and whether one that is there may stay. */
export interface NodeWish {
	readonly shouldRun: boolean;
	readonly mayStay: boolean;
}

const no: NodeWish = {shouldRun: false, mayStay: false};

/** By the node's name, labels and taints; whether there is room is the scheduler's question (kubernetes: daemon_controller.go NodeShouldRunDaemonPod). */
export function nodeWish({spec: {template}}: DaemonSet, node: Node): NodeWish {
	const {nodeName = ''} = template.spec;
	if ((nodeName !== '' && nodeName !== node.metadata.name) || !fitsNode(template.spec, node)) return no;
	const tolerations = daemonTolerations(template.spec);
	const refused = (node.spec?.taints ?? []).filter(taint => !isTolerated(taint, tolerations)).map(({effect}) => effect);
	return {shouldRun: !refused.includes('NoSchedule') && !refused.includes('NoExecute'), mayStay: !refused.includes('NoExecute')};
}

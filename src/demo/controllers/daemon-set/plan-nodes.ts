import type {Node, Pod} from '../kinds.ts';
import {isAvailable, isReady} from '../pods.ts';
import {byPlacementAndAge, revisionLabel} from './daemon-pod.ts';
import type {DaemonSet} from './daemon-set.ts';
import {allowsSurge} from './limits.ts';
import {nodeWish} from './should-run.ts';

/** What a set's pods are, by node; those that have ended and are being removed left out. */
export type PodsByNode = ReadonlyMap<string, readonly Pod[]>;

/** What to do about a set's pods. */
export interface NodePlan {
	/** Names of nodes that need a pod. */
	readonly nodes: readonly string[];
	readonly pods: readonly Pod[];
	/** Pods that have ended by themselves, and are not to be mourned yet or to be replaced; whoever carries the plan out decides. */
	readonly ended: readonly {readonly pod: Pod; readonly node: string}[];
}

/** What is known when a plan is made. */
export interface DaemonSituation {
	readonly set: DaemonSet;
	readonly nodes: readonly Node[];
	readonly podsByNode: PodsByNode;
	/** Of the newest template. */
	readonly hash: string;
	readonly nowMs: number;
}

/** One pod for each node that should have one, and none elsewhere (kubernetes: daemon_controller.go manage). */
export function planNodes(situation: DaemonSituation): NodePlan {
	const {nodes, podsByNode} = situation;
	const plans = nodes.map(node => planNode(node, podsByNode.get(node.metadata.name), situation));
	const known = new Set(nodes.map(({metadata}) => metadata.name));
	// Nobody else would ever remove them: they have no node, and theirs will not come.
	const stranded = [...podsByNode].filter(([name]) => !known.has(name)).flatMap(([, pods]) => pods.filter(({spec}) => spec.nodeName === undefined));
	return {
		nodes: plans.flatMap(plan => plan.nodes),
		pods: [...plans.flatMap(plan => plan.pods), ...stranded],
		ended: plans.flatMap(plan => plan.ended),
	};
}

const nothing: NodePlan = {nodes: [], pods: [], ended: []};

/** kubernetes: daemon_controller.go podsShouldBeOnNode. */
function planNode(node: Node, pods: readonly Pod[] | undefined, situation: DaemonSituation): NodePlan {
	const {set} = situation;
	const {name} = node.metadata;
	const {shouldRun, mayStay} = nodeWish(set, node);
	if (shouldRun && pods === undefined) return {...nothing, nodes: [name]};
	const staying = (pods ?? []).filter(({metadata}) => metadata.deletionTimestamp === undefined);
	if (!mayStay) return {...nothing, pods: staying};
	const ended = staying.filter(hasEnded).map(pod => ({pod, node: name}));
	const running = staying.filter(pod => !hasEnded(pod)).toSorted(byPlacementAndAge);
	if (!allowsSurge(set)) return {nodes: [], pods: running.slice(1), ended};
	if (running.length === 0 && shouldRun) return {nodes: [name], pods: [], ended};
	return {nodes: [], pods: surplusWhileSurging(running, situation), ended};
}

function hasEnded({status}: Pod): boolean {
	return status?.phase === 'Failed' || status?.phase === 'Succeeded';
}

/** One old and one new pod may stand beside each other until the new one can take over. */
function surplusWhileSurging(running: readonly Pod[], {set, hash, nowMs}: DaemonSituation): readonly Pod[] {
	if (running.length <= 1) return [];
	const isNew = ({metadata}: Pod) => metadata.labels?.[revisionLabel] === hash;
	const newest = running.find(isNew);
	const old = running.find(pod => !isNew(pod));
	const surplus = running.filter(pod => pod !== newest && pod !== old);
	if (newest === undefined || old === undefined) return surplus;
	return !isReady(old) || isAvailable(newest, set.spec.minReadySeconds ?? 0, nowMs) ? [...surplus, old] : surplus;
}

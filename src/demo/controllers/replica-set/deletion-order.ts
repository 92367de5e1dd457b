import type {Pod} from '../kinds.ts';
import {isActive, isReady, readySince} from '../pods.ts';

const phases = ['Pending', 'Unknown', 'Running'];
const costAnnotation = 'controller.kubernetes.io/pod-deletion-cost';

/** What the order is made of; gathered once per pod, because sorting asks often. */
interface Ranked {
	readonly pod: Pod;
	readonly isScheduled: boolean;
	readonly phase: number;
	readonly isReady: boolean;
	readonly cost: number;
	readonly neighbours: number;
	readonly readySince: number | undefined;
	readonly restarts: number;
	readonly sidecarRestarts: number;
	readonly createdAt: number;
}

/**
 * The `count` pods of a ReplicaSet that go first when it shrinks. `related` are the pods of all ReplicaSets of the same owner, which may be its
 * neighbours on a node. kubernetes: controller_utils.go ActivePodsWithRanks, eight rules in this order.
 */
export function podsToDelete(pods: readonly Pod[], related: Iterable<Pod>, count: number, nowMs: number): readonly Pod[] {
	if (count >= pods.length) return pods;
	const onNode = new Map<string, number>();
	for (const pod of related) if (isActive(pod)) onNode.set(nodeOf(pod), (onNode.get(nodeOf(pod)) ?? 0) + 1);
	return pods
		.map(pod => rank(pod, onNode.get(nodeOf(pod)) ?? 0))
		.sort((left, right) => compare(left, right, nowMs))
		.slice(0, count)
		.map(({pod}) => pod);
}

function nodeOf({spec}: Pod): string {
	return spec.nodeName ?? '';
}

function rank(pod: Pod, neighbours: number): Ranked {
	const {containerStatuses = [], initContainerStatuses = []} = pod.status ?? {};
	const sidecars = new Set(pod.spec.initContainers?.filter(({restartPolicy}) => restartPolicy === 'Always').map(({name}) => name));
	return {
		pod,
		isScheduled: nodeOf(pod) !== '',
		phase: Math.max(0, phases.indexOf(pod.status?.phase ?? '')),
		isReady: isReady(pod),
		cost: deletionCost(pod),
		neighbours,
		readySince: readySince(pod),
		restarts: Math.max(0, ...containerStatuses.map(({restartCount}) => restartCount)),
		sidecarRestarts: Math.max(0, ...initContainerStatuses.filter(({name}) => sidecars.has(name)).map(({restartCount}) => restartCount)),
		createdAt: Date.parse(pod.metadata.creationTimestamp),
	};
}

/** A whole number without a plus sign or leading zeros; anything else counts as 0. */
function deletionCost({metadata}: Pod): number {
	const cost = metadata.annotations?.[costAnnotation] ?? '';
	return /^(0|-?[1-9]\d{0,9})$/.test(cost) ? Number(cost) : 0;
}

function compare(left: Ranked, right: Ranked, nowMs: number): number {
	return (
		Number(left.isScheduled) - Number(right.isScheduled) ||
		left.phase - right.phase ||
		Number(left.isReady) - Number(right.isReady) ||
		left.cost - right.cost ||
		right.neighbours - left.neighbours ||
		(left.isReady && right.isReady ? compareAges(left, right, left.readySince, right.readySince, nowMs) : 0) ||
		right.restarts - left.restarts ||
		right.sidecarRestarts - left.sidecarRestarts ||
		compareAges(left, right, left.createdAt, right.createdAt, nowMs)
	);
}

/** The younger first, but ages of the same order of magnitude are alike: there the uid decides, so that the youngest is not always the victim. */
function compareAges(left: Ranked, right: Ranked, leftMs: number | undefined, rightMs: number | undefined, nowMs: number): number {
	if (leftMs === rightMs) return 0;
	if (leftMs === undefined || rightMs === undefined) return leftMs === undefined ? -1 : 1;
	const difference = magnitude(nowMs - leftMs) - magnitude(nowMs - rightMs);
	if (difference !== 0) return difference;
	return left.pod.metadata.uid < right.pod.metadata.uid ? -1 : 1;
}

/** The age's power of two in nanoseconds; -1 for what is to come. */
function magnitude(ageMs: number): number {
	return ageMs > 0 ? Math.floor(Math.log2(ageMs * 1_000_000)) : -1;
}

import {apiTime} from '../../clock.ts';
import type {Condition, Node, Pod, Taint} from '../kinds.ts';
import {isTolerated} from '../scheduler/node-filters.ts';

const notReady = 'node.kubernetes.io/not-ready';
const unreachable = 'node.kubernetes.io/unreachable';
const reported = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** What tells that a node lives: anything new in it is a sign of life. */
export function lifeSign(node: Node, lease: {readonly spec?: unknown} | undefined): string {
	const heartbeat = (readyOf(node) as {lastHeartbeatTime?: string} | undefined)?.lastHeartbeatTime;
	return `${heartbeat} ${(lease?.spec as {renewTime?: string} | undefined)?.renewTime}`;
}

/** The node's Ready condition. */
export function readyOf({status}: Node): Condition | undefined {
	return status?.conditions?.find(({type}) => type === 'Ready');
}

/** The conditions of a node that has fallen silent, those that say so already left out (kubernetes: node_lifecycle_controller.go tryUpdateNodeHealth). */
export function silentConditions(node: Node, nowMs: number): readonly object[] {
	return reported.flatMap((type): object[] => {
		const known = node.status?.conditions?.find(condition => condition.type === type);
		const lastTransitionTime = apiTime(nowMs);
		if (known === undefined) {
			const {creationTimestamp} = node.metadata;
			const message = 'Kubelet never posted node status.';
			return [{type, status: 'Unknown', reason: 'NodeStatusNeverUpdated', message, lastHeartbeatTime: creationTimestamp, lastTransitionTime}];
		}
		if (known.status === 'Unknown') return [];
		return [{type, status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.', lastTransitionTime}];
	});
}

/** The taints that a node should have for its readiness; undefined when it has them. Those of others stay. */
export function taintsFor(node: Node, nowMs: number): readonly Taint[] | undefined {
	const status = readyOf(node)?.status;
	if (status === undefined) return undefined;
	const key = status === 'True' ? undefined : status === 'False' ? notReady : unreachable;
	const known = node.spec?.taints ?? [];
	const kept = known.filter(taint => (taint.key !== notReady && taint.key !== unreachable) || taint.key === key);
	const missing = key === undefined ? [] : ['NoSchedule', 'NoExecute'].filter(effect => !kept.some(taint => taint.key === key && taint.effect === effect));
	if (kept.length === known.length && missing.length === 0) return undefined;
	return [...kept, ...missing.map(effect => ({key: key ?? '', effect, timeAdded: apiTime(nowMs)}))];
}

/** When a pod must leave a node for its taints, in epoch milliseconds; undefined when it may stay (kubernetes: pkg/controller/tainteviction). */
export function evictionTime({spec: {tolerations = []}}: Pod, {spec}: Node, nowMs: number): number | undefined {
	const taints = (spec?.taints ?? []).filter(({effect}) => effect === 'NoExecute');
	if (taints.length === 0) return undefined;
	if (!taints.every(taint => isTolerated(taint, tolerations))) return nowMs;
	const limits = taints.flatMap(taint => {
		const seconds = tolerations.filter(toleration => isTolerated(taint, [toleration])).flatMap(({tolerationSeconds}) => tolerationSeconds ?? []);
		const since = taint.timeAdded === undefined ? nowMs : Date.parse(taint.timeAdded);
		return seconds.map(limit => since + Math.max(0, limit) * 1_000);
	});
	return limits.length === 0 ? undefined : Math.min(...limits);
}

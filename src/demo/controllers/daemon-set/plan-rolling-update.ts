import type {Pod} from '../kinds.ts';
import {isAvailable} from '../pods.ts';
import {isUpdated} from './daemon-pod.ts';
import {daemonLimits} from './limits.ts';
import type {DaemonSituation} from './plan-nodes.ts';
import {nodeWish} from './should-run.ts';

/** Old pods to remove, and nodes to make a second pod for. */
export interface UpdatePlan {
	readonly pods: readonly Pod[];
	readonly nodes: readonly string[];
}

/** The pods of a node of which neither is ending. */
interface NodePair {
	readonly node: string;
	readonly updated: Pod | undefined;
	readonly old: Pod | undefined;
	/** More than one of a kind: the node is put right first. */
	readonly isCrowded: boolean;
}

/** Which nodes go next (kubernetes: daemon/update.go rollingUpdate). */
export function planUpdate(situation: DaemonSituation): UpdatePlan {
	const {set, nodes, podsByNode} = situation;
	const wanting = nodes.filter(node => nodeWish(set, node).shouldRun).map(({metadata}) => metadata.name);
	const {surge, unavailable} = daemonLimits(set, wanting.length);
	const pairs = [...new Set([...podsByNode.keys(), ...wanting])].map(node => pairOn(node, situation));
	return surge === 0 ? replace(pairs, unavailable, situation) : surgeOver(pairs, surge, wanting, situation);
}

function pairOn(node: string, {set, podsByNode, hash}: DaemonSituation): NodePair {
	const staying = (podsByNode.get(node) ?? []).filter(({metadata}) => metadata.deletionTimestamp === undefined);
	const updated = staying.filter(pod => isUpdated(pod, set, hash));
	const old = staying.filter(pod => !isUpdated(pod, set, hash));
	return {node, updated: updated[0], old: old[0], isCrowded: updated.length > 1 || old.length > 1};
}

/** Removes old pods, so many that no more nodes than allowed are without. One that is not available costs nobody anything. */
function replace(pairs: readonly NodePair[], unavailable: number, situation: DaemonSituation): UpdatePlan {
	const isUp = availabilityAt(situation);
	const old = pairs.flatMap(pair => (!pair.isCrowded && pair.updated === undefined ? (pair.old ?? []) : []));
	const settled = pairs.filter(pair => !pair.isCrowded && pair.old === undefined && isUp(pair.updated));
	const candidates = old.filter(isUp);
	// All other nodes are without: the pod is gone, is not available yet, or is not alone.
	const down = pairs.length - settled.length - candidates.length;
	return {pods: [...old.filter(pod => !isUp(pod)), ...candidates.slice(0, Math.max(0, unavailable - down))], nodes: []};
}

/** Makes second pods, and removes the old one where the second is available. */
function surgeOver(pairs: readonly NodePair[], surge: number, wanting: readonly string[], situation: DaemonSituation): UpdatePlan {
	const isUp = availabilityAt(situation);
	const whole = pairs.filter(({isCrowded}) => !isCrowded);
	const surged = whole.filter(({updated, old}) => updated !== undefined && old !== undefined);
	const waiting = whole.filter(({updated, old}) => updated === undefined && old !== undefined);
	const [here, elsewhere] = [true, false].map(isHere => waiting.filter(({node}) => wanting.includes(node) === isHere));
	const available = whole.filter(({updated, old}) => isUp(old ?? updated)).length;
	const taken = pairs.length - whole.length + surged.filter(({updated}) => !isUp(updated)).length;
	const old = (some: readonly NodePair[] = []) => some.flatMap(pair => pair.old ?? []);
	const up = (some: readonly NodePair[] = []) => some.filter(pair => isUp(pair.old));
	const down = (some: readonly NodePair[] = []) => some.filter(pair => !isUp(pair.old));
	return {
		pods: [
			...old(surged.filter(({updated}) => isUp(updated))),
			...old(down(elsewhere)),
			...old(up(elsewhere)).slice(0, Math.max(0, available - wanting.length)),
		],
		nodes: [...down(here), ...up(here).slice(0, Math.max(0, surge - taken))].map(({node}) => node),
	};
}

function availabilityAt({set, nowMs}: DaemonSituation): (pod: Pod | undefined) => boolean {
	return pod => pod !== undefined && isAvailable(pod, set.spec.minReadySeconds ?? 0, nowMs);
}

import type {Pod} from '../kinds.ts';
import {controllerOf} from '../owners.ts';
import {type Refusal, refusalOf} from './node-filters.ts';
import type {NodeRoom} from './node-room.ts';
import {podRequests, scoredRequests} from './pod-requests.ts';

/** The node for a pod, or why there is none, and whether one would do if other pods left it. */
export type Choice = {readonly node: string} | {readonly message: string; readonly lacksRoom: boolean};

/** Of the nodes that the pod may run on, the one with the fewest pods of its owner and the most room; chance decides among equals. */
export function chooseNode(pod: Pod, rooms: readonly NodeRoom[], random: () => number): Choice {
	if (rooms.length === 0) return {message: 'no nodes available to schedule pods', lacksRoom: false};
	// No claim is served here, so whatever a pod claims is missing. The words are upstream's (plugins/volumebinding).
	const claim = pod.spec.volumes?.find(({persistentVolumeClaim}) => persistentVolumeClaim !== undefined)?.persistentVolumeClaim?.claimName;
	if (claim !== undefined) return {message: `0/${rooms.length} nodes are available: persistentvolumeclaim "${claim}" not found. not found`, lacksRoom: false};
	const requests = podRequests(pod);
	const refusals: Refusal[] = [];
	const fitting: NodeRoom[] = [];
	for (const room of rooms) {
		const refusal = refusalOf(pod, requests, room);
		if (refusal === undefined) fitting.push(room);
		else refusals.push(refusal);
	}
	if (fitting.length === 0) return {message: noNodeMessage(refusals), lacksRoom: refusals.some(({lacksRoom}) => lacksRoom)};
	const scores = scoresOf(pod, fitting);
	const best = Math.max(...scores);
	const equals = fitting.filter((_, index) => scores[index] === best);
	return {node: equals[Math.floor(random() * equals.length)]?.node.metadata.name ?? ''};
}

/** Why nothing fits, as upstream words it (kubernetes: framework/types.go FitError, plugins defaultpreemption and dynamicresources). */
function noNodeMessage(refusals: readonly Refusal[]): string {
	const head = `0/${refusals.length} nodes are available:`;
	const preemption = refusals.map(({isForGood}) => (isForGood ? 'Preemption is not helpful for scheduling' : 'No preemption victims found for incoming pod'));
	return `${head} ${counted(refusals.flatMap(({reasons}) => reasons))} no new claims to deallocate, preemption: ${head} ${counted(preemption)}`;
}

/** `1 Too many pods, 2 Insufficient cpu.`, sorted as texts. */
function counted(reasons: readonly string[]): string {
	const counts = new Map<string, number>();
	for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
	const texts = [...counts].map(([reason, count]) => `${count} ${reason}`);
	return `${texts.sort().join(', ')}.`;
}

/** Spreading counts twice, the room once for how much and once for how evenly it is taken: upstream's weights where they matter here. */
function scoresOf(pod: Pod, rooms: readonly NodeRoom[]): readonly number[] {
	const owner = controllerOf(pod)?.uid;
	const siblings = rooms.map(room => (owner === undefined ? 0 : room.ofOwner(owner)));
	const most = Math.max(...siblings);
	const least = Math.min(...siblings);
	const {milliCpu, memory} = scoredRequests(pod);
	return rooms.map(({allocatable, scored}, index) => {
		const cpuShare = shareOf(scored.milliCpu + milliCpu, allocatable.milliCpu);
		const memoryShare = shareOf(scored.memory + memory, allocatable.memory);
		const spread = most === 0 ? 100 : Math.floor((100 * (most + least - (siblings[index] ?? 0))) / most);
		const room = Math.floor(100 * (1 - (cpuShare + memoryShare) / 2));
		const balance = Math.floor(100 * (1 - Math.abs(cpuShare - memoryShare) / 2));
		return 2 * spread + room + balance;
	});
}

function shareOf(taken: number, whole: number): number {
	return whole === 0 ? 1 : Math.min(1, taken / whole);
}

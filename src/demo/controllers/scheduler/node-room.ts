import type {Node, Pod} from '../kinds.ts';
import {controllerOf} from '../owners.ts';
import {isTerminal} from '../pods.ts';
import {add, bytesOf, milliCpuOf, podRequests, type Requests, scoredRequests} from './pod-requests.ts';

/** A node and what is taken of it. */
export interface NodeRoom {
	readonly node: Node;
	readonly allocatable: Requests & {readonly pods: number};
	readonly pods: number;
	readonly requested: Requests;
	/** The same, with the usual amounts for containers that ask for nothing. */
	readonly scored: Requests;
	/** How many pods it has of an owner (a uid). */
	readonly ofOwner: (uid: string) => number;
}

/** Keeps count of what is taken of each node, as pods come and go; a pod counts as soon as a node was chosen for it. */
export interface NodeRooms {
	readonly all: () => readonly NodeRoom[];
	readonly put: (node: Node) => void;
	readonly remove: (name: string) => void;
	/** The pod is, or will be, on the node. Again for the same pod changes nothing. */
	readonly place: (pod: Pod, node: string) => void;
	/** The pod has left its node, or was not bound after all. Gives whether it was on one. */
	readonly free: (uid: string) => boolean;
}

interface Taken {
	pods: number;
	requested: Requests;
	scored: Requests;
	readonly owners: Map<string, number>;
}

interface Placed {
	readonly node: string;
	readonly requested: Requests;
	readonly scored: Requests;
	readonly owner: string;
}

const none: Requests = {milliCpu: 0, memory: 0};

/** No nodes and no pods. */
export function createNodeRooms(): NodeRooms {
	const nodes = new Map<string, Pick<NodeRoom, 'node' | 'allocatable'>>();
	const takenOf = new Map<string, Taken>();
	const placed = new Map<string, Placed>();
	const change = ({node, requested, scored, owner}: Placed, sign: 1 | -1) => {
		const taken = takenOf.get(node) ?? {pods: 0, requested: none, scored: none, owners: new Map()};
		takenOf.set(node, taken);
		taken.pods += sign;
		taken.requested = add(taken.requested, times(requested, sign));
		taken.scored = add(taken.scored, times(scored, sign));
		const count = (taken.owners.get(owner) ?? 0) + sign;
		if (count === 0) taken.owners.delete(owner);
		else taken.owners.set(owner, count);
	};
	return {
		all: () => [...nodes].map(([name, node]) => roomOf(node, takenOf.get(name))),
		put: node => nodes.set(node.metadata.name, {node, allocatable: allocatableOf(node)}),
		remove: name => nodes.delete(name),
		place(pod, node) {
			const {uid} = pod.metadata;
			if (placed.has(uid) || isTerminal(pod)) return;
			const entry = {node, requested: podRequests(pod), scored: scoredRequests(pod), owner: controllerOf(pod)?.uid ?? ''};
			placed.set(uid, entry);
			change(entry, 1);
		},
		free(uid) {
			const entry = placed.get(uid);
			if (entry === undefined) return false;
			placed.delete(uid);
			change(entry, -1);
			return true;
		},
	};
}

/** A node on which there is nothing yet. */
export function emptyRoom(node: Node): NodeRoom {
	return roomOf({node, allocatable: allocatableOf(node)}, undefined);
}

function allocatableOf({status}: Node): NodeRoom['allocatable'] {
	const {cpu, memory, pods} = status?.allocatable ?? {};
	return {milliCpu: milliCpuOf(cpu) ?? 0, memory: bytesOf(memory) ?? 0, pods: bytesOf(pods) ?? 0};
}

function roomOf({node, allocatable}: Pick<NodeRoom, 'node' | 'allocatable'>, taken: Taken | undefined): NodeRoom {
	return {
		node,
		allocatable,
		pods: taken?.pods ?? 0,
		requested: taken?.requested ?? none,
		scored: taken?.scored ?? none,
		ofOwner: uid => taken?.owners.get(uid) ?? 0,
	};
}

function times({milliCpu, memory}: Requests, factor: number): Requests {
	return {milliCpu: milliCpu * factor, memory: memory * factor};
}

import {apiTime} from '../../clock.ts';
import type {Controller, ControllerContext} from '../context.ts';
import {keyOf} from '../informer.ts';
import type {Node, Pod} from '../kinds.ts';
import {podPath} from '../paths.ts';
import {conditionOf, isTerminal} from '../pods.ts';
import {createWorkQueue} from '../work-queue.ts';
import {chooseNode} from './choose-node.ts';
import {refusalOf} from './node-filters.ts';
import {createNodeRooms, emptyRoom} from './node-room.ts';
import {podRequests} from './pod-requests.ts';
import {createSchedulerEvents} from './scheduler-events.ts';

const name = 'default-scheduler';
/** A pod that was refused waits 1, 2, 4, 8, 10 s, also when there is room before that. */
const firstWaitMs = 1_000;
const longestWaitMs = 10_000;
/** And is looked at once more after this time, whatever has happened. */
const flushMs = 300_000;

interface Refused {
	readonly attempts: number;
	readonly at: number;
	readonly lacksRoom: boolean;
}

/** Chooses nodes for pods (kubernetes: pkg/scheduler, without affinity between pods, volumes and preemption). */
export function createScheduler(context: ControllerContext): Controller {
	const {clock, random, informers} = context;
	const {pods, nodes} = informers;
	const rooms = createNodeRooms();
	const events = createSchedulerEvents(context);
	const refused = new Map<string, Refused>();
	const sync = async (key: string) => {
		const pod = pods.get(key);
		if (pod === undefined || !isOurs(pod)) return;
		const choice = chooseNode(pod, rooms.all(), random);
		if ('node' in choice) {
			rooms.place(pod, choice.node);
			await bind(pod, choice.node);
			return;
		}
		const {message, lacksRoom} = choice;
		refused.set(key, {attempts: (refused.get(key)?.attempts ?? 0) + 1, at: clock.now(), lacksRoom});
		events.record(pod, 'Warning', 'FailedScheduling', 'Scheduling', message);
		await markUnschedulable(context, pod, message);
		queue.addAfter(key, flushMs);
	};
	const bind = async (pod: Pod, node: string) => {
		const {namespace, uid} = pod.metadata;
		const body = {apiVersion: 'v1', kind: 'Binding', metadata: {name: pod.metadata.name, namespace, uid}, target: {kind: 'Node', name: node}};
		try {
			await context.api.send({method: 'POST', path: `${podPath(namespace, pod.metadata.name)}/binding`, body});
		} catch (error) {
			rooms.free(uid);
			throw error;
		}
		refused.delete(keyOf(pod));
		events.record(pod, 'Normal', 'Scheduled', 'Binding', `Successfully assigned ${namespace}/${pod.metadata.name} to ${node}`);
	};
	// One at a time decides, but many bindings may be under way.
	const queue = createWorkQueue({clock, sync, workers: 16});
	/** Those whom what has happened may help (kubernetes: the plugins' queueing hints). */
	const retry = (mayHelp: (pod: Pod, refusal: Refused) => boolean) => {
		for (const [key, refusal] of refused) {
			const pod = pods.get(key);
			const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (refusal.attempts - 1));
			if (pod !== undefined && mayHelp(pod, refusal)) queue.addAfter(key, refusal.at + waitMs - clock.now());
		}
	};
	const onPod = (pod: Pod) => {
		if (pod.spec.nodeName !== undefined) rooms.place(pod, pod.spec.nodeName);
		// One that was refused waits for room, and is not woken by what is written about that.
		else if (isOurs(pod) && !refused.has(keyOf(pod))) queue.add(keyOf(pod));
	};
	const onGone = (pod: Pod) => {
		refused.delete(keyOf(pod));
		if (rooms.free(pod.metadata.uid)) retry((_pod, {lacksRoom}) => lacksRoom);
	};
	pods.onChange(({before, now}) => {
		if (now !== undefined && !isTerminal(now)) return onPod(now);
		const gone = now ?? before;
		if (gone !== undefined) onGone(gone);
	});
	nodes.onChange(({before, now}) => {
		if (now === undefined) return before !== undefined && rooms.remove(before.metadata.name);
		rooms.put(now);
		if (before === undefined || mayTakeMore(before, now)) retry(pod => refusalOf(pod, podRequests(pod), emptyRoom(now)) === undefined);
	});
	return queue;
}

function isOurs({metadata, spec}: Pod): boolean {
	return (
		(spec.nodeName ?? '') === '' &&
		(spec.schedulingGates ?? []).length === 0 &&
		(spec.schedulerName ?? name) === name &&
		metadata.deletionTimestamp === undefined
	);
}

/** A change that is no heartbeat. */
function mayTakeMore(before: Node, now: Node): boolean {
	const view = ({metadata, spec, status}: Node) => JSON.stringify([metadata.labels, spec, status?.allocatable]);
	return view(before) !== view(now);
}

/** The same message again is not written again. */
async function markUnschedulable({api, clock}: ControllerContext, pod: Pod, message: string): Promise<void> {
	const {namespace, name: podName, generation} = pod.metadata;
	const known = conditionOf(pod, 'PodScheduled');
	if (known?.status === 'False' && known.reason === 'Unschedulable' && known.message === message) return;
	const lastTransitionTime = known?.status === 'False' ? known.lastTransitionTime : apiTime(clock.now());
	const condition = {
		type: 'PodScheduled',
		status: 'False',
		reason: 'Unschedulable',
		message,
		lastProbeTime: null,
		lastTransitionTime,
		observedGeneration: generation,
	};
	const path = `${podPath(namespace, podName)}/status`;
	await api.send({method: 'PATCH', path, body: {status: {conditions: [condition]}}, contentType: 'application/strategic-merge-patch+json'});
}

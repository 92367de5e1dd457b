import {describe, expect, test} from 'vitest';
import type {Node, Pod} from '../../../src/demo/controllers/kinds.ts';
import {chooseNode} from '../../../src/demo/controllers/scheduler/choose-node.ts';
import {isTolerated} from '../../../src/demo/controllers/scheduler/node-filters.ts';
import {createNodeRooms} from '../../../src/demo/controllers/scheduler/node-room.ts';
import {podRequests} from '../../../src/demo/controllers/scheduler/pod-requests.ts';
import {aNode, aPod} from './objects.ts';

const asking = (cpu: string, memory = '0') => ({spec: {containers: [{name: 'app', resources: {requests: {cpu, memory}}}]}});
const owned = (pod: Pod): Pod => ({
	...pod,
	metadata: {...pod.metadata, ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'rs', uid: 'rs', controller: true}]},
});

function choose(pod: Pod, nodes: readonly Node[], placed: readonly [Pod, string][] = [], random = () => 0) {
	const rooms = createNodeRooms();
	for (const node of nodes) rooms.put(node);
	for (const [other, node] of placed) rooms.place(other, node);
	return chooseNode(pod, rooms.all(), random);
}

describe('the node for a pod', () => {
	test('is the one with the fewest siblings, then the one with the most room', () => {
		const nodes = [aNode('a'), aNode('b')];
		expect(choose(owned(aPod('new', {node: ''})), nodes, [[owned(aPod('p')), 'a']])).toEqual({node: 'b'});
		expect(choose(aPod('new', {node: ''}), nodes, [[aPod('p', asking('2', '2Gi')), 'b']])).toEqual({node: 'a'});
	});

	test('is chosen by chance among equals', () => {
		const nodes = [aNode('a'), aNode('b'), aNode('c')];
		expect([0, 0.5, 0.99].map(chance => choose(aPod('new', {node: ''}), nodes, [], () => chance))).toEqual([{node: 'a'}, {node: 'b'}, {node: 'c'}]);
	});

	test('is none without nodes', () => expect(choose(aPod('new', {node: ''}), [])).toEqual({message: 'no nodes available to schedule pods', lacksRoom: false}));

	test('is none when every node has its reason, counted and sorted', () => {
		const nodes = [
			aNode('full', {allocatable: {cpu: '4', memory: '8Gi', pods: '1'}}),
			aNode('small', {allocatable: {cpu: '1', memory: '1Gi', pods: '9'}}),
			aNode('cordoned', {spec: {unschedulable: true}}),
			aNode('tainted', {spec: {taints: [{key: 'k', effect: 'NoSchedule'}]}}),
		];
		expect(choose(aPod('new', {node: '', ...asking('2', '2Gi')}), nodes, [[aPod('p'), 'full']])).toEqual({
			message:
				'0/4 nodes are available: 1 Insufficient cpu, 1 Insufficient memory, 1 Too many pods, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable. ' +
				'no new claims to deallocate, preemption: 0/4 nodes are available: 1 No preemption victims found for incoming pod, 3 Preemption is not helpful for scheduling.',
			lacksRoom: true,
		});
	});

	test('need not have the labels unless the pod asks for them', () => {
		const selecting = aPod('new', {node: '', spec: {nodeSelector: {disk: 'ssd'}}});
		expect(choose(selecting, [aNode('a'), aNode('b', {labels: {disk: 'ssd'}})])).toEqual({node: 'b'});
		expect(choose(selecting, [aNode('a')])).toMatchObject({
			message: expect.stringContaining("1 node(s) didn't match Pod's node affinity/selector."),
			lacksRoom: false,
		});
	});
});

test('a pod takes room once, and gives it back', () => {
	const rooms = createNodeRooms();
	rooms.put(aNode('a'));
	const pod = owned(aPod('p', asking('500m', '1Gi')));
	rooms.place(pod, 'a');
	rooms.place(pod, 'a');
	expect(rooms.all()[0]).toMatchObject({pods: 1, requested: {milliCpu: 500, memory: 1024 ** 3}});
	expect(rooms.all()[0]?.ofOwner('rs')).toBe(1);
	expect([rooms.free('p'), rooms.free('p')]).toEqual([true, false]);
	expect(rooms.all()[0]).toMatchObject({pods: 0, requested: {milliCpu: 0, memory: 0}});
});

test('an init container counts as far as it asks for more than all others together; a sidecar runs beside them', () => {
	const requests = (cpu: string) => ({resources: {requests: {cpu}}});
	const containers = [
		{name: 'a', ...requests('300m')},
		{name: 'b', ...requests('200m')},
	];
	const initContainers = [
		{name: 'side', restartPolicy: 'Always', ...requests('100m')},
		{name: 'init', ...requests('1')},
	];
	expect(podRequests(aPod('p', {spec: {containers}})).milliCpu).toBe(500);
	expect(podRequests(aPod('p', {spec: {containers, initContainers}})).milliCpu).toBe(1_100);
	expect(podRequests(aPod('p', {spec: {containers, initContainers: initContainers.slice(0, 1)}})).milliCpu).toBe(600);
});

test.each([
	[{key: 'k', value: 'v', effect: 'NoSchedule'}, true],
	[{key: 'k', operator: 'Exists'}, true],
	[{operator: 'Exists'}, true],
	[{key: 'k', value: 'w'}, false],
	[{key: 'other', operator: 'Exists'}, false],
	[{key: 'k', value: 'v', effect: 'NoExecute'}, false],
	[{operator: 'Equal', value: 'v'}, false],
])('a pod that tolerates %j puts up with k=v:NoSchedule: %s', (toleration, expected) => {
	expect(isTolerated({key: 'k', value: 'v', effect: 'NoSchedule'}, [toleration])).toBe(expected);
});

import {expect, test} from 'vitest';
import type {NodeSelectorTerm} from '../../../src/demo/controllers/kinds.ts';
import {chooseNode} from '../../../src/demo/controllers/scheduler/choose-node.ts';
import {fitsNode} from '../../../src/demo/controllers/scheduler/node-affinity.ts';
import {createNodeRooms} from '../../../src/demo/controllers/scheduler/node-room.ts';
import {aNode, aPod} from './objects.ts';

function requiring(...nodeSelectorTerms: readonly NodeSelectorTerm[]) {
	return aPod('p', {node: '', spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms}}}}});
}

const named = (...values: readonly string[]) => ({matchFields: [{key: 'metadata.name', operator: 'In', values}]});
const node = aNode('a', {labels: {disk: 'ssd', cores: '8'}});

test.each<[string, readonly NodeSelectorTerm[], boolean]>([
	['its name', [named('a')], true],
	['another name', [named('b')], false],
	['one of two terms', [named('b'), named('a')], true],
	['no term', [], false],
	['a term that says nothing', [{}], false],
	['a label', [{matchExpressions: [{key: 'disk', operator: 'In', values: ['ssd', 'nvme']}]}], true],
	['a label that is absent', [{matchExpressions: [{key: 'gpu', operator: 'Exists'}]}], false],
	['the absence of a label', [{matchExpressions: [{key: 'gpu', operator: 'DoesNotExist'}]}], true],
	['another value', [{matchExpressions: [{key: 'disk', operator: 'NotIn', values: ['ssd']}]}], false],
	['more than a number', [{matchExpressions: [{key: 'cores', operator: 'Gt', values: ['4']}]}], true],
	['less than a number', [{matchExpressions: [{key: 'cores', operator: 'Lt', values: ['4']}]}], false],
	['a name and a label that it has not', [{...named('a'), matchExpressions: [{key: 'gpu', operator: 'Exists'}]}], false],
])('whether a node fits a pod that requires %s', (_what, terms, expected) => {
	expect(fitsNode(requiring(...terms).spec, node)).toBe(expected);
});

test('a pod that names its node goes there, and where that is full says of the others only that they are not meant', () => {
	const rooms = createNodeRooms();
	for (const name of ['a', 'b', 'c']) rooms.put(aNode(name, {allocatable: {cpu: '4', memory: '8Gi', pods: '1'}}));
	expect(chooseNode(requiring(named('b')), rooms.all(), () => 0)).toEqual({node: 'b'});
	rooms.place(aPod('other'), 'b');
	expect(chooseNode(requiring(named('b')), rooms.all(), () => 0)).toEqual({
		message:
			"0/3 nodes are available: 1 Too many pods, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. no new claims to deallocate, preemption: " +
			'0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.',
		lacksRoom: true,
	});
});

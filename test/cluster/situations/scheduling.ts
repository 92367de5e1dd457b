import {podIs} from './evidence.ts';
import type {Change, Situation} from './situation.ts';

const image = 'registry.example/shop/testpage:0.9';
const unschedulable = (name: string, change: Change, says: string): Situation => ({
	name,
	kind: 'unschedulable',
	says,
	change: {...change, container: {image, ...change.container}},
	evidence: podIs('PodScheduled', 'Unschedulable'),
});

/** Pods that no node takes, or nobody lets go on. */
export const schedulingSituations: readonly Situation[] = [
	unschedulable(
		'unschedulable-cpu',
		{container: {resources: {requests: {cpu: '48'}}}},
		'fits on none of 4 nodes: not enough cpu on 2, a taint that it does not tolerate on 2',
	),
	unschedulable(
		'unschedulable-memory',
		{container: {resources: {requests: {memory: '900Gi'}}}},
		'fits on none of 4 nodes: not enough memory on 2, a taint that it does not tolerate on 2',
	),
	unschedulable(
		'unschedulable-selector',
		{podSpec: {nodeSelector: {disk: 'ssd'}}},
		'fits on none of 4 nodes: other labels than it wants on 2, a taint that it does not tolerate on 2',
	),
	unschedulable(
		'unschedulable-taint',
		{podSpec: {nodeSelector: {'kubernetes.io/hostname': 'node-16'}}},
		'fits on none of 4 nodes: other labels than it wants on 2, a taint that it does not tolerate on 2',
	),
	{
		...unschedulable(
			'unschedulable-claim',
			{podSpec: {volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}]}},
			'needs PersistentVolumeClaim "data", which does not exist',
		),
		kind: 'volume-missing',
	},
	{
		name: 'scheduling-gate',
		kind: 'scheduling-gate',
		says: 'is held back by scheduling gate example.com/approved',
		change: {container: {image}, podSpec: {schedulingGates: [{name: 'example.com/approved'}]}},
		evidence: podIs('PodScheduled', 'SchedulingGated'),
	},
	{
		name: 'readiness-gate',
		kind: 'readiness-gate',
		says: 'is not ready: its containers are, but readiness gate example.com/warm is not True',
		change: {container: {image}, podSpec: {readinessGates: [{conditionType: 'example.com/warm'}]}},
		evidence: podIs('Ready', 'ReadinessGatesNotReady'),
	},
];

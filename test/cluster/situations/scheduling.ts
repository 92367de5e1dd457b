import {podIs} from './evidence.ts';
import type {Change, Situation} from './situation.ts';

const image = 'registry.example/shop/testpage:0.9';
const unschedulable = (name: string, change: Change, says: RegExp): Situation => ({
	name,
	kind: 'unschedulable',
	says,
	change: {...change, container: {image, ...change.container}},
	evidence: podIs('PodScheduled', 'Unschedulable'),
});

/** Pods that no node takes, or nobody lets go on. */
export const schedulingSituations: readonly Situation[] = [
	unschedulable('unschedulable-cpu', {container: {resources: {requests: {cpu: '48'}}}}, /cpu/),
	unschedulable('unschedulable-memory', {container: {resources: {requests: {memory: '900Gi'}}}}, /memory/),
	unschedulable('unschedulable-selector', {podSpec: {nodeSelector: {disk: 'ssd'}}}, /other labels than it wants/),
	unschedulable('unschedulable-taint', {podSpec: {nodeSelector: {'kubernetes.io/hostname': 'node-16'}}}, /taint/),
	{
		...unschedulable(
			'unschedulable-claim',
			{podSpec: {volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data'}}]}},
			/persistentvolumeclaim "data" not found|claim data|data/,
		),
		kind: 'volume-missing',
	},
	{
		name: 'scheduling-gate',
		kind: 'scheduling-gate',
		says: /example\.com\/approved/,
		change: {container: {image}, podSpec: {schedulingGates: [{name: 'example.com/approved'}]}},
		evidence: podIs('PodScheduled', 'SchedulingGated'),
	},
	{
		name: 'readiness-gate',
		kind: 'readiness-gate',
		says: /example\.com\/warm/,
		change: {container: {image}, podSpec: {readinessGates: [{conditionType: 'example.com/warm'}]}},
		evidence: podIs('Ready', 'ReadinessGatesNotReady'),
	},
];

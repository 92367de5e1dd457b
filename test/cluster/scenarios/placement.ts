import {suiteNodes} from '../harness/node.ts';

/** Keeps a scenario's pods off the nodes that other tests start and stop. */
export const onSuiteNodes = {
	nodeAffinity: {
		requiredDuringSchedulingIgnoredDuringExecution: {
			nodeSelectorTerms: [{matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values: suiteNodes.map(number => `node-${number}`)}]}],
		},
	},
};

import type {Cause} from '../finding.ts';
import type {FindingsInput} from '../findings.ts';

/** A DaemonSet that no node is fit for is through at once, and nothing runs. */
export function noNode({workload}: Pick<FindingsInput, 'workload'>): Cause | undefined {
	const {kind, generation, observedGeneration, replicas} = workload;
	if (kind !== 'DaemonSet' || generation > observedGeneration || replicas.desired > 0) return undefined;
	return {
		kind: 'no-node',
		hope: 'waits',
		reason: 'NoNode',
		message: 'is to run on no node: none fits its node selector, affinity and tolerations',
		advice: "compare them with the nodes' labels and taints",
		sinceAt: undefined,
	};
}

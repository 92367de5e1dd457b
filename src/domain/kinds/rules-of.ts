import type {Workload} from '../workload.ts';
import {argoRolloutRules} from './argo-rollout.ts';
import {daemonSetRules} from './daemon-set.ts';
import {deploymentRules} from './deployment.ts';
import {statefulSetRules} from './stateful-set.ts';
import type {WorkloadRules} from './workload-rules.ts';

function madeFor(workload: Workload): WorkloadRules {
	switch (workload.kind) {
		case 'Deployment':
			return deploymentRules(workload);
		case 'StatefulSet':
			return statefulSetRules(workload);
		case 'DaemonSet':
			return daemonSetRules(workload);
		case 'ArgoRollout':
			return argoRolloutRules(workload);
	}
}

const made = new WeakMap<Workload, WorkloadRules>();

/** The rules of a workload's kind, made for this state of it; the same object for the same state. */
export function rulesOf(workload: Workload): WorkloadRules {
	const rules = made.get(workload) ?? madeFor(workload);
	made.set(workload, rules);
	return rules;
}

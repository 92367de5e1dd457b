import type {Deployment, Workload} from '../workload.ts';
import {argoRolloutRules} from './argo-rollout.ts';
import {daemonSetRules} from './daemon-set.ts';
import {deploymentRules} from './deployment.ts';
import {kruiseRules} from './kruise-rollout.ts';
import {statefulSetRules} from './stateful-set.ts';
import {velaRules} from './vela-application.ts';
import type {WorkloadRules} from './workload-rules.ts';

/** What steers it from above comes first. */
function releasedRules(deployment: Deployment): WorkloadRules {
	const {release} = deployment;
	if (release?.kind === 'Application') return velaRules(deployment, release);
	return release === undefined || release.disabled ? deploymentRules(deployment) : kruiseRules(deployment, release);
}

function madeFor(workload: Workload): WorkloadRules {
	switch (workload.kind) {
		case 'Deployment':
			return releasedRules(workload);
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

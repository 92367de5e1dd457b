import type {ApiObject} from './api-object.ts';
import type {SeenDeployment} from './scenarios/scenario.ts';

interface Deployment extends ApiObject {
	readonly spec: {
		readonly replicas?: number;
		readonly paused?: boolean;
		readonly template: {readonly spec: {readonly containers: readonly {readonly image: string}[]}};
	};
	readonly status?: {
		readonly observedGeneration?: number;
		readonly replicas?: number;
		readonly updatedReplicas?: number;
		readonly availableReplicas?: number;
		readonly conditions?: readonly {readonly type: string; readonly reason?: string}[];
	};
}

/** Deployments by name, in the words of a scenario. */
export function seeDeployments(deployments: Iterable<ApiObject>): ReadonlyMap<string, SeenDeployment> {
	return new Map(Array.from(deployments as Iterable<Deployment>, deployment => [deployment.metadata.name, seeDeployment(deployment)]));
}

function seeDeployment(deployment: Deployment): SeenDeployment {
	const {metadata, spec, status} = deployment;
	return {
		name: metadata.name,
		image: spec.template.spec.containers[0]?.image ?? '',
		phase: phaseOf(deployment),
		replicas: spec.replicas ?? 1,
		available: status?.availableReplicas ?? 0,
	};
}

/** kubectl: rollout_status.go, with paused in front. */
function phaseOf({metadata, spec, status = {}}: Deployment): SeenDeployment['phase'] {
	const {observedGeneration = 0, replicas = 0, updatedReplicas = 0, availableReplicas = 0, conditions = []} = status;
	if (spec.paused === true) return 'paused';
	if ((metadata.generation ?? 0) > observedGeneration) return 'progressing';
	if (conditions.some(({type, reason}) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded')) return 'stalled';
	const isComplete = updatedReplicas >= (spec.replicas ?? 1) && replicas <= updatedReplicas && availableReplicas >= updatedReplicas;
	return isComplete ? 'complete' : 'progressing';
}

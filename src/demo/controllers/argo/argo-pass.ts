import type {ControllerContext} from '../context.ts';
import type {ReplicaSet} from '../kinds.ts';
import {pathOf} from '../paths.ts';
import type {ArgoRollout, ArgoStatus, ArgoStep} from './kinds.ts';

/** One look at one Rollout. It writes the status once at most. */
export interface ArgoPass {
	readonly context: Pick<ControllerContext, 'api' | 'clock' | 'informers'>;
	readonly rollout: ArgoRollout;
	/** Its own, oldest first. */
	readonly replicaSets: readonly ReplicaSet[];
	readonly checkAgain: (delayMs: number) => void;
}

/** Where a Rollout is. */
export function argoPath({metadata: {namespace, name}}: ArgoRollout): string {
	return pathOf('argoproj.io/v1alpha1', 'rollouts', namespace, name);
}

/** Writes a status. Throws a conflict when the pass looked at an old state: again, later. */
export async function writeArgoStatus({context, rollout}: ArgoPass, status: ArgoStatus): Promise<void> {
	await context.api.send({method: 'PUT', path: `${argoPath(rollout)}/status`, body: {...rollout, status}});
}

/** All steps. */
export function argoSteps({spec}: ArgoRollout): readonly ArgoStep[] {
	return spec.strategy.canary?.steps ?? [];
}

/** How many pods there are to be. */
export function replicasOf({spec}: ArgoRollout): number {
	return spec.replicas ?? 1;
}

import type {Application} from '../../release.ts';
import type {ReleaseSteps} from '../../release-steps.ts';
import {kruiseSteps} from '../kruise/steps.ts';
import type {WorkflowStanding} from './standing.ts';

const over = ['succeeded', 'failed', 'skipped'];

/** The Rollout's steps where there is one and no step of the workflow itself waits; else the workflow's, those that have begun. */
export function velaSteps(application: Application, standing: WorkflowStanding): ReleaseSteps | undefined {
	const {rollout, workflow} = application;
	const waits = standing.kind === 'suspended' && standing.step !== undefined;
	if (rollout !== undefined && !waits) return kruiseSteps(rollout);
	if (workflow === undefined) return undefined;
	const index = workflow.steps.findIndex(({phase}) => !over.includes(phase));
	const isActive = standing.kind === 'suspended' || standing.kind === 'running' || standing.kind === 'resuming';
	return {
		steps: workflow.steps.map(({name, type}) => ({
			text: name === type ? name : `${name} (${type})`,
			weight: undefined,
			replicas: undefined,
			pause: type === 'suspend' ? ('person' as const) : undefined,
		})),
		current: index === -1 ? workflow.steps.length : index,
		active: isActive,
		wait: standing.kind === 'suspended' ? {kind: 'person'} : standing.kind === 'running' ? {kind: 'pods'} : undefined,
		weight: undefined,
		checks: workflow.steps.flatMap(({name, phase, message}) => (phase === 'failed' ? [{name, status: phase, message, isBad: true}] : [])),
	};
}

import type {Application, WorkflowStep} from '../../release.ts';

/** Where the workflow of an Application stands. */
export type WorkflowStanding =
	/** The Application has not seen its last change, or makes what it is to apply of it. */
	| {readonly kind: 'unseen'}
	| {readonly kind: 'rendering'}
	/** `step`: a step that is there to wait; undefined: somebody has suspended it. */
	| {readonly kind: 'suspended'; readonly step: WorkflowStep | undefined}
	/** It was resumed or suspended, and the controller has not acted on it yet. */
	| {readonly kind: 'resuming'}
	| {readonly kind: 'terminated'}
	| {readonly kind: 'failed'}
	| {readonly kind: 'running'; readonly step: WorkflowStep | undefined}
	/** All is applied; `healthy` as the Application says it. */
	| {readonly kind: 'done'; readonly healthy: boolean};

const active = ['running', 'suspending', 'pending'];

/** The first step that is not over. */
function stepUnderWay({workflow}: Application): WorkflowStep | undefined {
	return workflow?.steps.find(({phase}) => active.includes(phase));
}

/**
 * By what the workflow itself says before what the Application makes of it: that follows an event or two later. Right after a change the workflow is still the last
 * revision's. VE/pkg/controller/core.oam.dev/v1beta1/application/application_controller.go.
 */
export function workflowStanding(application: Application): WorkflowStanding {
	const {phase, workflow, generation, observedGeneration} = application;
	if (observedGeneration < generation || phase === '') return {kind: 'unseen'};
	if (phase === 'starting' || phase === 'rendering' || phase === 'generatingPolicy') return {kind: 'rendering'};
	if (workflow === undefined) return {kind: 'rendering'};
	if (workflow.terminated || phase === 'workflowTerminated') return {kind: 'terminated'};
	if (phase === 'workflowFailed') return {kind: 'failed'};
	if (workflow.suspend) return {kind: 'suspended', step: workflow.steps.find(({type, phase: of}) => type === 'suspend' && of === 'suspending')};
	if (phase === 'workflowSuspending') return {kind: 'resuming'};
	if (phase === 'runningWorkflow') return {kind: 'running', step: stepUnderWay(application)};
	return {kind: 'done', healthy: phase === 'running'};
}

import {type Applied, applyAll} from './apply.ts';
import {serviceStatus} from './health.ts';
import type {Application, Component, ServiceStatus, StepStatus, WorkflowStatus, WorkflowStep} from './kinds.ts';
import {render} from './render.ts';
import {nowText, type VelaPass, wantedRevision} from './vela-pass.ts';

/** What executing a workflow came to. */
export interface Execution {
	readonly workflow: WorkflowStatus;
	readonly services: readonly ServiceStatus[];
	readonly applied: readonly Applied[];
}

/** The steps of an Application: its own, or one for each component. */
export function stepsOf({spec}: Application): readonly WorkflowStep[] {
	const own = spec.workflow?.steps ?? [];
	if (own.length > 0) return own;
	return spec.components.map(({name}) => ({name, type: 'apply-component', properties: {component: name}}));
}

/** A workflow that has done nothing yet. */
export function newWorkflow(pass: VelaPass): WorkflowStatus {
	const {application} = pass;
	const {name, namespace} = application.metadata;
	const hasOwn = (application.spec.workflow?.steps ?? []).length > 0;
	return {
		appRevision: wantedRevision(application) ?? '',
		mode: hasOwn ? 'StepByStep-DAG' : 'DAG-DAG',
		status: 'executing',
		suspend: false,
		terminated: false,
		finished: false,
		startTime: nowText(pass),
		contextBackend: {apiVersion: 'v1', kind: 'ConfigMap', name: `workflow-${name}-context`, namespace},
	};
}

/** Does what can be done now, step by step (kubevela/workflow: pkg/executor/workflow.go). */
export async function execute(pass: VelaPass, workflow: WorkflowStatus): Promise<Execution> {
	const {application} = pass;
	const done: StepStatus[] = [];
	const services = new Map((application.status?.services ?? []).map(service => [service.name, service]));
	const applied: Applied[] = [];
	for (const step of stepsOf(application)) {
		const known = workflow.steps?.find(({name}) => name === step.name);
		const component = application.spec.components.find(({name}) => name === step.properties?.component);
		const now =
			step.type === 'suspend' || component === undefined ? suspended(pass, step, known) : await applyStep(pass, step, {known, component, applied, services});
		done.push(now);
		if (now.phase !== 'succeeded') break;
	}
	return {workflow: concluded(pass, workflow, done), services: [...services.values()], applied};
}

function concluded(pass: VelaPass, workflow: WorkflowStatus, steps: readonly StepStatus[]): WorkflowStatus {
	const isSuspended = steps.some(({phase}) => phase === 'suspending');
	const isDone = steps.length === stepsOf(pass.application).length && steps.every(({phase}) => phase === 'succeeded');
	const status = isSuspended ? 'suspending' : isDone ? 'succeeded' : 'executing';
	return {...workflow, steps, suspend: isSuspended, finished: isDone, status, ...(isDone ? {endTime: nowText(pass)} : {})};
}

function told(pass: VelaPass, {name, type}: WorkflowStep, known: StepStatus | undefined, more: Pick<StepStatus, 'phase' | 'reason' | 'message'>): StepStatus {
	const now = nowText(pass);
	return {id: known?.id ?? newId(pass), name, type, firstExecuteTime: known?.firstExecuteTime ?? now, lastExecuteTime: now, ...more};
}

/** Waits until somebody lets it go on, which they do by making it run. */
function suspended(pass: VelaPass, step: WorkflowStep, known: StepStatus | undefined): StepStatus {
	if (known?.phase === 'succeeded') return known;
	if (known?.phase === 'running') return told(pass, step, known, {phase: 'succeeded'});
	return told(pass, step, known, {phase: 'suspending', reason: 'Suspend', message: 'Suspended by field suspend'});
}

interface Applying {
	readonly known: StepStatus | undefined;
	readonly component: Component;
	readonly applied: Applied[];
	readonly services: Map<string, ServiceStatus>;
}

async function applyStep(pass: VelaPass, step: WorkflowStep, {known, component, applied, services}: Applying): Promise<StepStatus> {
	const {application} = pass;
	const objects = await applyAll(pass, render(application, component));
	applied.push(...objects);
	const service = serviceStatus(application, component, objects);
	services.set(component.name, service);
	if (known?.phase === 'succeeded') return known;
	if (service.healthy) return told(pass, step, known, {phase: 'succeeded'});
	return told(pass, step, known, {phase: 'running', reason: 'Wait', message: 'wait healthy'});
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

function newId({context: {random}}: VelaPass): string {
	return Array.from({length: 10}, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
}

/** A workflow that was ended before its end: the steps that were not reached are skipped. */
export function ended(pass: VelaPass, workflow: WorkflowStatus): WorkflowStatus {
	const known = workflow.steps ?? [];
	const missed = stepsOf(pass.application).filter(({name}) => !known.some(step => step.name === name));
	const skipped = missed.map(step => told(pass, step, undefined, {phase: 'skipped', reason: 'Skip'}));
	return {...workflow, status: 'terminated', finished: true, endTime: nowText(pass), steps: [...known, ...skipped]};
}

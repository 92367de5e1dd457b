import {unapply} from './apply.ts';
import type {Application, ApplicationStatus, WorkflowStatus} from './kinds.ts';
import {render} from './render.ts';
import {forgetResources, markSucceeded, newRevision, storeRevision, trackResources} from './revisions.ts';
import {applicationPath, holding, type VelaPass, wantedRevision, writeApplicationStatus} from './vela-pass.ts';
import {ended, execute, newWorkflow} from './workflow.ts';

const finalizer = 'app.oam.dev/resource-tracker-finalizer';
const versionKey = 'oam.dev/kubevela-version';
/** While it is there the controller leaves the Application alone: somebody rolls it back, in several writes. */
const frozen = 'app.oam.dev/controller-version-require';

/** One look at an Application (kubevela: application_controller.go Reconcile). Throws what the API says: again, later. */
export async function syncApplication(pass: VelaPass): Promise<void> {
	const {application} = pass;
	const {metadata, status = {}} = application;
	if (metadata.annotations?.[frozen] !== undefined) return;
	if (metadata.deletionTimestamp !== undefined) return letGo(pass);
	if (metadata.finalizers?.includes(finalizer) !== true) return adopt(pass);
	const revision = await newRevision(pass);
	if (revision !== undefined) {
		await storeRevision(pass, revision);
		const conditions = [...holding(pass, status.conditions ?? [], ['Parsed', 'Revision']), ...(status.conditions ?? []).slice(2)];
		return writeApplicationStatus(pass, {...status, status: 'rendering', latestRevision: revision, conditions});
	}
	const {workflow} = status;
	if (workflow === undefined || workflow === null || workflow.appRevision !== wantedRevision(application)) return run(pass, newWorkflow(pass));
	await goOn(pass, workflow);
}

async function adopt({context: {api}, application}: VelaPass): Promise<void> {
	const {metadata} = application;
	const annotations = {...metadata.annotations, [versionKey]: 'UNKNOWN'};
	const body = {...application, metadata: {...metadata, annotations, finalizers: [...(metadata.finalizers ?? []), finalizer]}};
	await api.send({method: 'PUT', path: applicationPath(application), body});
}

async function letGo(pass: VelaPass): Promise<void> {
	const {context, application} = pass;
	for (const component of application.spec.components) for (const rendered of render(application, component)) await unapply(pass, rendered);
	await forgetResources(pass, undefined);
	const finalizers = (application.metadata.finalizers ?? []).filter(name => name !== finalizer);
	await context.api.send({method: 'PUT', path: applicationPath(application), body: {...application, metadata: {...application.metadata, finalizers}}});
}

/** The workflow is this revision's: what people wrote into it is answered, or it goes on. */
async function goOn(pass: VelaPass, workflow: WorkflowStatus): Promise<void> {
	const {application} = pass;
	const {status: phase, observedGeneration} = application.status ?? {};
	const isSeen = observedGeneration === application.metadata.generation;
	if (workflow.terminated) return phase === 'workflowTerminated' ? undefined : conclude(pass, 'workflowTerminated', ended(pass, workflow));
	if (workflow.finished) return phase === 'running' && isSeen ? undefined : keep(pass, workflow);
	if (!workflow.suspend) return run(pass, workflow);
	if (phase !== 'workflowSuspending') await conclude(pass, 'workflowSuspending', {...workflow, status: 'suspending'});
}

async function conclude(pass: VelaPass, status: string, workflow: WorkflowStatus): Promise<void> {
	await writeApplicationStatus(pass, {...pass.application.status, status, workflow});
}

/** Somebody put the status of an earlier revision in place: its objects are made what they were, and nothing is waited for. */
async function keep(pass: VelaPass, workflow: WorkflowStatus): Promise<void> {
	const {application} = pass;
	const {services = [], conditions = [], ...status} = application.status ?? {};
	await execute(pass, workflow);
	await forgetResources(pass, status.latestRevision?.revision);
	const types = ['Parsed', 'Revision', 'Policy', 'Render', 'Ready'];
	await writeApplicationStatus(pass, {...status, services, status: 'running', conditions: holding(pass, conditions, types)});
}

async function run(pass: VelaPass, before: WorkflowStatus): Promise<void> {
	const {application} = pass;
	const {conditions = [], ...status} = application.status ?? {};
	await trackResources(pass, objectsOf(application));
	const {workflow, services, applied} = await execute(pass, before);
	const isDone = workflow.status === 'succeeded';
	if (isDone) {
		await markSucceeded(pass, workflow);
		await forgetResources(pass, status.latestRevision?.revision);
	} else if (!workflow.suspend) pass.checkAgain(pass.nextDelayMs(workflow));
	const types = ['Parsed', 'Revision', 'Policy', 'Render', ...(isDone ? ['Workflow', 'Ready'] : [])];
	const appliedResources = applied.map(({rendered: {apiVersion, kind, name, body}}) => {
		return {apiVersion, creator: 'workflow', kind, name, namespace: body.metadata.namespace};
	});
	const next: ApplicationStatus = {
		...status,
		status: workflow.suspend ? 'workflowSuspending' : isDone ? 'running' : 'runningWorkflow',
		conditions: holding(pass, conditions, types),
		workflow,
		...(services.length === 0 ? {} : {services}),
		...(appliedResources.length === 0 ? {} : {appliedResources}),
	};
	await writeApplicationStatus(pass, next);
}

function objectsOf(application: Application) {
	return application.spec.components.flatMap(component => render(application, component));
}

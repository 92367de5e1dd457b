import type {Controller, ControllerContext} from '../context.ts';
import {createWhenServed, followCustom} from '../custom/start-when-served.ts';
import {type Informer, keyOf} from '../informer.ts';
import {createWorkQueue} from '../work-queue.ts';
import type {Application, WorkflowStatus} from './kinds.ts';
import {syncApplication} from './sync-application.ts';
import {wantedRevision} from './vela-pass.ts';

/** Brings Applications about, workflow and all (kubevela: webservice, scaler, gateway, kruise-rollout). Only where their CRD is. */
export function createVelaController(context: ControllerContext): Controller {
	return createWhenServed(context, 'applications.core.oam.dev', served => {
		const applications = followCustom<Application>(served, {apiVersion: 'core.oam.dev/v1beta1', kind: 'Application', plural: 'applications'});
		return {controller: createQueue(served, applications), informers: [applications]};
	});
}

/** Of a workflow that waits: which one, how often it went on already, and when it will next. */
interface Waiting {
	readonly workflow: string;
	readonly turns: number;
	readonly untilMs: number;
}

const shortestMs = 1_000;
const longestMs = 60_000;

function createQueue(context: ControllerContext, applications: Informer<Application, 'namespace'>): Controller {
	const {clock} = context;
	const waiting = new Map<string, Waiting>();
	const sync = async (key: string) => {
		const application = applications.get(key);
		if (application === undefined) return void waiting.delete(key);
		const known = waiting.get(key);
		// What the controller itself wrote is no reason to go on before it is time.
		if (known !== undefined && known.workflow === executing(application) && clock.now() < known.untilMs)
			return queue.addAfter(key, known.untilMs - clock.now());
		const nextDelayMs = ({appRevision, startTime}: WorkflowStatus) => {
			const workflow = `${appRevision} ${startTime}`;
			const turns = known?.workflow === workflow ? known.turns + 1 : 0;
			// kubevela/workflow: pkg/executor/workflow.go, the back-off of a workflow that waits.
			const delayMs = Math.min(longestMs, Math.max(shortestMs, 50 * 2 ** turns));
			waiting.set(key, {workflow, turns, untilMs: clock.now() + delayMs});
			return delayMs;
		};
		await syncApplication({context, application, checkAgain: delayMs => queue.addAfter(key, delayMs), nextDelayMs});
	};
	const queue = createWorkQueue({clock, sync});
	applications.onChange(({now}) => now !== undefined && queue.add(keyOf(now)));
	return queue;
}

/** Which workflow executes and waits; undefined when somebody, or a new revision, has something else in mind. */
function executing(application: Application): string | undefined {
	const {metadata, status} = application;
	const {workflow} = status ?? {};
	if (status?.status !== 'runningWorkflow' || status.observedGeneration !== metadata.generation || !workflow) return undefined;
	const isWanted = !workflow.suspend && !workflow.terminated && workflow.appRevision === wantedRevision(application);
	return isWanted && metadata.deletionTimestamp === undefined ? `${workflow.appRevision} ${workflow.startTime}` : undefined;
}

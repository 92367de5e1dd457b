import {createHash} from 'node:crypto';
import {newCondition, withCondition} from '../deployment/conditions.ts';
import type {Condition} from '../kinds.ts';
import {closeAtOnce, type Ending, runClosing} from './closing-steps.ts';
import {type CanaryStatus, type KruiseStatus, kruisePrefix} from './kinds.ts';
import {hasPassed, type KruisePass, mirrored, type RollingPass, rolloutPath, stepAfter, stepsOf, timeNow, writeCanary, writeStatus} from './kruise-pass.ts';
import {runStep} from './rolling-steps.ts';
import {currentReplicaSet, freeWorkload, isRolledBack, isWaiting, labelWorkload, podHashOf, resumeWorkload, revisionOf} from './workload.ts';

const finalizer = `${kruisePrefix}rollout`;
const hashKey = `${kruisePrefix}hash`;
/** Between the news of a new version and its first step. */
const initialMs = 3_000;

/** One look at a Rollout (openkruise/rollouts: rollout_controller.go Reconcile, rollout_progressing.go). Throws what the API says: again, later. */
export async function syncRollout(pass: KruisePass): Promise<void> {
	const {rollout} = pass;
	if (rollout.metadata.deletionTimestamp !== undefined) return letGo(pass);
	if (await adopt(pass)) return;
	await labelWorkload(pass);
	const {status = {}} = rollout;
	if (status.phase === undefined) return writeStatus(pass, {phase: 'Healthy', message: 'rollout is healthy'});
	const wrote = status.phase === 'Progressing' ? await progress(pass, status) : await rest(pass, status);
	if (!wrote && !isSame(status, mirrored(rollout, status))) await writeStatus(pass, status);
}

function isSame(left: KruiseStatus, right: KruiseStatus): boolean {
	return (['observedGeneration', 'currentStepIndex', 'currentStepState'] as const).every(key => left[key] === right[key]);
}

/** What the controller adds of its own to a Rollout. Gives whether it did. */
async function adopt({context: {api}, rollout}: KruisePass): Promise<boolean> {
	const {metadata, spec} = rollout;
	const {canary} = spec.strategy;
	const hash = createHash('sha256')
		.update(JSON.stringify(canary ?? {}))
		.digest('hex');
	const isOurs = metadata.finalizers?.includes(finalizer) === true;
	const steps = stepsOf(rollout);
	if (isOurs && steps.every(({pause}) => pause !== undefined) && metadata.annotations?.[hashKey] === hash) return false;
	const finalizers = isOurs ? metadata.finalizers : [...(metadata.finalizers ?? []), finalizer];
	// The hash is of the steps as they are from now on.
	const annotations = isOurs ? {...metadata.annotations, [hashKey]: hash} : metadata.annotations;
	const filled = {...spec, strategy: {...spec.strategy, canary: {...canary, steps: steps.map(step => ({pause: {}, ...step}))}}};
	await api.send({method: 'PUT', path: rolloutPath(rollout), body: {...rollout, metadata: {...metadata, finalizers, annotations}, spec: filled}});
	return true;
}

async function letGo(pass: KruisePass): Promise<void> {
	const {context, rollout} = pass;
	await freeWorkload(pass);
	await closeAtOnce(pass);
	await resumeWorkload(pass);
	const finalizers = (rollout.metadata.finalizers ?? []).filter(name => name !== finalizer);
	await context.api.send({method: 'PUT', path: rolloutPath(rollout), body: {...rollout, metadata: {...rollout.metadata, finalizers}}});
}

/** Nothing is being released. */
async function rest(pass: KruisePass, status: KruiseStatus): Promise<boolean> {
	if (isWaiting(pass)) {
		await writeStatus(pass, {...status, phase: 'Progressing', conditions: [progressing(pass, 'Initializing', 'Rollout is in Progressing')]});
		return true;
	}
	const stable = podHashOf(currentReplicaSet(pass));
	if (status.canaryStatus !== undefined || stable === undefined) return false;
	const steps = stepsOf(pass.rollout).length;
	const canaryStatus = {...newCanary(pass, stable), currentStepIndex: steps, nextStepIndex: -1, currentStepState: 'Completed' as const};
	await writeStatus(pass, {...status, message: 'workload deployment is completed', canaryStatus});
	return true;
}

function newCanary({rollout, workload}: KruisePass, stableRevision: string): CanaryStatus {
	const revision = revisionOf(workload.spec.template);
	return {
		currentStepIndex: 1,
		nextStepIndex: stepAfter(rollout, 1),
		currentStepState: 'BeforeStepUpgrade',
		stableRevision,
		canaryRevision: revision,
		podTemplateHash: '',
		canaryReplicas: 0,
		canaryReadyReplicas: 0,
		finalisingStep: '',
		observedRolloutID: revision,
		observedWorkloadGeneration: workload.metadata.generation ?? 0,
		rolloutHash: rollout.metadata.annotations?.[hashKey] ?? '',
	};
}

function progressing({context: {clock}}: KruisePass, reason: string, message: string, status = 'True'): Condition {
	return newCondition('Progressing', status, reason, message, clock.now());
}

async function progress(pass: KruisePass, status: KruiseStatus): Promise<boolean> {
	const condition = status.conditions?.find(({type}) => type === 'Progressing');
	if (condition?.reason === 'Initializing') return initialize(pass, status, condition);
	if (status.canaryStatus === undefined) return false;
	const rolling: RollingPass = {...pass, status, canaryStatus: status.canaryStatus};
	switch (condition?.reason) {
		case 'InRolling':
			return roll(rolling);
		case 'Paused':
			return pass.rollout.spec.strategy.paused === true ? false : turn(rolling, 'InRolling', status.message ?? '');
		case 'Finalising':
			return close(rolling, 'completed');
		case 'Cancelling':
			return close(rolling, 'canceled');
		default:
			await writeStatus(pass, {...status, phase: 'Healthy'});
			return true;
	}
}

/** The old step stays in view until the new release has its own; the first step begins a little later. */
async function initialize(pass: KruisePass, status: KruiseStatus, {lastTransitionTime}: Condition): Promise<boolean> {
	const {canaryStatus} = status;
	const stable = pass.workload.metadata.labels?.[`${kruisePrefix}stable-revision`];
	if (stable === undefined) return false;
	if (canaryStatus === undefined || canaryStatus.canaryRevision !== revisionOf(pass.workload.spec.template) || canaryStatus.currentStepState === 'Completed') {
		await writeStatus(pass, {...status, canaryStatus: {...newCanary(pass, stable), lastUpdateTime: timeNow(pass)}});
		return true;
	}
	if (!hasPassed(pass, lastTransitionTime, initialMs)) return false;
	return turn({...pass, status, canaryStatus: {...canaryStatus, lastUpdateTime: timeNow(pass)}}, 'InRolling', 'Rollout is in Progressing');
}

/** The release goes over into another state, which its condition tells. */
async function turn(pass: RollingPass, reason: string, message: string, canary: Partial<CanaryStatus> = {}): Promise<boolean> {
	const [kept] = pass.status.conditions ?? [];
	const condition = {...progressing(pass, reason, message), lastTransitionTime: kept?.lastTransitionTime ?? timeNow(pass)};
	await writeCanary(pass, canary, {message, conditions: [condition]});
	return true;
}

async function roll(pass: RollingPass): Promise<boolean> {
	const {rollout, workload, canaryStatus} = pass;
	const revision = revisionOf(workload.spec.template);
	if (isRolledBack(pass, canaryStatus.stableRevision))
		return turn(pass, 'Cancelling', 'The workload has been rolled back and the rollout process will be canceled', {canaryRevision: revision});
	if (rollout.spec.strategy.paused === true) return turn(pass, 'Paused', 'Rollout has been paused, you can resume it by kube-cli');
	if (revision !== canaryStatus.canaryRevision) return startOver(pass);
	if (canaryStatus.currentStepState === 'Completed') return turn(pass, 'Finalising', 'Rollout has been completed and some closing work is being done');
	return runStep(pass);
}

/** A third version came before the second was everywhere. */
async function startOver(pass: RollingPass): Promise<boolean> {
	await closeAtOnce(pass);
	if (pass.canary !== undefined) return false;
	const {canaryStatus: _, ...status} = pass.status;
	await writeStatus(pass, {...status, conditions: [progressing(pass, 'Initializing', 'Rollout is in Progressing')]});
	return true;
}

async function close(pass: RollingPass, ending: Ending): Promise<boolean> {
	const state = await runClosing(pass, ending);
	if (state !== 'ended') return state === 'wrote';
	const message = `Rollout progressing has been ${ending}`;
	const [kept] = pass.status.conditions ?? [];
	const completed = {...progressing(pass, 'Completed', message, 'False'), lastTransitionTime: kept?.lastTransitionTime ?? timeNow(pass)};
	const succeeded = newCondition('Succeeded', ending === 'completed' ? 'True' : 'False', '', '', pass.context.clock.now());
	await writeCanary(pass, {finalisingStep: 'END', lastUpdateTime: timeNow(pass)}, {message, conditions: withCondition([completed], succeeded)});
	return true;
}

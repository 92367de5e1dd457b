import {bringUpCanary} from './canary-deployment.ts';
import type {CanaryStatus, StepState} from './kinds.ts';
import {graceMs, hasPassed, type RollingPass, routingOf, stepAfter, stepsOf, timeNow, writeCanary} from './kruise-pass.ts';
import {pinStableService, routeStep} from './traffic.ts';
import {podHashOf} from './workload.ts';

/** What a state of a step does. Gives whether it wrote the status. */
type Work = (pass: RollingPass) => Promise<boolean>;

/** The states of a step, in the order in which they come (openkruise/rollouts: rollout_canary.go runCanary). */
const works: Readonly<Record<StepState, Work>> = {
	BeforeStepUpgrade: prepare,
	StepUpgrade: upgrade,
	StepTrafficRouting: route,
	// Nothing is measured: upstream, too, goes on at once.
	StepMetricsAnalysis: pass => become(pass, 'StepPaused'),
	StepPaused: pause,
	StepReady: next,
	Completed: async () => false,
};

/** Does what the step's state asks for. Gives whether it wrote the status. */
export async function runStep(pass: RollingPass): Promise<boolean> {
	const {currentStepIndex, nextStepIndex, currentStepState} = pass.canaryStatus;
	if (nextStepIndex > 0 && nextStepIndex !== stepAfter(pass.rollout, currentStepIndex)) return jump(pass, nextStepIndex);
	return works[currentStepState](pass);
}

/** Where somebody wrote another step as the next one. */
async function jump(pass: RollingPass, index: number): Promise<boolean> {
	const currentStepIndex = Math.min(index, stepsOf(pass.rollout).length);
	return moveTo(pass, {currentStepIndex, nextStepIndex: stepAfter(pass.rollout, currentStepIndex), currentStepState: 'BeforeStepUpgrade'});
}

async function become(pass: RollingPass, currentStepState: StepState): Promise<boolean> {
	await writeCanary(pass, {currentStepState});
	return true;
}

async function moveTo(pass: RollingPass, canary: Partial<CanaryStatus>): Promise<boolean> {
	await writeCanary(pass, {...canary, lastUpdateTime: timeNow(pass)});
	return true;
}

/** A change of the routing begins to be given time. Within one second the write changes nothing that a watch would tell. */
async function touch(pass: RollingPass): Promise<boolean> {
	pass.checkAgain(graceMs(pass.rollout));
	return moveTo(pass, {});
}

function inStep({rollout, canaryStatus}: RollingPass, what: string): string {
	return `Rollout is in step(${canaryStatus.currentStepIndex}/${stepsOf(rollout).length}), and ${what}`;
}

function stepOf({rollout, canaryStatus}: RollingPass) {
	return stepsOf(rollout)[canaryStatus.currentStepIndex - 1] ?? {};
}

/** Where requests are shared out, the Service is first narrowed to the old pods, or it would send to the new ones without a share. */
async function prepare(pass: RollingPass): Promise<boolean> {
	if (routingOf(pass.rollout) !== undefined && (await pinStableService(pass, pass.canaryStatus.stableRevision))) return touch(pass);
	const {lastUpdateTime, currentStepIndex} = pass.canaryStatus;
	if (currentStepIndex === 1 && !hasPassed(pass, lastUpdateTime, graceMs(pass.rollout))) return false;
	const message = inStep(pass, 'upgrade workload to new version');
	await writeCanary(pass, {currentStepState: 'StepUpgrade', lastUpdateTime: timeNow(pass)}, {message});
	return true;
}

async function upgrade(pass: RollingPass): Promise<boolean> {
	const isReady = await bringUpCanary(pass, stepOf(pass));
	const seen = observed(pass, isReady);
	if (isReady) return moveTo(pass, {...seen, currentStepState: 'StepTrafficRouting'});
	const {canaryStatus} = pass;
	if (Object.entries(seen).every(([key, value]) => canaryStatus[key as keyof CanaryStatus] === value)) return false;
	await writeCanary(pass, seen);
	return true;
}

/** What the second Deployment says of itself. */
function observed({canary, canaryReplicaSet, canaryStatus}: RollingPass, isReady: boolean): Partial<CanaryStatus> {
	const {replicas = 0, readyReplicas = 0} = canary?.status ?? {};
	const {canaryRevision, currentStepIndex} = canaryStatus;
	return {
		podTemplateHash: podHashOf(canaryReplicaSet) ?? '',
		canaryReplicas: replicas,
		canaryReadyReplicas: readyReplicas,
		message: `BatchRelease is at state ${isReady ? 'Ready' : 'Verifying'}, rollout-id ${canaryRevision}, step ${currentStepIndex}`,
	};
}

async function route(pass: RollingPass): Promise<boolean> {
	const {rollout, canaryStatus} = pass;
	if (!hasPassed(pass, canaryStatus.lastUpdateTime, graceMs(rollout))) return false;
	if (await routeStep(pass, stepOf(pass), canaryStatus.podTemplateHash)) return touch(pass);
	return moveTo(pass, {currentStepState: 'StepMetricsAnalysis'});
}

async function pause(pass: RollingPass): Promise<boolean> {
	const {duration} = stepOf(pass).pause ?? {};
	const what = duration === undefined ? 'you need manually confirm' : `wait duration(${duration} seconds)`;
	const message = inStep(pass, `${what} to enter the next step`);
	if (pass.status.message !== message) {
		await writeCanary(pass, {}, {message});
		return true;
	}
	if (duration === undefined || !hasPassed(pass, pass.canaryStatus.lastUpdateTime, duration * 1_000)) return false;
	return become(pass, 'StepReady');
}

async function next(pass: RollingPass): Promise<boolean> {
	const {nextStepIndex} = pass.canaryStatus;
	if (nextStepIndex < 0) return moveTo(pass, {currentStepState: 'Completed'});
	const after = stepAfter(pass.rollout, nextStepIndex);
	return moveTo(pass, {currentStepIndex: nextStepIndex, nextStepIndex: after, currentStepState: 'BeforeStepUpgrade'});
}

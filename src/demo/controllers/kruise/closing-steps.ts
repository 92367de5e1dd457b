import {isComplete} from '../deployment/deployment-status.ts';
import {removeCanary} from './canary-deployment.ts';
import {graceMs, hasPassed, type RollingPass, timeNow, writeCanary} from './kruise-pass.ts';
import {removeCanaryIngress, removeCanaryService, restoreStableService} from './traffic.ts';
import {freeWorkload, resumeWorkload} from './workload.ts';

/** How a release ends. */
export type Ending = 'completed' | 'canceled';

/** What a closing step does. Gives whether it is done. */
type Closing = (pass: RollingPass, ending: Ending) => Promise<boolean>;

const closings = {
	async RestoreStableService(pass) {
		await restoreStableService(pass);
		return isSettled(pass);
	},
	async FinalisingStepRouteTrafficToStable(pass) {
		await removeCanaryIngress(pass);
		return isSettled(pass);
	},
	async RemoveCanaryService(pass) {
		await removeCanaryService(pass);
		return isSettled(pass);
	},
	async ResumeWorkload(pass, ending) {
		await resumeWorkload(pass);
		// What was rolled back has its old pods already; what goes on needs them all replaced before the second Deployment goes.
		return pass.workload.spec.paused !== true && (ending === 'canceled' || isComplete(pass.workload, pass.workload.status));
	},
	ReleaseWorkloadControl: removeCanary,
} satisfies Readonly<Record<string, Closing>>;

type ClosingName = keyof typeof closings;

/** In the order in which they come (openkruise/rollouts: rollout_canary.go doCanaryFinalising, nextCanaryTask). */
const orders: Readonly<Record<Ending, readonly ClosingName[]>> = {
	completed: ['RestoreStableService', 'FinalisingStepRouteTrafficToStable', 'RemoveCanaryService', 'ResumeWorkload', 'ReleaseWorkloadControl'],
	canceled: ['FinalisingStepRouteTrafficToStable', 'ResumeWorkload', 'ReleaseWorkloadControl', 'RestoreStableService', 'RemoveCanaryService'],
};

/** Each change of the routing is given time. */
function isSettled(pass: RollingPass): boolean {
	return hasPassed(pass, pass.canaryStatus.lastUpdateTime, graceMs(pass.rollout));
}

/** Takes back, step by step, what the release has made. Gives `ended` after the last one, `wrote` when the status was written. */
export async function runClosing(pass: RollingPass, ending: Ending): Promise<'ended' | 'wrote' | 'waits'> {
	const order = orders[ending];
	const current = order.indexOf(pass.canaryStatus.finalisingStep as ClosingName);
	if (current < 0) await freeWorkload(pass);
	else if (!(await isClosed(pass, ending, order[current]))) return 'waits';
	const following = order[current + 1];
	if (following === undefined) return 'ended';
	await writeCanary(pass, {finalisingStep: following, lastUpdateTime: timeNow(pass), observedWorkloadGeneration: pass.workload.metadata.generation ?? 0});
	return 'wrote';
}

async function isClosed(pass: RollingPass, ending: Ending, name: ClosingName | undefined): Promise<boolean> {
	const closing: Closing | undefined = name === undefined ? undefined : closings[name];
	return closing === undefined || closing(pass, ending);
}

/** All of it at once, where nobody waits for the order: the Rollout goes, or another version comes. */
export async function closeAtOnce(pass: Parameters<typeof removeCanary>[0]): Promise<void> {
	await removeCanaryIngress(pass);
	await removeCanaryService(pass);
	await restoreStableService(pass);
	await removeCanary(pass);
}

import {errorOf} from '../errors.ts';
import type {ControllerRevision} from '../history/controller-revision.ts';
import type {Pod} from '../kinds.ts';
import {slowStart} from '../slow-start.ts';
import {type PodPlan, type PodStep, planPods} from './plan-pods.ts';
import {type SetRevisions, syncRevisions} from './set-revisions.ts';
import {carryOut, type StatefulPodControl} from './stateful-pod-control.ts';
import type {StatefulSet, StatefulSetStatus} from './stateful-set.ts';
import {sameStatefulSetStatus, statefulSetStatus} from './stateful-set-status.ts';

/** One pass over a set. */
export interface SetPass {
	readonly set: StatefulSet;
	readonly pods: readonly Pod[];
	readonly revisions: readonly ControllerRevision[];
	readonly control: StatefulPodControl;
	readonly nowMs: number;
}

/** What came of it: the status to be written if it is news, also when something went wrong. */
export interface SetPassResult {
	readonly found: SetRevisions;
	readonly status: StatefulSetStatus;
	readonly isNews: boolean;
	readonly failure: Error | undefined;
}

/** Makes and removes what is due, and counts what was there (kubernetes: stateful_set_control.go performUpdate). */
export async function syncPods({set, pods, revisions, control, nowMs}: SetPass): Promise<SetPassResult> {
	const found = await syncRevisions(control.api, set, revisions);
	const updateRevision = found.update.metadata.name;
	const plan = planPods({set, pods, updateRevision, nowMs});
	const {done, failure} = await carryOutAll(plan, step => carryOut(step, set, found, control));
	const replaced = done.filter(step => step.kind === 'delete' && step.isUpdate).length;
	const {collisionCount} = found;
	const status = statefulSetStatus({set, pods, currentRevision: found.current.metadata.name, updateRevision, collisionCount, replaced, nowMs});
	return {found, status, isNews: !sameStatefulSetStatus(set.status, status), failure};
}

/** Stops with the first failure. */
async function carryOutAll({stages, atOnce}: PodPlan, act: (step: PodStep) => Promise<void>) {
	const done: PodStep[] = [];
	const isDone = async (step: PodStep) => {
		await act(step);
		done.push(step);
	};
	for (const steps of stages) {
		const failure = atOnce ? await allAtOnce(steps, isDone) : await oneByOne(steps, isDone);
		if (failure !== undefined) return {done, failure};
	}
	return {done, failure: undefined};
}

async function allAtOnce(steps: readonly PodStep[], act: (step: PodStep) => Promise<void>): Promise<Error | undefined> {
	const waiting = [...steps];
	const {failure} = await slowStart(steps.length, async () => {
		const step = waiting.shift();
		if (step !== undefined) await act(step);
	});
	return failure;
}

async function oneByOne(steps: readonly PodStep[], act: (step: PodStep) => Promise<void>): Promise<Error | undefined> {
	try {
		for (const step of steps) await act(step);
		return undefined;
	} catch (error) {
		return errorOf(error);
	}
}

import {claim} from '../claim.ts';
import type {Controller, ControllerContext} from '../context.ts';
import {createExpectations} from '../expectations.ts';
import {keyOf} from '../informer.ts';
import type {Pod, ReplicaSet, ReplicaSetStatus} from '../kinds.ts';
import {controllerOf, orphansOf} from '../owners.ts';
import {podPath, replicaSetPath} from '../paths.ts';
import {createPodControl} from '../pod-control.ts';
import {isActive, isTerminating, nextAvailabilityMs} from '../pods.ts';
import {selects} from '../selectors.ts';
import {watchPods} from '../watch-pods.ts';
import {createWorkQueue} from '../work-queue.ts';
import {createWriteTracker} from '../write-tracker.ts';
import {manageReplicas, type ReplicaManager} from './manage-replicas.ts';
import {replicaSetStatus, sameReplicaSetStatus} from './replica-set-status.ts';

/** A ReplicaSet with more pods than this is counted twenty times a second at most: each time all of them are looked at. */
const manyPods = 500;
const batchMs = 50;

/** Keeps as many pods as each ReplicaSet wants (kubernetes: pkg/controller/replicaset). */
export function createReplicaSetController(context: ControllerContext): Controller {
	const {api, clock, informers} = context;
	const {pods, replicaSets} = informers;
	const expectations = createExpectations(clock);
	const written = createWriteTracker(informers);
	const manager: ReplicaManager = {
		expectations,
		pods: createPodControl(api, context.recorder('replicaset-controller')),
		related: replicaSet => relatedPods(context, replicaSet),
		onCreated: (replicaSet, pod) => written.wrote(keyOf(replicaSet), 'pods', pod),
		now: clock.now,
	};
	const sync = async (key: string) => {
		if (!written.isSeen(key)) throw new Error('the watch is behind what was written');
		const replicaSet = replicaSets.get(key);
		if (replicaSet === undefined) expectations.forget(key);
		else await reconcile(key, replicaSet);
	};
	const reconcile = async (key: string, replicaSet: ReplicaSet) => {
		const mayManage = expectations.areSatisfied(key);
		const {active, terminating} = await podsOf(context, replicaSet);
		const isEnding = replicaSet.metadata.deletionTimestamp !== undefined;
		const failure = mayManage && !isEnding ? await manageReplicas(replicaSet, active, manager) : undefined;
		const nowMs = clock.now();
		const status = replicaSetStatus({replicaSet, active, terminating, failure, nowMs});
		if (!sameReplicaSetStatus(replicaSet.status, status)) {
			written.wrote(key, 'replicaSets', await writeStatus(context, replicaSet, status));
		}
		if (failure !== undefined) throw failure;
		const {minReadySeconds = 0} = replicaSet.spec;
		if (minReadySeconds > 0 && status.readyReplicas !== status.availableReplicas) {
			queue.addAfter(key, nextAvailabilityMs(active, minReadySeconds, nowMs) ?? minReadySeconds * 1_000);
		}
	};
	const queue = createWorkQueue({clock, sync});
	replicaSets.onChange(({before, now}) => {
		const changed = now ?? before;
		if (changed === undefined) return;
		if (now === undefined) {
			expectations.forget(keyOf(changed));
			written.forget(keyOf(changed));
		}
		const isWanted = before?.metadata.generation !== now?.metadata.generation;
		queue.addAfter(keyOf(changed), isWanted ? 0 : countingDelayMs(changed));
	});
	pods.onChange(
		watchPods({
			kind: 'ReplicaSet',
			owners: replicaSets,
			expectations,
			wake: replicaSet => queue.addAfter(keyOf(replicaSet), countingDelayMs(replicaSet)),
			wakeAfter: (replicaSet, delayMs) => queue.addAfter(keyOf(replicaSet), delayMs),
		}),
	);
	return queue;
}

/** How long to wait for further changes before a ReplicaSet's pods are counted again. */
function countingDelayMs({spec, status}: ReplicaSet): number {
	return Math.max(spec.replicas, status?.replicas ?? 0) > manyPods ? batchMs : 0;
}

/** Its own pods, adopted ones included; what its selector does not mean any more is let go. */
async function podsOf({api, informers: {pods}}: ControllerContext, replicaSet: ReplicaSet) {
	const {namespace, name, uid} = replicaSet.metadata;
	const owned = [...pods.with('manager', uid)];
	const candidates = [...owned, ...pods.with('manager', orphansOf(namespace))].filter(isActive);
	const active = await claim(candidates, {
		owner: replicaSet,
		selector: replicaSet.spec.selector,
		api,
		ownerPath: replicaSetPath(namespace, name),
		pathOf: pod => podPath(namespace, pod.metadata.name),
	});
	const terminating = owned.filter(pod => isTerminating(pod) && selects(replicaSet.spec.selector, pod.metadata.labels));
	return {active, terminating};
}

function* relatedPods({informers: {pods, replicaSets}}: ControllerContext, replicaSet: ReplicaSet): Iterable<Pod> {
	const owner = controllerOf(replicaSet);
	const siblings = owner === undefined ? [replicaSet] : replicaSets.with('manager', owner.uid);
	for (const sibling of siblings) yield* pods.with('manager', sibling.metadata.uid);
}

/** Once more on the newest version if the known one is too old. */
async function writeStatus({api}: ControllerContext, replicaSet: ReplicaSet, status: ReplicaSetStatus): Promise<ReplicaSet> {
	const {namespace, name} = replicaSet.metadata;
	const path = replicaSetPath(namespace, name);
	const put = (current: ReplicaSet) => api.send({method: 'PUT', path: `${path}/status`, body: {...current, status}}) as Promise<ReplicaSet>;
	try {
		return await put(replicaSet);
	} catch {
		return put((await api.send({path})) as ReplicaSet);
	}
}

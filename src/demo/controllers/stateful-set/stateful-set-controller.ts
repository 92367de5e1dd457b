import {ApiError} from '../../api-client.ts';
import {claim} from '../claim.ts';
import type {Controller, ControllerContext} from '../context.ts';
import type {ControllerRevision} from '../history/controller-revision.ts';
import {revisionPath} from '../history/revision-store.ts';
import {keyOf} from '../informer.ts';
import type {Pod} from '../kinds.ts';
import {controllerOf, orphansOf} from '../owners.ts';
import {pathOf, podPath} from '../paths.ts';
import {nextAvailabilityMs} from '../pods.ts';
import {selects} from '../selectors.ts';
import {watchPods} from '../watch-pods.ts';
import {createWorkQueue} from '../work-queue.ts';
import {createWriteTracker} from '../write-tracker.ts';
import {surplusRevisions} from './set-revisions.ts';
import type {StatefulPodControl} from './stateful-pod-control.ts';
import {placeOf, type StatefulSet, type StatefulSetStatus} from './stateful-set.ts';
import {syncPods} from './sync-pods.ts';

/** Keeps each StatefulSet's pods, one after the other and under their own names (kubernetes: pkg/controller/statefulset). */
export function createStatefulSetController(context: ControllerContext): Controller {
	const {api, clock, informers} = context;
	const {pods, statefulSets} = informers;
	const written = createWriteTracker({pods, statefulSets});
	const control: StatefulPodControl = {
		api,
		events: context.recorder('statefulset-controller'),
		onWrite: (set, pod) => written.wrote(set, 'pods', pod),
	};
	const sync = async (key: string) => {
		if (!written.isSeen(key)) throw new Error('the watch is behind what was written');
		const set = statefulSets.get(key);
		if (set !== undefined) await reconcile(key, set);
	};
	const reconcile = async (key: string, set: StatefulSet) => {
		const nowMs = clock.now();
		const revisions = await revisionsOf(context, set);
		const own = await podsOf(context, set);
		const {found, status, isNews, failure} = await syncPods({set, pods: own, revisions, control, nowMs});
		if (isNews) written.wrote(key, 'statefulSets', await writeStatus(context, set, status));
		for (const {metadata} of surplusRevisions(set, revisions, own, found)) {
			await api.send({method: 'DELETE', path: revisionPath(metadata.namespace, metadata.name)});
		}
		if (failure !== undefined) throw failure;
		const {minReadySeconds = 0} = set.spec;
		if (minReadySeconds > 0 && status.readyReplicas !== status.availableReplicas) {
			queue.addAfter(key, nextAvailabilityMs(own, minReadySeconds, nowMs) ?? minReadySeconds * 1_000);
		}
	};
	const queue = createWorkQueue({clock, sync});
	statefulSets.onChange(({before, now}) => {
		const changed = now ?? before;
		if (changed === undefined) return;
		if (now === undefined) written.forget(keyOf(changed));
		queue.add(keyOf(changed));
	});
	pods.onChange(
		watchPods({
			kind: 'StatefulSet',
			owners: statefulSets,
			wake: set => queue.add(keyOf(set)),
			wakeAfter: (set, delayMs) => queue.addAfter(keyOf(set), delayMs),
		}),
	);
	return queue;
}

function setPath({metadata: {namespace, name}}: StatefulSet): string {
	return pathOf('apps/v1', 'statefulsets', namespace, name);
}

/** Its own pods, adopted ones included. One that has another set's name is none, whatever its labels say. */
function podsOf({api, informers: {pods}}: ControllerContext, set: StatefulSet): Promise<readonly Pod[]> {
	const {namespace, name, uid} = set.metadata;
	return claim([...pods.with('manager', uid), ...pods.with('manager', orphansOf(namespace))], {
		owner: set,
		selector: set.spec.selector,
		isMember: pod => placeOf(pod)?.parent === name,
		api,
		ownerPath: setPath(set),
		pathOf: pod => podPath(namespace, pod.metadata.name),
	});
}

/** Its history; what nobody owns and its selector means is adopted first. */
async function revisionsOf({api, informers: {controllerRevisions}}: ControllerContext, set: StatefulSet): Promise<readonly ControllerRevision[]> {
	const {namespace, uid} = set.metadata;
	const meant = [...controllerRevisions.with('namespace', namespace)].filter(({metadata}) => selects(set.spec.selector, metadata.labels));
	const candidates = meant.filter(revision => (controllerOf(revision)?.uid ?? uid) === uid);
	const claimant = {owner: set, selector: set.spec.selector, api, ownerPath: setPath(set)};
	return claim(candidates, {...claimant, pathOf: revision => revisionPath(namespace, revision.metadata.name)});
}

/** On the newest version if the known one is too old (kubernetes: stateful_set_status_updater.go). */
async function writeStatus({api}: ControllerContext, set: StatefulSet, status: StatefulSetStatus): Promise<StatefulSet> {
	const path = setPath(set);
	const put = (current: StatefulSet) => api.send({method: 'PUT', path: `${path}/status`, body: {...current, status}}) as Promise<StatefulSet>;
	try {
		return await put(set);
	} catch (error) {
		if (!(error instanceof ApiError && error.status === 409)) throw error;
		return put((await api.send({path})) as StatefulSet);
	}
}

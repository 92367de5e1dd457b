import {claim} from '../claim.ts';
import type {ControllerContext} from '../context.ts';
import type {Expectations} from '../expectations.ts';
import type {ControllerRevision} from '../history/controller-revision.ts';
import {revisionPath} from '../history/revision-store.ts';
import {keyOf} from '../informer.ts';
import type {Pod} from '../kinds.ts';
import {controllerOf, orphansOf} from '../owners.ts';
import {podPath} from '../paths.ts';
import {isTerminal} from '../pods.ts';
import {daemonSetPath, hashOf, surplusHistory, syncHistory} from './daemon-history.ts';
import {nodeOf} from './daemon-pod.ts';
import type {DaemonSet, DaemonSetStatus} from './daemon-set.ts';
import {daemonSetStatus, sameDaemonSetStatus} from './daemon-set-status.ts';
import type {EndedPods} from './ended-pods.ts';
import {type DaemonSituation, type PodsByNode, planNodes} from './plan-nodes.ts';
import {planUpdate} from './plan-rolling-update.ts';
import {type DaemonManager, syncNodes} from './sync-nodes.ts';

/** One pass over one DaemonSet. */
export interface DaemonPass {
	readonly context: ControllerContext;
	readonly set: DaemonSet;
	readonly expectations: Expectations;
	readonly endedPods: EndedPods;
	readonly manager: DaemonManager;
	readonly onStatus: (set: DaemonSet) => void;
	/** Asks for another pass. */
	readonly checkAgain: (delayMs: number) => void;
}

/** Makes and removes pods, and tells what there is (kubernetes: daemon_controller.go syncDaemonSet). Throws what the API says. */
export async function syncDaemonSet(pass: DaemonPass): Promise<void> {
	const {context, set, expectations} = pass;
	const history = await syncHistory(context.api, set, await revisionsOf(context, set));
	const hash = hashOf(history.current);
	if (!expectations.areSatisfied(keyOf(set))) return writeStatus(pass, await situationOf(pass, hash), false);
	const failure = await failureOf(async () => {
		await syncPods(pass, hash);
		for (const {metadata} of surplusHistory(set, history.old, await podsOf(context, set))) {
			await context.api.send({method: 'DELETE', path: revisionPath(metadata.namespace, metadata.name)});
		}
	});
	await writeStatus(pass, await situationOf(pass, hash), true);
	if (failure !== undefined) throw failure.error;
}

async function failureOf(work: () => Promise<void>): Promise<{readonly error: unknown} | undefined> {
	try {
		await work();
		return undefined;
	} catch (error) {
		return {error};
	}
}

async function situationOf({context, set}: DaemonPass, hash: string): Promise<DaemonSituation> {
	const {clock, informers} = context;
	return {set, nodes: [...informers.nodes.all()], podsByNode: groupByNode(await podsOf(context, set)), hash, nowMs: clock.now()};
}

/** First each node gets its one pod; when all of that has been seen, the update goes on. */
async function syncPods(pass: DaemonPass, hash: string): Promise<void> {
	const {set, expectations, endedPods, manager, checkAgain} = pass;
	const plan = planNodes(await situationOf(pass, hash));
	const due = endedPods.due(set, plan.ended, checkAgain);
	await syncNodes(set, plan.nodes, [...due, ...plan.pods], hash, manager);
	if (!expectations.areSatisfied(keyOf(set)) || set.spec.updateStrategy.type !== 'RollingUpdate') return;
	const update = planUpdate(await situationOf(pass, hash));
	await syncNodes(set, update.nodes, update.pods, hash, manager);
}

async function writeStatus({context, set, onStatus, checkAgain}: DaemonPass, situation: DaemonSituation, isProcessed: boolean): Promise<void> {
	const status = daemonSetStatus(situation, isProcessed);
	if (!sameDaemonSetStatus(set, status)) onStatus(await putStatus(context, set, status));
	const {minReadySeconds = 0} = set.spec;
	if (minReadySeconds > 0 && status.numberReady !== status.numberAvailable) checkAgain(minReadySeconds * 1_000);
}

/** Once more on the newest version if the known one is too old. */
async function putStatus({api}: ControllerContext, set: DaemonSet, status: DaemonSetStatus): Promise<DaemonSet> {
	const path = daemonSetPath(set);
	const put = (current: DaemonSet) => api.send({method: 'PUT', path: `${path}/status`, body: {...current, status}}) as Promise<DaemonSet>;
	try {
		return await put(set);
	} catch {
		return put((await api.send({path})) as DaemonSet);
	}
}

/** Its own pods, adopted ones included. */
function podsOf({api, informers: {pods}}: ControllerContext, set: DaemonSet): Promise<readonly Pod[]> {
	const {namespace, uid} = set.metadata;
	return claim([...pods.with('manager', uid), ...pods.with('manager', orphansOf(namespace))], {
		owner: set,
		selector: set.spec.selector,
		api,
		ownerPath: daemonSetPath(set),
		pathOf: pod => podPath(namespace, pod.metadata.name),
	});
}

/** Its history, adopted revisions included. */
function revisionsOf({api, informers: {controllerRevisions}}: ControllerContext, set: DaemonSet): Promise<readonly ControllerRevision[]> {
	const {namespace, uid} = set.metadata;
	const candidates = [...controllerRevisions.with('namespace', namespace)].filter(revision => (controllerOf(revision)?.uid ?? uid) === uid);
	const claimant = {owner: set, selector: set.spec.selector, api, ownerPath: daemonSetPath(set)};
	return claim(candidates, {...claimant, pathOf: revision => revisionPath(namespace, revision.metadata.name)});
}

/** Those that have ended and are being removed are nobody's concern any more. */
function groupByNode(pods: readonly Pod[]): PodsByNode {
	const byNode = new Map<string, Pod[]>();
	for (const pod of pods) {
		const node = nodeOf(pod);
		if (node === undefined || (isTerminal(pod) && pod.metadata.deletionTimestamp !== undefined)) continue;
		byNode.set(node, [...(byNode.get(node) ?? []), pod]);
	}
	return byNode;
}

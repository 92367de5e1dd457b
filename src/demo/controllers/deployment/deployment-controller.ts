import {claim} from '../claim.ts';
import type {Controller, ControllerContext} from '../context.ts';
import {keyOf} from '../informer.ts';
import type {Deployment, Pod, ReplicaSet} from '../kinds.ts';
import {byAge, controllerOf, findController, orphansOf} from '../owners.ts';
import {deploymentPath, replicaSetPath} from '../paths.ts';
import {isEmptySelector, selects} from '../selectors.ts';
import {createWorkQueue} from '../work-queue.ts';
import {refuseToSelectAll, syncDeployment} from './sync-deployment.ts';

const maxRetries = 15;

/** Rolls Deployments out (kubernetes: pkg/controller/deployment). */
export function createDeploymentController(context: ControllerContext): Controller {
	const {api, clock, informers} = context;
	const {deployments, replicaSets, pods} = informers;
	const events = context.recorder('deployment-controller');
	const podsOf = (replicaSet: ReplicaSet) => pods.with('manager', replicaSet.metadata.uid);
	const sync = async (key: string) => {
		const deployment = deployments.get(key);
		if (deployment === undefined) return;
		const checkAgain = (delayMs: number) => (delayMs === 0 ? queue.addRateLimited(key) : queue.addAfter(key, delayMs));
		const pass = {api, clock, events, deployment, replicaSets: [], checkAgain};
		if (await refuseToSelectAll(pass)) return;
		const owned = await replicaSetsOf(context, deployment);
		await syncDeployment({...pass, replicaSets: owned}, podsOf);
	};
	const queue = createWorkQueue({clock, sync, maxRetries});
	const managerOf = (object: ReplicaSet) => findController(controllerOf(object), 'Deployment', object.metadata.namespace, deployments.get);
	const wake = (deployment: Deployment | undefined) => deployment !== undefined && queue.add(keyOf(deployment));
	const wakeAll = ({metadata: {namespace, labels}}: ReplicaSet) => {
		for (const deployment of deployments.with('namespace', namespace)) {
			if (!isEmptySelector(deployment.spec.selector) && selects(deployment.spec.selector, labels)) wake(deployment);
		}
	};
	deployments.onChange(({before, now}) => wake(now ?? before));
	replicaSets.onChange(({before, now}) => {
		if (before !== undefined) wake(managerOf(before));
		if (now === undefined) return;
		if (controllerOf(now) !== undefined) wake(managerOf(now));
		else if (now.metadata.deletionTimestamp === undefined) wakeAll(now);
	});
	pods.onChange(({before, now}) => {
		if (before !== undefined && now === undefined) wake(recreated(before));
	});
	/** The Deployment that has waited for its last pod to go. */
	const recreated = (pod: Pod): Deployment | undefined => {
		const replicaSet = findController(controllerOf(pod), 'ReplicaSet', pod.metadata.namespace, replicaSets.get);
		const deployment = replicaSet === undefined ? undefined : managerOf(replicaSet);
		if (deployment?.spec.strategy.type !== 'Recreate') return undefined;
		const isEmpty = [...replicaSets.with('manager', deployment.metadata.uid)].every(sibling => [...podsOf(sibling)].length === 0);
		return isEmpty ? deployment : undefined;
	};
	return queue;
}

/** Its own ReplicaSets, oldest first; adopted ones included, and what its selector does not mean any more is let go. */
async function replicaSetsOf({api, informers: {replicaSets}}: ControllerContext, deployment: Deployment): Promise<readonly ReplicaSet[]> {
	const {namespace, name, uid} = deployment.metadata;
	const candidates = [...replicaSets.with('manager', uid), ...replicaSets.with('manager', orphansOf(namespace))];
	const claimed = await claim(candidates, {
		owner: deployment,
		selector: deployment.spec.selector,
		api,
		ownerPath: deploymentPath(namespace, name),
		pathOf: replicaSet => replicaSetPath(namespace, replicaSet.metadata.name),
	});
	return claimed.toSorted(byAge);
}

import {podPath} from '../paths.ts';
import {isAvailable} from '../pods.ts';
import {type ArgoPass, replicasOf} from './argo-pass.ts';

/**
 * Removes, one at a time, the pods that were there when somebody asked for a restart. Gives when that was, once all are new; undefined until then
 * (argo-rollouts: restart.go).
 */
export async function restartPods({context, rollout, replicaSets, checkAgain}: ArgoPass): Promise<string | undefined> {
	const {restartAt, minReadySeconds = 0} = rollout.spec;
	const {restartedAt} = rollout.status ?? {};
	if (restartAt === undefined || restartAt === restartedAt) return restartedAt;
	const {api, clock, informers} = context;
	const leftMs = Date.parse(restartAt) - clock.now();
	if (leftMs > 0) {
		checkAgain(leftMs);
		return restartedAt;
	}
	const pods = replicaSets.flatMap(({metadata: {uid}}) => [...informers.pods.with('manager', uid)]);
	const staying = pods.filter(({metadata}) => metadata.deletionTimestamp === undefined);
	const [old] = staying.filter(({metadata}) => metadata.creationTimestamp < restartAt);
	const counted = replicaSets.reduce((sum, {status}) => sum + (status?.replicas ?? 0), 0);
	if (old === undefined) return Math.min(staying.length, counted) >= replicasOf(rollout) ? restartAt : restartedAt;
	const isEnough = staying.filter(pod => isAvailable(pod, minReadySeconds, clock.now())).length >= replicasOf(rollout);
	if (isEnough) await api.send({method: 'DELETE', path: podPath(rollout.metadata.namespace, old.metadata.name)});
	return restartedAt;
}

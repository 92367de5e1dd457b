import {deploymentPath} from '../../../src/demo/controllers/paths.ts';
import type {Recorder} from '../differential/recorder.ts';
import type {Side} from './sides.ts';
import {app, type Change, deploymentOf, type RawObject} from './situation.ts';

/** A Deployment as far as keys change it. */
export interface SeenWorkload {
	readonly image: string;
	readonly paused: boolean;
	readonly replicas: number;
	readonly generation: number;
	readonly restartedAt: string | undefined;
	readonly pods: readonly string[];
	readonly isComplete: boolean;
}

/** One Deployment in a namespace of its own, that somebody watches on a screen. */
export interface Stage {
	readonly namespace: string;
	/** Somebody else's change: `kubectl apply` of another file. */
	readonly change: (change: Change) => Promise<void>;
	/** A merge patch. */
	readonly patch: (body: object) => Promise<void>;
	readonly seen: () => SeenWorkload;
	/** Waits until a watch has shown it. */
	readonly until: (holds: (seen: SeenWorkload) => boolean) => Promise<SeenWorkload>;
}

const patienceMs = 30_000;

/** Makes it, and comes back when its first version is complete. */
export async function openStage({side, recorder, namespace}: {side: Side; recorder: Recorder; namespace: string}, before: Change): Promise<Stage> {
	const {client} = side;
	const recording = recorder.open(namespace);
	await client.send({method: 'POST', path: '/api/v1/namespaces', body: {apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}}});
	await client.send({method: 'POST', path: `/apis/apps/v1/namespaces/${namespace}/deployments`, body: deploymentOf(before)});
	const patch = async (body: object) => {
		await client.send({method: 'PATCH', path: deploymentPath(namespace, app), contentType: 'application/merge-patch+json', body});
	};
	const seen = () => seenOf(recording.state.deployments.get(app) as RawObject | undefined, [...recording.state.pods.keys()]);
	const stage: Stage = {
		namespace,
		patch,
		change: change => patch({spec: (deploymentOf(before, change) as {spec: object}).spec}),
		seen,
		async until(holds) {
			await recording.until(() => (holds(seen()) ? undefined : `not reached: ${JSON.stringify(seen())}`), patienceMs);
			return seen();
		},
	};
	await stage.until(({isComplete}) => isComplete);
	return stage;
}

function seenOf(deployment: RawObject | undefined, pods: readonly string[]): SeenWorkload {
	const {spec, status = {}, metadata} = deployment ?? {};
	const replicas = spec?.replicas ?? 0;
	return {
		image: spec?.template.spec.containers[0].image ?? '',
		paused: spec?.paused === true,
		replicas,
		generation: metadata?.generation ?? 0,
		restartedAt: spec?.template.metadata.annotations?.['kubectl.kubernetes.io/restartedAt'],
		pods,
		isComplete: status.observedGeneration === metadata?.generation && status.updatedReplicas === replicas && status.availableReplicas === replicas,
	};
}

import type {ClusterConnection} from '../../../src/cluster/connect.ts';
import {connectTo} from '../../cluster-io/harness/kubeconfig.ts';
import {type EmbeddedApi, embeddedApi} from '../../demo/api-extras/embedded-api.ts';

/** How a workload shall stand, by what its status says. */
export type Standing = 'complete' | 'progressing' | 'stalled' | 'paused';

export type Wish = {
	readonly kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet';
	readonly standing?: Standing;
	readonly namespace?: string;
	readonly labels?: Readonly<Record<string, string>>;
	readonly annotations?: Readonly<Record<string, string>>;
};

const plurals = {Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets'} as const;
const pods = (app: string) => ({
	selector: {matchLabels: {app}},
	template: {metadata: {labels: {app}}, spec: {containers: [{name: 'app', image: `example/${app}:v2`}]}},
});

const replicas = (updated: number) => ({replicas: 3, updatedReplicas: updated, readyReplicas: updated, availableReplicas: updated});

function specOf(app: string, {kind = 'Deployment', standing = 'complete'}: Wish): object {
	if (kind === 'Deployment') return {replicas: 3, paused: standing === 'paused', ...pods(app)};
	return kind === 'StatefulSet' ? {replicas: 3, serviceName: app, ...pods(app)} : pods(app);
}

function statusOf({kind = 'Deployment', standing = 'complete'}: Wish, generation: number): object {
	const updated = standing === 'complete' ? 3 : 1;
	const seen = {observedGeneration: generation};
	if (kind === 'DaemonSet')
		return {
			...seen,
			desiredNumberScheduled: 3,
			currentNumberScheduled: 3,
			numberMisscheduled: 0,
			numberReady: updated,
			updatedNumberScheduled: updated,
			numberAvailable: updated,
		};
	if (kind === 'StatefulSet')
		return {...seen, ...replicas(updated), currentRevision: 'a', updateRevision: standing === 'complete' ? 'a' : 'b', currentReplicas: 3 - updated};
	const exceeded = {type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'ReplicaSet "x" has timed out progressing.'};
	return {...seen, ...replicas(updated), conditions: standing === 'stalled' ? [exceeded] : []};
}

/** An embedded API server with workloads whose status is written by hand: no controller runs, so that a test says when what changes. */
export type ManyWorkloads = {
	readonly api: EmbeddedApi;
	readonly connection: ClusterConnection;
	readonly add: (name: string, wish?: Wish) => Promise<void>;
	/** Another status of one that is there. */
	readonly change: (name: string, wish: Wish) => Promise<void>;
	/** The ReplicaSet of a Deployment's template, and a pod of it that can't pull its image. */
	readonly addFailingPod: (name: string) => Promise<void>;
	readonly remove: (name: string, wish?: Wish) => Promise<void>;
};

const collection = ({kind = 'Deployment', namespace = 'web'}: Wish) => `/apis/apps/v1/namespaces/${namespace}/${plurals[kind]}`;

/** Starts one with the namespaces `web` and `shop`; it ends with the test. */
export async function manyWorkloads(): Promise<ManyWorkloads> {
	const api = await embeddedApi();
	for (const name of ['web', 'shop']) await api.create('/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name}});
	const connection = await connectTo(api.url, {user: {token: 'admin'}}, {namespace: 'web'});
	const put = async (name: string, wish: Wish) => {
		const path = `${collection(wish)}/${name}`;
		const object = (await (await api.ask(path)).json()) as {metadata: {generation: number}};
		const body = JSON.stringify({...object, status: statusOf(wish, object.metadata.generation)});
		const answer = await api.ask(`${path}/status`, {method: 'PUT', body, headers: {'content-type': 'application/json'}});
		if (!answer.ok) throw new Error(await answer.text());
	};
	return {
		api,
		connection,
		async add(name, wish = {}) {
			const {kind = 'Deployment', labels = {}, annotations = {}} = wish;
			await api.create(collection(wish), {apiVersion: 'apps/v1', kind, metadata: {name, labels, annotations}, spec: specOf(name, wish)});
			await put(name, wish);
		},
		change: put,
		async addFailingPod(name) {
			const {metadata, spec} = (await (await api.ask(`${collection({})}/${name}`)).json()) as {metadata: {uid: string}; spec: {template: object}};
			const labels = {app: name, 'pod-template-hash': '7c9d5f8b6d'};
			const template = {...spec.template, metadata: {labels}};
			const owner = (apiVersion: string, kind: string, owned: string, uid: string) => ({
				ownerReferences: [{apiVersion, kind, name: owned, uid, controller: true}],
			});
			const set = (await api.create('/apis/apps/v1/namespaces/web/replicasets', {
				apiVersion: 'apps/v1',
				kind: 'ReplicaSet',
				metadata: {name: `${name}-7c9d5f8b6d`, labels, ...owner('apps/v1', 'Deployment', name, metadata.uid)},
				spec: {replicas: 1, selector: {matchLabels: labels}, template},
			})) as {metadata: {uid: string}};
			const waiting = {reason: 'ImagePullBackOff', message: 'Back-off pulling image "example/bad:v9": not found'};
			await api.create('/api/v1/namespaces/web/pods', {
				apiVersion: 'v1',
				kind: 'Pod',
				metadata: {name: `${name}-7c9d5f8b6d-x2x7k`, labels, ...owner('apps/v1', 'ReplicaSet', `${name}-7c9d5f8b6d`, set.metadata.uid)},
				spec: {containers: [{name: 'app', image: 'example/bad:v9'}]},
				status: {
					phase: 'Pending',
					containerStatuses: [{name: 'app', image: 'example/bad:v9', imageID: '', ready: false, started: false, restartCount: 0, state: {waiting}}],
				},
			});
		},
		async remove(name, wish = {}) {
			await api.ask(`${collection(wish)}/${name}`, {method: 'DELETE'});
		},
	};
}

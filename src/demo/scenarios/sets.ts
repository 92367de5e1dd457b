import type {ApiObject} from '../api-object.ts';
import {create} from './changes.ts';
import {deployment, service} from './manifests.ts';
import type {Change, Cue, Scenario, Seen} from './scenario.ts';

const namespace = 'data';
const name = 'db';
const web = 'web';
const agent = 'agent';
const image = (version: string) => `luksa/kubia:${version}`;
const replicas = 5;
const firstPartition = 3;
const probe = {readinessProbe: {httpGet: {path: '/', port: 8080}, periodSeconds: 1}};

/** A StatefulSet or DaemonSet with one container that is named like it. */
function workload(kind: 'StatefulSet' | 'DaemonSet', app: string, spec: object): object {
	const containers = [{name: app, image: image('v1'), ports: [{containerPort: 8080}], ...probe}];
	const template = {metadata: {labels: {app}}, spec: {terminationGracePeriodSeconds: 3, containers}};
	const annotations = {'kubernetes.io/change-cause': 'release v1'};
	return {apiVersion: 'apps/v1', kind, metadata: {name: app, annotations}, spec: {selector: {matchLabels: {app}}, template, ...spec}};
}

/** The new template, as `kubectl set image` sends it, with its cause. */
function release(plural: string, app: string, version: string): Change {
	return async api => {
		await api.send({
			method: 'PATCH',
			path: `/apis/apps/v1/namespaces/${namespace}/${plural}/${app}`,
			contentType: 'application/strategic-merge-patch+json',
			body: {
				metadata: {annotations: {'kubernetes.io/change-cause': `release ${version}`}},
				spec: {template: {spec: {containers: [{name: app, image: image(version)}]}}},
			},
		});
	};
}

/** What the StatefulSet says of itself. */
interface Told {
	readonly version: string;
	readonly partition: number;
	readonly updated: number;
	readonly available: number;
	readonly desired: number;
	readonly isOnDelete: boolean;
}

type SetObject = ApiObject & {
	readonly spec: {
		readonly replicas?: number;
		readonly updateStrategy?: {readonly type?: string; readonly rollingUpdate?: {readonly partition?: number}};
		readonly template: {readonly spec: {readonly containers: readonly {readonly image: string}[]}};
	};
	readonly status?: {readonly updatedReplicas?: number; readonly availableReplicas?: number; readonly observedGeneration?: number};
};

function toldBy({objects}: Seen): Told | undefined {
	const set = objects.get(`StatefulSet/${name}`) as SetObject | undefined;
	if (set === undefined) return undefined;
	const {spec, status = {}, metadata} = set;
	return {
		version: spec.template.spec.containers[0]?.image.split(':')[1] ?? '',
		partition: spec.updateStrategy?.rollingUpdate?.partition ?? 0,
		updated: status.observedGeneration === metadata.generation ? (status.updatedReplicas ?? 0) : 0,
		available: status.availableReplicas ?? 0,
		desired: spec.replicas ?? 1,
		isOnDelete: spec.updateStrategy?.type === 'OnDelete',
	};
}

function nextCue(seen: Seen): Cue {
	const told = toldBy(seen);
	if (told === undefined) return {hint: 'db is gone: whoever deleted it must make it again. q quits.'};
	const {version, partition, updated, available, desired, isOnDelete} = told;
	if (isOnDelete) return {hint: 'OnDelete: a pod gets the new template when somebody deletes it.'};
	const wanted = Math.max(0, desired - partition);
	if (updated < wanted || available < desired) return {hint: moving(version, partition)};
	if (partition >= desired) return {hint: 'The partition holds all pods back: P lowers it, and they follow.'};
	if (partition > 0) return {hint: `From db-${partition} on pods have the new template. P and 0 gives it to all, u undoes.`};
	if (version === 'v1') return {hint: 'All pods run v1 again. Have a look at ds/agent too. q quits.'};
	return {hint: `All pods run ${version}, the lowest ordinal last. u undoes; see ds/agent too.`};
}

function moving(version: string, partition: number): string {
	const until = partition > 0 ? `down to db-${partition}` : 'down to db-0';
	return `${version} goes from the highest ordinal ${until}, one pod at a time.`;
}

/** Pods with numbers, and one on each node. */
export const sets: Scenario = {
	name: 'sets',
	summary: 'a StatefulSet by its ordinals, with a partition as a canary, and a DaemonSet node by node: partition 0 gives it to all, undo takes it back',
	namespace,
	deployment: web,
	opens: {kind: 'StatefulSet', name},
	sees: ['StatefulSet', 'DaemonSet'],
	curl: {service: name, via: 'proxy'},
	nodes: {count: 3, podsPerNode: 110},
	past: [
		{
			minutesAgo: 50,
			change: create(
				namespace,
				service(name, {app: name}, {port: 80, targetPort: 8080}),
				workload('StatefulSet', name, {replicas, serviceName: name, updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: firstPartition}}}),
				workload('DaemonSet', agent, {}),
				deployment({name: web, labels: {app: web}, replicas: 1, image: 'nginx:1.18.0', changeCause: 'the shop in front of it'}),
			),
		},
	],
	opening: async api => {
		await release('statefulsets', name, 'v2')(api);
		await release('daemonsets', agent, 'v2')(api);
	},
	next: nextCue,
};

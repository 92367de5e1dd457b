import {type ApiClient, createApiClient} from '../../../src/demo/api-client.ts';
import type {ApiObject} from '../../../src/demo/api-object.ts';
import {systemClock} from '../../../src/demo/clock.ts';
import type {Condition, Deployment, ReplicaSet} from '../../../src/demo/controllers/kinds.ts';
import {follow} from '../../../src/demo/follow.ts';
import type {ClusterInfo} from '../harness/cluster-access.ts';

/** What happened in a namespace, told without names, uids and times, so that two clusters can be compared. */
export interface RolloutTrace {
	/** One line per distinct state of the Deployment. */
	readonly states: readonly string[];
	/** `REASON MESSAGE`, ReplicaSets and pods told by their image. */
	readonly events: () => readonly string[];
	readonly deployment: () => Deployment | undefined;
	readonly replicaSets: () => readonly ReplicaSet[];
	readonly stop: () => Promise<void>;
}

interface CoreEvent extends ApiObject {
	readonly reason: string;
	readonly message: string;
	readonly count?: number;
	readonly involvedObject: {readonly kind: string; readonly name: string};
	readonly reportingComponent?: string;
	readonly source?: {readonly component?: string};
}

/** Follows a namespace of a control plane of ours. */
export function traceRollout({server, own}: ClusterInfo, namespace: string, ca: string): RolloutTrace {
	const api = createApiClient({server, token: own?.token, ca});
	const life = new AbortController();
	const states: string[] = [];
	const deployments = new Map<string, Deployment>();
	const replicaSets = new Map<string, ReplicaSet>();
	const events = new Map<string, CoreEvent>();
	const versionOf = (name: string) =>
		replicaSets
			.get(name)
			?.spec.template.spec.containers.map(container => (container as {image?: string}).image)
			.join() ?? name;
	const onDeployment = (deployment: Deployment) => {
		const line = deploymentLine(deployment);
		if (states.at(-1) !== line) states.push(line);
	};
	const following = Promise.all([
		followAll<Deployment>(api, life.signal, `/apis/apps/v1/namespaces/${namespace}/deployments`, deployments, onDeployment),
		followAll<ReplicaSet>(api, life.signal, `/apis/apps/v1/namespaces/${namespace}/replicasets`, replicaSets),
		followAll<CoreEvent>(api, life.signal, `/api/v1/namespaces/${namespace}/events`, events),
	]);
	return {
		states,
		events: () => [...events.values()].map(event => eventLine(event, versionOf)),
		deployment: () => [...deployments.values()][0],
		replicaSets: () => [...replicaSets.values()],
		async stop() {
			life.abort();
			await following;
			await api.close();
		},
	};
}

function followAll<T extends ApiObject>(
	api: ApiClient,
	signal: AbortSignal,
	path: string,
	found: Map<string, T>,
	onObject: (object: T) => void = () => undefined,
) {
	const put = (raw: unknown) => {
		const object = raw as T;
		found.set(object.metadata.name, object);
		onObject(object);
	};
	return follow({api, clock: systemClock, signal, path, query: {}, onList: objects => objects.forEach(put), onChange: (_type, object) => put(object)});
}

/** As `fixtures/deployment-controller-trace.txt` tells a state. */
export function deploymentLine({metadata, status = {}}: Deployment): string {
	const {observedGeneration = 0, replicas = 0, updatedReplicas = 0, readyReplicas = 0, availableReplicas = 0, unavailableReplicas = 0} = status;
	const conditions = (status.conditions ?? []).map(({type, status: is, reason}: Condition) => `${type}=${is}/${reason}`).join(' ');
	const revision = metadata.annotations?.['deployment.kubernetes.io/revision'] ?? '';
	const counts = `repl=${replicas} upd=${updatedReplicas} rdy=${readyReplicas} avail=${availableReplicas} unav=${unavailableReplicas}`;
	return `gen=${metadata.generation} obs=${observedGeneration} rev=${revision} ${counts} term=${status.terminatingReplicas ?? 'nil'} [${conditions}]`;
}

function eventLine({reason, message, count = 0, involvedObject, source, reportingComponent}: CoreEvent, versionOf: (name: string) => string): string {
	const text = message.replaceAll(/\S+-[4-9bcdf]{6,10}\b(-[a-z0-9]{5})?/g, name =>
		/-[a-z0-9]{5}$/.test(name) && name.split('-').length > 2 ? 'POD' : versionOf(name),
	);
	return `${source?.component ?? reportingComponent} ${involvedObject.kind} ${reason} x${count} ${text}`;
}

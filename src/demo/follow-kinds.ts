import {apiVersionOf, kindWords, type TargetKind} from '../domain/kinds/kind-words.ts';
import type {ApiClient} from './api-client.ts';
import type {ApiObject} from './api-object.ts';
import type {Clock} from './clock.ts';
import type {DaemonSet} from './controllers/daemon-set/daemon-set.ts';
import {pathOf} from './controllers/paths.ts';
import type {StatefulSet} from './controllers/stateful-set/stateful-set.ts';
import {follow} from './follow.ts';

/** Which kinds' objects of a namespace are kept, and who wants to know. */
export interface FollowKindsOptions {
	readonly api: ApiClient;
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly namespace: string;
	readonly kinds: readonly TargetKind[];
	readonly onChange: () => void;
}

/** Keeps the objects of some kinds by `KIND/NAME`, until the signal aborts. A kind that is not served yet has none. */
export async function followKinds({namespace, kinds, onChange, ...rest}: FollowKindsOptions, objects: Map<string, ApiObject>): Promise<void> {
	const followOne = (kind: TargetKind) =>
		follow({
			...rest,
			path: pathOf(apiVersionOf(kind), kindWords[kind].plural, namespace),
			query: {},
			onList(list) {
				for (const key of [...objects.keys()]) if (key.startsWith(`${kind}/`)) objects.delete(key);
				for (const object of list as readonly ApiObject[]) objects.set(`${kind}/${object.metadata.name}`, object);
				onChange();
			},
			onChange(type, raw) {
				const object = raw as ApiObject;
				const key = `${kind}/${object.metadata.name}`;
				if (type === 'DELETED') objects.delete(key);
				else objects.set(key, object);
				onChange();
			},
		});
	await Promise.all(kinds.map(followOne));
}

/** Whether what such an object steers has come to its end, one way or the other. */
export function isAtRest(key: string, object: ApiObject): boolean {
	const {phase, status: told, observedGeneration} = (object.status ?? {}) as {phase?: string; status?: string; observedGeneration?: number | string};
	if (Number(observedGeneration) !== object.metadata.generation) return false;
	if (key.startsWith('StatefulSet/')) return isSetAtRest(object as StatefulSet);
	if (key.startsWith('DaemonSet/')) return isDaemonAtRest(object as DaemonSet);
	return key.startsWith('Application/') ? told === 'running' : phase === 'Healthy';
}

/** Below its partition nothing is to come. */
function isSetAtRest({spec, status}: StatefulSet): boolean {
	const {partition = 0} = spec.updateStrategy.rollingUpdate ?? {};
	return (status?.availableReplicas ?? 0) === spec.replicas && (status?.updatedReplicas ?? 0) >= spec.replicas - partition;
}

function isDaemonAtRest({status}: DaemonSet): boolean {
	const {desiredNumberScheduled = 0, updatedNumberScheduled = 0, numberAvailable = 0} = status ?? {};
	return updatedNumberScheduled === desiredNumberScheduled && numberAvailable === desiredNumberScheduled;
}

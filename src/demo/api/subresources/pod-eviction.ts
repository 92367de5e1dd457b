import {apiTime} from '../../clock.ts';
import type {Answer, ApiCall} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import {type JsonObject, numberAt, objectAt, objectsAt, textAt, textsAt} from '../json.ts';
import {find} from '../read/get.ts';
import type {Resource, StoredObject} from '../resource.ts';
import {selects} from '../select/object-selector.ts';
import {badRequest, StatusError} from '../status-error.ts';
import {type DeleteOptions, deleteOptionsOf, removeObject} from '../write/delete.ts';
import {readTyped} from '../write/read-object.ts';
import {isDryRun, storeObject} from '../write/store-object.ts';

const evictionKind = {group: 'policy', version: 'v1', kind: 'Eviction', type: 'Eviction'};
const budgets = {group: 'policy', plural: 'poddisruptionbudgets'};

/** POST of `pods/NAME/eviction`: a deletion that a budget may refuse. Throws StatusError 429. kubernetes: pkg/registry/core/pod/storage/eviction.go. */
export async function evictPod(call: ApiCall, resource: Resource, state: ApiState): Promise<Answer> {
	const eviction = await readTyped(call, evictionKind);
	if (textAt(eviction, 'metadata', 'name') !== call.info.name) throw badRequest('name in URL does not match name in Eviction object');
	const {object} = find(call, resource, state);
	const given = deleteOptionsOf(objectAt(eviction, 'deleteOptions'));
	const options = {...given, dryRun: given.dryRun || isDryRun(call.query, 'CreateOptions')};
	if (!hasNothingToLose(object)) askBudgets(object, state, options);
	removeObject(resource, state, {object, options, user: call.user});
	return {code: 201, body: {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201}};
}

/** Nobody relies on a pod that has ended, has not begun, or goes already. */
function hasNothingToLose(pod: StoredObject): boolean {
	return pod.metadata.deletionTimestamp !== undefined || ['Succeeded', 'Failed', 'Pending'].includes(textAt(pod, 'status', 'phase'));
}

function askBudgets(pod: StoredObject, state: ApiState, options: DeleteOptions): void {
	const [budget, another] = [...state.storage.of(budgets).objects()].filter(
		({metadata, spec}) => metadata.namespace === pod.metadata.namespace && selects(objectAt({spec}, 'spec', 'selector'), pod.metadata.labels ?? {}),
	);
	if (budget === undefined) return;
	if (another !== undefined)
		throw new StatusError(500, 'InternalError', 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.');
	if (isUnready(pod) && hasEnough(budget)) return;
	takeFrom(budget, pod, state, options);
}

function isUnready(pod: StoredObject): boolean {
	return !objectsAt(pod, 'status', 'conditions').some(({type, status}) => type === 'Ready' && status === 'True');
}

/** Then a pod that is not ready may go: no one that counts is lost. */
function hasEnough({status}: StoredObject): boolean {
	const [healthy = 0, desired = 0] = ['currentHealthy', 'desiredHealthy'].map(name => numberAt({status}, 'status', name));
	return desired > 0 && healthy >= desired;
}

function takeFrom(budget: StoredObject, pod: StoredObject, state: ApiState, {dryRun}: DeleteOptions): void {
	const status = objectAt(budget, 'status');
	const {name, generation = 0} = budget.metadata;
	const allowed = numberAt(status, 'disruptionsAllowed') ?? 0;
	if ((numberAt(status, 'observedGeneration') ?? 0) < generation) throw tooMany(`The disruption budget ${name} is still being processed by the server.`, 10);
	if (allowed <= 0) throw tooMany(refusal(name, status));
	if (dryRun) return;
	const disruptedPods = {...textsAt(status, 'disruptedPods'), [pod.metadata.name]: apiTime(state.clock.now())};
	const changed: JsonObject = {...status, disruptionsAllowed: allowed - 1, disruptedPods};
	const resource = state.registry.find(budgets.group, 'v1', budgets.plural);
	if (resource !== undefined) storeObject({...budget, status: changed}, resource, state, false);
}

function refusal(name: string, status: JsonObject): string {
	return `The disruption budget ${name} needs ${numberAt(status, 'desiredHealthy') ?? 0} healthy pods and has ${numberAt(status, 'currentHealthy') ?? 0} currently`;
}

/** 429, as a budget refuses. */
function tooMany(message: string, retryAfterSeconds?: number): StatusError {
	const details = {causes: [{reason: 'DisruptionBudget', message}], ...(retryAfterSeconds === undefined ? {} : {retryAfterSeconds})};
	return new StatusError(429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", details);
}

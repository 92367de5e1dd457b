import type {Command} from './command.ts';

/** What may need a right of its own: each command, reading logs, the curl pod, and the K8sEvent that tells of an action. */
export type ActionName = Command['kind'] | 'logs' | 'curl-pod' | 'write-event';

/** `unknown`: nobody has said yet, or the API server doesn't say: then trying is the only way to know. */
export type Right = 'allowed' | 'denied' | 'unknown';

export type Rights = Readonly<Record<ActionName, Right>>;

/** A verb on a resource, as RBAC has it. */
export type NeededRight = {
	readonly verb: 'get' | 'list' | 'watch' | 'create' | 'patch' | 'update' | 'delete';
	readonly group: string;
	readonly resource: string;
	readonly subresource?: string | undefined;
	/** Whose name counts, where rights are given for single objects; absent: any object's. */
	readonly of?: 'workload' | 'service';
};

const patchWorkload: NeededRight = {verb: 'patch', group: 'apps', resource: 'deployments', of: 'workload'};
const deletePods: NeededRight = {verb: 'delete', group: '', resource: 'pods'};
const readLogs: NeededRight = {verb: 'get', group: '', resource: 'pods', subresource: 'log'};

/** What each action asks of the API server when it changes something: the verb of its request. All of them are needed. */
export const neededRights: Readonly<Record<ActionName, readonly NeededRight[]>> = {
	pause: [patchWorkload],
	resume: [patchWorkload],
	undo: [patchWorkload],
	restart: [patchWorkload],
	'set-image': [patchWorkload],
	'delete-pod': [deletePods],
	continue: [patchWorkload],
	'promote-full': [patchWorkload],
	abort: [patchWorkload],
	retry: [patchWorkload],
	'set-partition': [patchWorkload],
	'to-step': [patchWorkload],
	scale: [{verb: 'update', group: 'apps', resource: 'deployments', subresource: 'scale', of: 'workload'}],
	select: [{verb: 'patch', group: '', resource: 'services', of: 'service'}],
	logs: [readLogs],
	'curl-pod': [{verb: 'create', group: '', resource: 'pods'}, {verb: 'watch', group: '', resource: 'pods'}, readLogs, deletePods],
	'write-event': [{verb: 'create', group: 'events.k8s.io', resource: 'events'}],
};

export const actionNames = Object.keys(neededRights) as readonly ActionName[];

/** Before anybody has asked: every key works, and the API server decides. */
export const unknownRights: Rights = Object.fromEntries(actionNames.map(action => [action, 'unknown'])) as Rights;

/** Actions that change nothing in the cluster: read-only does not keep from them. */
const reading: ReadonlySet<ActionName> = new Set(['logs']);

/** Whether an action changes nothing in the cluster. */
export function isReading(action: ActionName): boolean {
	return reading.has(action);
}

/** Whether an action needs a right that may be given for a single workload, or Service. */
export function isOf(action: ActionName, of: 'workload' | 'service'): boolean {
	return neededRights[action].some(right => right.of === of);
}

/** Of several rights that are needed together. */
export function allOf(rights: readonly Right[]): Right {
	if (rights.includes('denied')) return 'denied';
	return rights.every(right => right === 'allowed') ? 'allowed' : 'unknown';
}

/** Of several workloads' rights the one that a key for any of them goes by: denied only where no workload would let it act. */
export function anyRight(rights: readonly Right[]): Right {
	if (rights.includes('allowed')) return 'allowed';
	return rights.length > 0 && rights.every(right => right === 'denied') ? 'denied' : 'unknown';
}

/** `deployments.apps`, `deployments.apps/scale`, `pods/log`: as kubectl and the API server's refusals name it. */
function resourceText({group, resource, subresource}: NeededRight): string {
	return `${group === '' ? resource : `${resource}.${group}`}${subresource === undefined ? '' : `/${subresource}`}`;
}

/** What is missing for an action, in words, and how to ask kubectl the same. `name`: of the object, where the right may be given for it alone. */
export function missingRight(action: ActionName, {namespace, name}: {readonly namespace: string; readonly name?: string | undefined}): string {
	const [first, ...rest] = neededRights[action];
	if (first === undefined) return 'needs a right that is missing';
	const verbs = [first, ...rest].map(right => `${right.verb} on ${resourceText(right)}`);
	const where = name === undefined || first.of === undefined ? namespace : `${namespace}/${name}`;
	return `needs the ${verbs.length === 1 ? 'verb' : 'verbs'} ${verbs.join(', ')} (${where}); kubectl auth can-i ${first.verb} ${canIText(first)} -n ${namespace}`;
}

function canIText(right: NeededRight): string {
	const {subresource, ...whole} = right;
	return `${resourceText(whole)}${subresource === undefined ? '' : ` --subresource=${subresource}`}`;
}

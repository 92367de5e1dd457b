import type {Command} from './command.ts';
import {kindWords, type ReleaseKind, type TargetKind, type WorkloadKind} from './kinds/kind-words.ts';

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
	readonly of?: 'workload' | 'service' | 'release' | 'holder' | 'rollout';
};

/** Whose rights are meant: by its kind and by what steers it other objects are written. */
export type RightsSubject = {
	readonly kind: WorkloadKind;
	/** What steers it from above. */
	readonly release?: {readonly kind: ReleaseKind; readonly name: string} | undefined;
	/** Name of the OpenKruise Rollout that an Application has applied. */
	readonly rollout?: string | undefined;
	/** Name of the Deployment that holds an Argo Rollout's template. */
	readonly holder?: string | undefined;
};

const deletePods: NeededRight = {verb: 'delete', group: '', resource: 'pods'};
const readLogs: NeededRight = {verb: 'get', group: '', resource: 'pods', subresource: 'log'};

/** What no kind of workload changes. */
const always = {
	'delete-pod': [deletePods],
	select: [{verb: 'patch', group: '', resource: 'services', of: 'service'}],
	logs: [readLogs],
	'curl-pod': [{verb: 'create', group: '', resource: 'pods'}, {verb: 'watch', group: '', resource: 'pods'}, readLogs, deletePods],
	'write-event': [{verb: 'create', group: 'events.k8s.io', resource: 'events'}],
} as const satisfies Partial<Record<ActionName, readonly NeededRight[]>>;

/** What the curl pod's creation to its end asks for. */
export const curlPodRights: readonly NeededRight[] = always['curl-pod'];

function on(kind: TargetKind, right: Pick<NeededRight, 'verb' | 'subresource'> & {readonly of: NonNullable<NeededRight['of']>}): NeededRight {
	const {group, plural} = kindWords[kind];
	return {group, resource: plural, ...right};
}

/** What each action asks of the API server when it changes something: the verb of its request. All of them are needed. Each right is one object. */
export function neededRights({kind, release, holder, rollout}: RightsSubject): Readonly<Record<ActionName, readonly NeededRight[]>> {
	const patch = on(kind, {verb: 'patch', of: 'workload'});
	const patchTemplate = kind === 'ArgoRollout' && holder !== undefined ? on('Deployment', {verb: 'patch', of: 'holder'}) : patch;
	const steps = kind === 'ArgoRollout' ? on(kind, {...patchStatus, of: 'workload'}) : patch;
	return {
		pause: [patch],
		resume: [patch],
		undo: [patchTemplate],
		restart: [patch],
		'set-image': [patchTemplate],
		continue: [steps],
		'promote-full': [steps],
		abort: [steps],
		retry: [steps],
		'set-partition': [patch],
		'to-step': [steps],
		scale: [on(kind, {verb: 'update', subresource: 'scale', of: 'workload'})],
		...always,
		...(release?.kind === 'KruiseRollout' ? kruiseRights() : release?.kind === 'Application' ? velaRights(rollout) : {}),
	};
}

const patchStatus = {verb: 'patch', subresource: 'status'} as const;

/** What goes to an OpenKruise Rollout in place of its workload. */
function kruiseRights(): Partial<Record<ActionName, readonly NeededRight[]>> {
	const patch = [on('KruiseRollout', {verb: 'patch', of: 'release'})];
	const steps = [on('KruiseRollout', {...patchStatus, of: 'release'})];
	return {pause: patch, resume: patch, continue: steps, 'to-step': steps};
}

/** What goes to an Application, and to the Rollout that it has applied. */
function velaRights(rollout: string | undefined): Partial<Record<ActionName, readonly NeededRight[]>> {
	const status = on('Application', {...patchStatus, of: 'release'});
	const pause = rollout === undefined ? [status] : [status, on('KruiseRollout', {verb: 'patch', of: 'rollout'})];
	const steps = rollout === undefined ? [status] : [on('KruiseRollout', {...patchStatus, of: 'rollout'})];
	return {
		pause,
		resume: pause,
		continue: steps,
		'to-step': steps,
		abort: [status],
		retry: [on('Application', {verb: 'update', subresource: 'status', of: 'release'})],
		// The Rollout that was suspended with it goes on again.
		undo: [on('Application', {verb: 'patch', of: 'release'}), ...(rollout === undefined ? [] : [on('KruiseRollout', {verb: 'patch', of: 'rollout'})])],
	};
}

export const actionNames = Object.keys(neededRights({kind: 'Deployment'})) as readonly ActionName[];

/** Before anybody has asked: every key works, and the API server decides. */
export const unknownRights: Rights = Object.fromEntries(actionNames.map(action => [action, 'unknown'])) as Rights;

/** Actions that change nothing in the cluster: read-only does not keep from them. */
const reading: ReadonlySet<ActionName> = new Set(['logs']);

/** Whether an action changes nothing in the cluster. */
export function isReading(action: ActionName): boolean {
	return reading.has(action);
}

/** Whether an action needs a right on the Service; else, where it is of a single object, that is a workload or what belongs to it. */
export function isOf(action: ActionName, of: 'workload' | 'service'): boolean {
	return neededRights({kind: 'Deployment'})[action].some(right => right.of === of);
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

/** Where a right is missing: `name`: of the workload or the Service, where the right may be given for it alone. */
export type RightPlace = {readonly namespace: string; readonly name?: string | undefined; readonly subject?: RightsSubject | undefined};

/** What is missing for an action, in words, and how to ask kubectl the same. */
export function missingRight(action: ActionName, {namespace, name, subject = {kind: 'Deployment'}}: RightPlace): string {
	const [first, ...rest] = neededRights(subject)[action];
	if (first === undefined) return 'needs a right that is missing';
	const verbs = [first, ...rest].map(right => `${right.verb} on ${resourceText(right)}`);
	const named =
		first.of === undefined
			? undefined
			: {workload: name, service: name, release: subject.release?.name, holder: subject.holder, rollout: subject.rollout}[first.of];
	const where = named === undefined ? namespace : `${namespace}/${named}`;
	return `needs the ${verbs.length === 1 ? 'verb' : 'verbs'} ${verbs.join(', ')} (${where}); kubectl auth can-i ${first.verb} ${canIText(first)} -n ${namespace}`;
}

function canIText(right: NeededRight): string {
	const {subresource, ...whole} = right;
	return `${resourceText(whole)}${subresource === undefined ? '' : ` --subresource=${subresource}`}`;
}

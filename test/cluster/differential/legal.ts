import type {Condition, ContainerState, K8sEvent, ObjectMetaOf, PodStatus} from './objects.ts';

/*
 * What may differ between two runs of a scenario, be it twice on the real control plane or on both control planes; learnt from pairs of runs on
 * the real one. This file is the one place for it: whatever is not named here is compared and must be equal (compare.ts).
 *
 * Points of rest. A scenario goes on only when nothing more happens by itself (settled.ts). At these points everything is compared: all of
 * metadata, spec and status of Deployments and ReplicaSets, and how many pods there are of each kind. The way from one to the next is compared
 * as far as it is determined:
 *
 * 1. Each object has a sequence of its own. In which order the writes to different objects come is up to their controllers, so it is compared
 *    only where one is the cause of the other: each write must follow from what its controller can have known (conformance/).
 * 2. Counts between two points of rest: a work queue may make two passes of one, or one of two. So sizes are compared by their turning points
 *    (4, 2 for 4, 3, 2), and the counts of a status by what they must be the sum of (conformance/).
 * 3. Conditions, revisions and pods' lives are compared state by state: each state must be there, in order, on both sides.
 */

/** Left out of metadata: identities and times. Names have been replaced by roles before. */
const forgottenMeta = new Set(['uid', 'resourceVersion', 'creationTimestamp', 'managedFields', 'deletionTimestamp']);

/** 4. Names, identities and times are rolled by dice or clocks. */
export function legalMeta(metadata: ObjectMetaOf): object {
	const owners = metadata.ownerReferences?.map(({uid: _uid, ...owner}) => owner);
	return {...Object.fromEntries(Object.entries(metadata).filter(([key]) => !forgottenMeta.has(key))), ...(owners && {ownerReferences: owners})};
}

/** 5. How often a ReplicaSet's specification changed depends on rule 2; that all changes were observed is checked elsewhere. */
export function legalReplicaSetMeta(metadata: ObjectMetaOf): object {
	const {generation: _generation, ...rest} = legalMeta(metadata) as {generation?: number};
	return rest;
}

/**
 * 5a. Why a rollout under way is called progressing (NewReplicaSetCreated, ReplicaSetUpdated, or still NewReplicaSetAvailable of the rollout
 * before) depends on the counts that a pass happens to compare: where the new ReplicaSet has as many pods as the old one had, a skipped pass is
 * no progress. Each such reason must follow from the write before (conformance/); that it is complete, paused or late is compared.
 */
export function legalProgress(condition: Condition, isComplete: boolean): Condition {
	const isUnderWay = condition.type === 'Progressing' && condition.status === 'True' && !(isComplete && condition.reason === 'NewReplicaSetAvailable');
	if (isUnderWay) return {type: condition.type, status: 'True', reason: 'under way'};
	// For the same reason the words of an earlier completion may still stand there.
	return {...condition, ...(condition.type === 'Progressing' && {message: (condition.message ?? '').replace(/^ReplicaSet ".*?"/, 'ReplicaSet')})};
}

/**
 * 5b. That a new Deployment is not available yet need not have been written: the controller's first status meets the version that its own annotation has just made,
 * and is tried again; on a busy machine the pods may be there by then (deployment/sync.go getNewReplicaSet, syncRolloutStatus).
 */
export function isUnwrittenStart(value: string, before: string | undefined): boolean {
	return before?.startsWith('undefined/') === true && value.startsWith('False/MinimumReplicasUnavailable/');
}

/** Conditions by type, without their times. Their order in the list is checked write by write, since it tells which one changed last. */
export function legalConditions(conditions: readonly Condition[] = []): readonly object[] {
	return conditions
		.map(({lastUpdateTime: _update, lastTransitionTime: _transition, lastProbeTime: _probe, ...condition}: Condition & {lastProbeTime?: unknown}) => condition)
		.toSorted((left, right) => (left.type < right.type ? -1 : 1));
}

/** 7b. How often a container was started again, and whether it runs at this moment, is a matter of time: lives are compared up to its first back-off. */
export const lastComparedState = / ?CrashLoopBackOff/;

/** 6. A pod's addresses, the ids of its containers and the ids of its images are its own; so is the node that it was given. */
export function legalPodStatus({phase, conditions, containerStatuses = []}: PodStatus): object {
	if (containerStatuses.some(({restartCount}) => restartCount > 0)) return {phase, isRestarted: true};
	const containers = containerStatuses.map(({name, state, lastState, ready, started, restartCount}) => {
		return {name, state: legalState(state), lastState: lastState && legalState(lastState), ready, started, restartCount};
	});
	return {phase, conditions: legalConditions(conditions), containers};
}

/** 7. An image that cannot be pulled is tried again and again: whether a pull has just failed or the next one is waited for is a matter of time. */
function legalState({waiting, running, terminated}: ContainerState): object {
	if (waiting !== undefined) {
		const isPulling = waiting.reason === 'ErrImagePull' || waiting.reason === 'ImagePullBackOff';
		return {
			waiting: isPulling
				? {...waiting, reason: 'ImagePullBackOff', message: waiting.message?.replace(/^Back-off pulling image ".*?": ErrImagePull: /, '')}
				: waiting,
		};
	}
	if (terminated !== undefined) return {terminated: {exitCode: terminated.exitCode, reason: terminated.reason}};
	return running === undefined ? {} : {running: true};
}

/** A pod's life in resource versions, and whether it was ever ready. `wavering`: the spans in which its ReplicaSet was sized up as well as down. */
export interface PodSpan {
	readonly created: number;
	readonly ending: number;
	readonly wasReady: boolean;
}

/**
 * 7a. A ReplicaSet that is sized up and down again between two points of rest may have had time to create pods, or not; and which of its pods
 * that are not ready it then ends depends on how far they are. So pods that nobody saw at rest are not compared, nor those that it ended in such
 * a time (`waverings`, from–to) before they were ever ready; nor what was told of them.
 */
export function isTransient({created, ending, wasReady}: PodSpan, rests: readonly number[], waverings: readonly (readonly [number, number])[]): boolean {
	if (!rests.some(rest => created <= rest && rest < ending)) return true;
	return !wasReady && waverings.some(([from, to]) => from < ending && ending <= to);
}

/**
 * 8. States of a pod that need not be seen: a node writes only its newest word when the API server is slower than it, and what lasts milliseconds
 * can be overtaken. Tested against a line of a pod's life (normalise.ts).
 */
export const skippable: readonly RegExp[] = [
	// The sandbox is ready, the container not yet.
	/^Pending ContainerCreating PodReadyToStartContainers=True/,
	// A pod that never ran has been told to end, and has not come to its end.
	/^Pending terminating ContainerCreating /,
	// The gate is open, and the node has not said so yet; or the pod was told to end in between.
	/ rollwatch\.example\/gate=True .*Ready=False\/ReadinessGatesNotReady/,
];

/** The same for a container that runs and is not ready yet, when its first probe finds it ready. Tested against a whole life. */
export const overtaken = /(\n {2}Pending[^\n]*)\n {2}Running running [^\n]* Ready=False\/ContainersNotReady[^\n]*(?=\n {2}Running running ready )/;

/** An event as it is compared, and whether it matters how often it came. */
export interface LegalEvent {
	readonly text: string;
	readonly isCounted: boolean;
}

/** Put before what was said too often; whether it was is a matter of time. */
const combined = '(combined from similar events): ';

/** What repeats as long as one waits: its number is a matter of time. */
const repeated = /^(BackOff|Failed|FailedCreate|Unhealthy|Pulling)$/;

/** Each of these tells of one write, and is held against it (conformance/events.ts). */
const toldOfWrites = new Set(['ScalingReplicaSet', 'SuccessfulCreate', 'SuccessfulDelete']);

/** 9. Events are compared by what they say of whom, and how often. */
export function legalEvent({involvedObject, type, reason, message, source, reportingComponent}: K8sEvent): LegalEvent | undefined {
	if (toldOfWrites.has(reason)) return undefined;
	// 11. A probe that finds no time or no connection tells of the machine that the test runs on.
	if (reason === 'Unhealthy' && !message.includes('statuscode')) return undefined;
	const who = source?.component ?? reportingComponent ?? '';
	const text = `${who} on ${involvedObject.kind} ${involvedObject.name}: ${type} ${reason} ${legalMessage(reason, message.replace(combined, ''))}`;
	return reason === 'Pulling' && !isBad(message) ? undefined : {text, isCounted: !repeated.test(reason)};
}

/** 10. The scheduler chooses a node; an image that is on the node already isn't pulled again. */
function legalMessage(reason: string, message: string): string {
	if (reason === 'Scheduled') return message.replace(/ to \S+$/, ' to A NODE');
	if (reason !== 'Pulled') return message;
	const image = /"([^"]+)"/.exec(message)?.[1];
	return `${/^(Container image ".*" already present on machine and can be accessed by the pod|Successfully pulled image ".*" in \S+ \(\S+ including waiting\)\. Image size: \d+ bytes\.)$/.test(message) ? 'an image that is there:' : message} ${image}`;
}

function isBad(message: string): boolean {
	return message.includes(':0.0"');
}

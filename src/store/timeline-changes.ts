import type {K8sEvent} from '../domain/k8s-event.ts';
import {historyEntries, k8sEventEntry} from '../domain/k8s-event-entries.ts';
import {kindWords} from '../domain/kinds/kind-words.ts';
import type {Pod} from '../domain/pod.ts';
import {availableAt} from '../domain/pod-availability.ts';
import {availableEntry, podEntries} from '../domain/pod-entries.ts';
import type {ReplicaSet} from '../domain/replica-set.ts';
import {revisionNumber} from '../domain/revision-number.ts';
import {newReplicaSet, revisionOf, runningRevision} from '../domain/revisions.ts';
import {sameTemplate} from '../domain/same-template.ts';
import type {Service} from '../domain/service.ts';
import {sameSelector, selectorText} from '../domain/service-selector.ts';
import {stepEntries} from '../domain/step-entries.ts';
import type {StreamName} from '../domain/stream.ts';
import type {TimelineEntry} from '../domain/timeline-entry.ts';
import type {Workload} from '../domain/workload.ts';
import {revisionBegan, workloadEntries} from '../domain/workload-entries.ts';
import type {Transition} from './object-map.ts';
import type {FollowedWorkload, State} from './state.ts';
import {podOwners, workloadByName} from './workload-of-objects.ts';

/** The timeline's lines of what one stream changed between two states; of pods and K8sEvents see below. A first list is no change. */
export function changeEntries(before: State, after: State, stream: Exclude<StreamName, 'pods' | 'events'>, at: number): readonly TimelineEntry[] {
	const isFirst = !before.streams[stream].synced;
	switch (stream) {
		case 'workloads':
			return each(after, followed => workloadChanges(before.workloads.get(followed.workload.name), followed, after, at));
		case 'revisions':
			return isFirst ? [] : each(after, followed => revisionChanges(before, after, followed, at));
		case 'services':
			return serviceChanges(before, after, at);
		case 'endpointslices':
		case 'autoscalers':
		case 'disruptionbudgets':
			return [];
	}
}

/** The lines of each workload, said to be its. */
function each({workloads}: State, linesOf: (followed: FollowedWorkload) => readonly TimelineEntry[]): readonly TimelineEntry[] {
	return [...workloads.values()].flatMap(followed => namedAfter(linesOf(followed), followed));
}

function namedAfter(entries: readonly TimelineEntry[], followed: FollowedWorkload | undefined): readonly TimelineEntry[] {
	return followed === undefined ? entries : entries.map(entry => ({...entry, workload: followed.workload.name}));
}

function workloadChanges(before: FollowedWorkload | undefined, after: FollowedWorkload, {replicaSets}: State, at: number): readonly TimelineEntry[] {
	const entry = (text: string): TimelineEntry => ({at, kind: 'gone', tone: 'bad', subject: undefined, text, count: 1});
	if (before === undefined || before === after) return [];
	if (!before.gone && after.gone) return [entry(`the ${kindWords[after.workload.kind].kind} was deleted`)];
	const [old, current] = [before.workload, after.workload];
	if (old.uid !== current.uid) return [{...entry(`the ${kindWords[current.kind].kind} ${madeText(old)}`), kind: 'created', tone: 'change'}];
	const sets = [...replicaSets.values()];
	return [...workloadEntries(old, current, sets, at), ...revisionSeenBefore(old, current, sets, at), ...stepEntries(before.steps, after.steps, at)];
}

/** The API counts generations from 1: before an Application has made its Deployment, what stands in for one has none. */
function madeText({generation}: Workload): string {
	return generation === 0 ? 'was made' : 'was made anew under the same name';
}

/** The revision's ReplicaSet was seen before the change of the template that it was made, or numbered anew, for: the watches are separate. */
function revisionSeenBefore(old: Workload, current: Workload, replicaSets: readonly ReplicaSet[], at: number): readonly TimelineEntry[] {
	if (sameTemplate(old.template, current.template)) return [];
	const made = newReplicaSet(current, replicaSets);
	const running = revisionNumber(runningRevision(old, replicaSets));
	const isAhead = made !== undefined && running.kind === 'number' && (revisionOf(made) ?? 0) > running.value;
	return isAhead ? [revisionBegan(made, old.template, at)] : [];
}

/** The new ReplicaSet was made, or used again: only now does the revision have its number. */
function revisionChanges(before: State, after: State, {workload, rollout}: FollowedWorkload, at: number): readonly TimelineEntry[] {
	const own = [...after.replicaSets.values()].filter(({ownerUid}) => ownerUid === workload.uid);
	const numbered = own.filter(
		replicaSet =>
			before.replicaSets.get(replicaSet.uid) !== replicaSet &&
			revisionOf(replicaSet) !== undefined &&
			revisionOf(replicaSet) !== revisionBefore(before, replicaSet.uid) &&
			sameTemplate(replicaSet.template, workload.template) &&
			!isToldOf(before, replicaSet),
	);
	const left = rollout?.fromRevision;
	const from = left === undefined ? undefined : own.find(replicaSet => revisionOf(replicaSet) === left)?.template;
	return numbered.map(replicaSet => revisionBegan(replicaSet, from, at));
}

/** Another one had this template and number: OpenKruise makes a revision in a Deployment beside, and again where it belongs. */
function isToldOf({replicaSets}: State, {ownerUid, template, uid, revisionText}: ReplicaSet): boolean {
	return [...replicaSets.values()].some(
		one => one.uid !== uid && one.ownerUid === ownerUid && one.revisionText === revisionText && sameTemplate(one.template, template),
	);
}

function revisionBefore({replicaSets}: State, uid: string): number | undefined {
	const known = replicaSets.get(uid);
	return known === undefined ? undefined : revisionOf(known);
}

/** What happened to pods, one change after the other. `after`: the state with all of them. */
export function podChanges(after: State, transitions: readonly Transition<Pod>[], at: number): readonly TimelineEntry[] {
	const ownerOf = podOwners(after);
	return transitions.flatMap(({before, after: pod, object}) => {
		const owner = ownerOf(object);
		if (owner.kind === 'foreign') return [];
		const told = podEntries(before, pod, at, after.k8sEvents.values());
		const late = pod === undefined ? [] : availableLate(before, pod, minReadySecondsOf(after, pod, owner.followed), {now: after.now, at});
		return namedAfter([...told, ...late], owner.followed);
	});
}

/** A pod that is seen to be ready only when it has been so for long enough: after a lost watch, or with a clock ahead of the cluster's. */
function availableLate(before: Pod | undefined, pod: Pod, seconds: number, {now, at}: {readonly now: number; readonly at: number}): readonly TimelineEntry[] {
	const when = availableAt(pod, seconds);
	if (seconds === 0 || pod.deletedAt !== undefined || when === undefined || when > now) return [];
	return before !== undefined && availableAt(before, seconds) === when ? [] : [availableEntry(pod, at)];
}

/** An old pod is judged by what its own ReplicaSet was made with, not by what the Deployment says now. */
function minReadySecondsOf({replicaSets}: State, pod: Pod, followed: FollowedWorkload | undefined): number {
	const own = pod.ownerUid === undefined ? undefined : replicaSets.get(pod.ownerUid);
	return own?.minReadySeconds ?? followed?.workload.minReadySeconds ?? 0;
}

/** Those of the wanted pods that are not known to be somebody else's. */
function ownPods(state: State, isWanted: (pod: Pod) => boolean): readonly {readonly pod: Pod; readonly followed: FollowedWorkload | undefined}[] {
	const ownerOf = podOwners(state);
	return [...state.pods.values()].filter(isWanted).flatMap(pod => {
		const owner = ownerOf(pod);
		return owner.kind === 'own' ? [{pod, followed: owner.followed}] : [];
	});
}

/** What happened to the watched Service. Of Services that select a watched workload nothing is told. */
function serviceChanges(before: State, after: State, at: number): readonly TimelineEntry[] {
	if (after.target.kind !== 'Service') return [];
	const [old, current] = [watchedService(before), watchedService(after)];
	if (old === undefined) return [];
	const entry = {at, tone: 'change', subject: undefined, count: 1} as const;
	if (current === undefined) return [{...entry, kind: 'gone', tone: 'bad', text: 'the Service was deleted'}];
	if (sameSelector(old.selector, current.selector)) return [];
	const text = `the Service selects ${selectorText(current.selector) || 'nobody'} now (before: ${selectorText(old.selector) || 'nobody'})`;
	return [{...entry, kind: 'selector', text}];
}

function watchedService({services, target}: State): Service | undefined {
	return [...services.values()].find(({name}) => name === target.name);
}

/** What K8sEvents tell. A first list tells what was before us. */
export function eventChanges(after: State, transitions: readonly Transition<K8sEvent>[], isFirst: boolean): readonly TimelineEntry[] {
	const workloadOf = workloadByName(after);
	return transitions.flatMap(({after: event}) => {
		if (event === undefined) return [];
		const entries = isFirst ? historyEntries([event]) : [k8sEventEntry(event)].filter(entry => entry !== undefined);
		return namedAfter(entries, workloadOf(event.object));
	});
}

/** Pods that became available by time alone since the last tick. Without `minReadySeconds` being ready says it all. */
export function availabilityEntries(state: State, at: number): readonly TimelineEntry[] {
	const {workloads, replicaSets} = state;
	const all = [...Array.from(workloads.values(), ({workload}) => workload), ...replicaSets.values()];
	if (all.every(({minReadySeconds}) => minReadySeconds === 0)) return [];
	return ownPods(state, pod => pod.deletedAt === undefined).flatMap(({pod, followed}) => {
		const seconds = minReadySecondsOf(state, pod, followed);
		return seconds > 0 && isBetween(availableAt(pod, seconds), state.now, at) ? namedAfter([availableEntry(pod, at)], followed) : [];
	});
}

function isBetween(when: number | undefined, after: number, until: number): boolean {
	return when !== undefined && when > after && when <= until;
}

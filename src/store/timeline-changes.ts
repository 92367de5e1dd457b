import {historyEntries, k8sEventEntry} from '../domain/k8s-event-entries.ts';
import type {Pod} from '../domain/pod.ts';
import {availableAt} from '../domain/pod-availability.ts';
import {availableEntry, podEntries} from '../domain/pod-entries.ts';
import {revisionNumber} from '../domain/revision-number.ts';
import {newReplicaSet, revisionOf} from '../domain/revisions.ts';
import {sameTemplate} from '../domain/same-template.ts';
import type {StreamName} from '../domain/stream.ts';
import type {TimelineEntry} from '../domain/timeline-entry.ts';
import type {Workload} from '../domain/workload.ts';
import {revisionBegan, workloadEntries} from '../domain/workload-entries.ts';
import type {State} from './state.ts';

/** The timeline's lines of what one stream changed between two states. A first list is no change, but its events tell what was before us. */
export function changeEntries(before: State, after: State, stream: StreamName, at: number): readonly TimelineEntry[] {
	const isFirst = !before.streams[stream].synced;
	switch (stream) {
		case 'deployments':
			return workloadChanges(before, after, at);
		case 'replicasets':
			return isFirst ? [] : revisionChanges(before, after, at);
		case 'pods':
			return isFirst ? [] : podChanges(before, after, at);
		case 'events':
			return isFirst ? historyEntries([...after.k8sEvents.values()]) : eventChanges(before, after);
		case 'services':
		case 'endpointslices':
			return [];
	}
}

function workloadChanges(before: State, after: State, at: number): readonly TimelineEntry[] {
	const [old, current] = [before.workload, after.workload];
	const entry = (text: string): TimelineEntry => ({at, kind: 'gone', tone: 'bad', subject: undefined, text, count: 1});
	if (!before.gone && after.gone) return [entry('the Deployment was deleted')];
	if (old === undefined || current === undefined) return [];
	if (old.uid !== current.uid) return [{...entry('the Deployment was made anew under the same name'), kind: 'created', tone: 'change'}];
	return [...workloadEntries(old, current, [...after.replicaSets.values()], at), ...revisionSeenBefore(old, current, after, at)];
}

/** The revision's ReplicaSet was seen before the change of the template that it was made, or numbered anew, for: the watches are separate. */
function revisionSeenBefore(old: Workload, current: Workload, {replicaSets}: State, at: number): readonly TimelineEntry[] {
	if (sameTemplate(old.template, current.template)) return [];
	const made = newReplicaSet(current, [...replicaSets.values()]);
	const running = revisionNumber(old.revisionText);
	const isAhead = made !== undefined && running.kind === 'number' && (revisionOf(made) ?? 0) > running.value;
	return isAhead ? [revisionBegan(made, old.template, at)] : [];
}

/** The new ReplicaSet was made, or used again: only now does the revision have its number. */
function revisionChanges(before: State, after: State, at: number): readonly TimelineEntry[] {
	const {workload} = after;
	if (workload === undefined) return [];
	const numbered = [...after.replicaSets.values()].filter(
		replicaSet =>
			replicaSet.ownerUid === workload.uid &&
			before.replicaSets.get(replicaSet.uid) !== replicaSet &&
			revisionOf(replicaSet) !== undefined &&
			revisionOf(replicaSet) !== revisionBefore(before, replicaSet.uid) &&
			sameTemplate(replicaSet.template, workload.template),
	);
	const left = after.rollout?.fromRevision;
	const from = left === undefined ? undefined : [...after.replicaSets.values()].find(replicaSet => revisionOf(replicaSet) === left)?.template;
	return numbered.map(replicaSet => revisionBegan(replicaSet, from, at));
}

function revisionBefore({replicaSets}: State, uid: string): number | undefined {
	const known = replicaSets.get(uid);
	return known === undefined ? undefined : revisionOf(known);
}

function podChanges(before: State, after: State, at: number): readonly TimelineEntry[] {
	const events = [...after.k8sEvents.values()];
	const gone = ownPods(before)
		.filter(({uid}) => !after.pods.has(uid))
		.flatMap(pod => podEntries(pod, undefined, at, events));
	const changed = ownPods(after).filter(pod => before.pods.get(pod.uid) !== pod);
	const told = changed.flatMap(pod => [...podEntries(before.pods.get(pod.uid), pod, at, events), ...availableLate(before.pods.get(pod.uid), pod, after, at)]);
	return [...told, ...gone];
}

/** A pod that is seen to be ready only when it has been so for long enough: after a lost watch, or with a clock ahead of the cluster's. */
function availableLate(before: Pod | undefined, pod: Pod, {workload, now}: State, at: number): readonly TimelineEntry[] {
	const seconds = workload?.minReadySeconds ?? 0;
	const when = availableAt(pod, seconds);
	if (seconds === 0 || pod.deletedAt !== undefined || when === undefined || when > now) return [];
	return before !== undefined && availableAt(before, seconds) === when ? [] : [availableEntry(pod, at)];
}

/** Pods whose owner is not known to be somebody else's: a pod can be seen before its ReplicaSet. */
function ownPods({pods, replicaSets, workload}: State): readonly Pod[] {
	const isForeign = (uid: string | undefined) => {
		const owner = uid === undefined ? undefined : replicaSets.get(uid);
		return owner !== undefined && owner.ownerUid !== workload?.uid;
	};
	return [...pods.values()].filter(({ownerUid}) => !isForeign(ownerUid));
}

function eventChanges(before: State, after: State): readonly TimelineEntry[] {
	const changed = [...after.k8sEvents.values()].filter(event => before.k8sEvents.get(event.uid) !== event);
	return changed.map(k8sEventEntry).filter(entry => entry !== undefined);
}

/** Pods that became available by time alone since the last tick. Without `minReadySeconds` being ready says it all. */
export function availabilityEntries(state: State, at: number): readonly TimelineEntry[] {
	const seconds = state.workload?.minReadySeconds ?? 0;
	if (seconds === 0) return [];
	return ownPods(state)
		.filter(pod => pod.deletedAt === undefined && isBetween(availableAt(pod, seconds), state.now, at))
		.map(pod => availableEntry(pod, at));
}

function isBetween(when: number | undefined, after: number, until: number): boolean {
	return when !== undefined && when > after && when <= until;
}

import {historyEntries, k8sEventEntry} from '../domain/k8s-event-entries.ts';
import type {Pod} from '../domain/pod.ts';
import {availableAt} from '../domain/pod-availability.ts';
import {availableEntry, podEntries} from '../domain/pod-entries.ts';
import {revisionOf} from '../domain/revisions.ts';
import {sameTemplate} from '../domain/same-template.ts';
import type {StreamName} from '../domain/stream.ts';
import type {TimelineEntry} from '../domain/timeline-entry.ts';
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
	return workloadEntries(old, current, [...after.replicaSets.values()], at);
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
	const from = [...after.replicaSets.values()].find(replicaSet => revisionOf(replicaSet) === after.rollout?.fromRevision)?.template;
	return numbered.map(replicaSet => revisionBegan(replicaSet, from, at));
}

function revisionBefore({replicaSets}: State, uid: string): number | undefined {
	const known = replicaSets.get(uid);
	return known === undefined ? undefined : revisionOf(known);
}

function podChanges(before: State, after: State, at: number): readonly TimelineEntry[] {
	const events = [...after.k8sEvents.values()];
	const gone = [...before.pods.values()].filter(({uid}) => !after.pods.has(uid)).flatMap(pod => podEntries(pod, undefined, at, events));
	const changed = ownPods(after).filter(pod => before.pods.get(pod.uid) !== pod);
	return [...changed.flatMap(pod => podEntries(before.pods.get(pod.uid), pod, at, events)), ...gone];
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

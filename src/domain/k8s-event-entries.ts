import {fieldOf} from './json-kind.ts';
import type {K8sEvent} from './k8s-event.ts';
import {kindWords} from './kinds/kind-words.ts';
import {shortText} from './short-text.ts';
import type {TimelineEntry, TimelineKind} from './timeline-entry.ts';
import {probeFailure} from './why/pod/probe-failure.ts';

const maxText = 240;
const ours = 'rollwatch';

/** Warnings that the state of a pod, or of an Argo Rollout, says better, and with less noise. argo-rollouts: utils/conditions/conditions.go. */
const toldByState: ReadonlySet<string> = new Set(['BackOff', 'Failed', 'Unhealthy', 'RolloutAborted']);

/** Normal events that nothing else tells once they are over: what happened before we came. */
const history: Readonly<Record<string, TimelineKind>> = {ScalingReplicaSet: 'scaled', Pulling: 'pulling', Started: 'running', Killing: 'terminating'};

/** The line of an event that is seen while we watch: pulling, and warnings that no state tells. */
export function k8sEventEntry(event: K8sEvent): TimelineEntry | undefined {
	if (event.source === ours) return colleagueEntry(event);
	if (event.reason === 'Pulling') return entryOf(event, 'pulling', 'quiet', event.message.replace(/^Pulling/, 'pulling'));
	if (event.type !== 'Warning' || toldByState.has(event.reason)) return undefined;
	return entryOf(event, 'warning', 'bad', `${event.reason}: ${event.message}`);
}

/** The lines of events that are older than our watch, so that the timeline does not begin with nothing. */
export function historyEntries(events: readonly K8sEvent[]): readonly TimelineEntry[] {
	return events.map(historyEntry).filter(entry => entry !== undefined);
}

function historyEntry(event: K8sEvent): TimelineEntry | undefined {
	if (event.source === ours) return colleagueEntry(event);
	const failure = probeFailure(event, 'Readiness');
	if (failure !== undefined) return entryOf(event, 'unready', 'bad', `readiness probe failed: ${failure}`);
	if (event.type === 'Warning') return entryOf(event, 'warning', 'bad', `${event.reason}: ${event.message}`);
	const ofSet = setEntry(event);
	if (ofSet !== undefined) return ofSet;
	const kind = fieldOf(history, event.reason);
	return kind === undefined
		? undefined
		: entryOf(
				event,
				kind,
				'quiet',
				event.message.replace(/^[A-Z]/, letter => letter.toLowerCase()),
			);
}

/** kubernetes: stateful_pod_control.go recordPodEvent; controller_utils.go, of a DaemonSet. */
const setSentence = /^(?:(create|delete) Pod (\S+) in StatefulSet|(Created|Deleted) pod: (\S+))/i;

/** A StatefulSet or DaemonSet tells of its pods itself, where a Deployment's ReplicaSets do. */
function setEntry(event: K8sEvent): TimelineEntry | undefined {
	if (event.object.kind !== 'StatefulSet' && event.object.kind !== 'DaemonSet') return undefined;
	const [, verb, name, done, pod = name] = setSentence.exec(event.message) ?? [];
	const entry = pod === undefined ? undefined : entryOf(event, 'scaled', 'quiet', /^c/i.test(verb ?? done ?? '') ? 'created' : 'deleted');
	return entry && {...entry, subject: pod};
}

/** What somebody did with a rollwatch of their own: nothing else tells who it was. */
function colleagueEntry(event: K8sEvent): TimelineEntry | undefined {
	return entryOf(event, 'command', 'change', event.message.replace(/ \(rollwatch\)$/, ''));
}

/** What the whole timeline is about need not be named. */
const workloadNames: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', kindWords.ArgoRollout.kind]);

function entryOf(event: K8sEvent, kind: TimelineKind, tone: TimelineEntry['tone'], text: string): TimelineEntry | undefined {
	const at = event.lastAt ?? event.firstAt;
	if (at === undefined) return undefined;
	const subject = workloadNames.has(event.object.kind) ? undefined : event.object.name;
	return {at, kind, tone, subject, text: shortText(text, maxText), count: event.count};
}

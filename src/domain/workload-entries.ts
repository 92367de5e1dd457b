import {conditionOf} from './condition-of.ts';
import {counted} from './counted.ts';
import {exceededDeadline, isStaleDeadline} from './deadline.ts';
import {imageChange} from './image-change.ts';
import {rulesOf} from './kinds/rules-of.ts';
import {workflowStanding} from './kinds/vela/standing.ts';
import {wantedNew} from './ordinals.ts';
import type {ReplicaSet} from './replica-set.ts';
import {revisionNumber} from './revision-number.ts';
import {newReplicaSet, reusedRevision, revisionOf, runningRevision} from './revisions.ts';
import {sameTemplate} from './same-template.ts';
import {templateChanges} from './template-changes.ts';
import type {TimelineEntry, TimelineKind} from './timeline-entry.ts';
import type {Workload} from './workload.ts';

/**
 * Timeline lines of what happened to the workload between two states. `at` is epoch ms. A template that a ReplicaSet has already is a roll-back;
 * a new one begins a revision, which is told once the controller has numbered it.
 */
export function workloadEntries(before: Workload, after: Workload, replicaSets: readonly ReplicaSet[], at: number): readonly TimelineEntry[] {
	const steps = [
		paused(before, after, at),
		scaled(before, after, at),
		rolledBack(before, after, replicaSets, at),
		stalled(before, after, replicaSets, at),
		complete(before, after, replicaSets, at),
	];
	return steps.filter(step => step !== undefined);
}

/** A revision has got its number: its line says what it changes. `from` is the template that was rolled before. */
export function revisionBegan(replicaSet: ReplicaSet, from: Workload['template'] | undefined, at: number): TimelineEntry {
	const number = revisionOf(replicaSet);
	const what = from === undefined ? `image ${replicaSet.template.images.join(', ')}` : changeOf(from, replicaSet.template);
	return entry(at, 'revision-began', 'change', `revision ${number ?? '?'} began: ${what}`);
}

function changeOf(from: Workload['template'], to: Workload['template']): string {
	const images = imageChange(from.images, to.images);
	if (images !== undefined) return `image ${images}`;
	const [first, ...rest] = templateChanges(from, to);
	if (first === undefined) return 'the same template';
	return `${first.path}${rest.length === 0 ? '' : ` and ${rest.length} more`} changed`;
}

function entry(at: number, kind: TimelineKind, tone: TimelineEntry['tone'], text: string): TimelineEntry {
	return {at, kind, tone, subject: undefined, text, count: 1};
}

/** A workflow that stands at a step that waits is not paused: the step's own line tells of it. */
function isHeldByPerson({paused, release}: Workload): boolean {
	if (release?.kind !== 'Application') return paused;
	const standing = workflowStanding(release);
	return release.rollout?.paused === true || (standing.kind === 'suspended' && standing.step === undefined);
}

function paused(before: Workload, after: Workload, at: number): TimelineEntry | undefined {
	const isHeld = isHeldByPerson(after);
	if (isHeldByPerson(before) === isHeld) return undefined;
	return isHeld ? entry(at, 'paused', 'change', 'paused') : entry(at, 'resumed', 'change', 'resumed');
}

function scaled(before: Workload, after: Workload, at: number): TimelineEntry | undefined {
	const [from, to] = [before.replicas.desired, after.replicas.desired];
	// Of a DaemonSet the nodes decide; nobody has scaled it.
	if (after.kind === 'DaemonSet') return from === to ? undefined : entry(at, 'scaled', 'change', `is to run on ${counted(to, 'node')} (before: ${from})`);
	return from === to ? undefined : entry(at, 'scaled', 'change', `scaled from ${from} to ${to} replicas`);
}

function rolledBack(before: Workload, after: Workload, replicaSets: readonly ReplicaSet[], at: number): TimelineEntry | undefined {
	if (before.generation === after.generation || sameTemplate(before.template, after.template)) return undefined;
	const target = newReplicaSet(after, replicaSets);
	const revision = target === undefined ? undefined : reusedRevision(target, runningRevision(before, replicaSets));
	if (revision === undefined) return undefined;
	return entry(at, 'rolled-back', 'change', `rolled back to revision ${revision}: ${changeOf(before.template, after.template)}`);
}

function stalled(before: Workload, after: Workload, replicaSets: readonly ReplicaSet[], at: number): TimelineEntry | undefined {
	if (exceededDeadline(after) === undefined || exceededDeadline(before) !== undefined) return undefined;
	if (isStaleDeadline(after, newReplicaSet(after, replicaSets))) return undefined;
	return entry(at, 'stalled', 'bad', 'stalled: the progress deadline is exceeded');
}

function complete(before: Workload, after: Workload, replicaSets: readonly ReplicaSet[], at: number): TimelineEntry | undefined {
	if (!rulesOf(after).status().done || rulesOf(before).status().done || isTouchedOnly(before)) return undefined;
	const revision = revisionNumber(runningRevision(after, replicaSets));
	const number = revision.kind === 'number' && revision.value > 0 ? revision.value : '?';
	return entry(at, 'complete', 'good', `revision ${number} is rolled out${partOf(after)}: ${after.replicas.available} available`);
}

/** A partition lets only some pods have it. */
function partOf(workload: Workload): string {
	const wanted = wantedNew(workload);
	const {desired, updated} = workload.replicas;
	return wanted === desired || updated >= desired ? '' : ` to ${updated} of ${counted(desired, 'pod')} (partition)`;
}

/** The controller has only to look at a change that rolls nothing: an annotation, a deadline, fewer replicas. */
function isTouchedOnly(workload: Workload): boolean {
	if (workload.generation <= workload.observedGeneration) return false;
	if (workload.kind === 'Deployment') return conditionOf(workload.conditions, 'Progressing')?.reason === 'NewReplicaSetAvailable';
	return rulesOf({...workload, observedGeneration: workload.generation}).status().done;
}

import type {Refusal, SeenWorkload, WorkloadCommand} from './command.ts';
import {kindWords} from './kinds/kind-words.ts';
import {rulesOf} from './kinds/rules-of.ts';
import {partitionOf} from './ordinals.ts';
import type {ReplicaSet} from './replica-set.ts';
import {newReplicaSet, reusedRevision, runningRevision} from './revisions.ts';
import {sameJson, sameTemplate} from './same-template.ts';
import {shortText} from './short-text.ts';
import {templateChanges} from './template-changes.ts';
import type {Workload} from './workload.ts';
import {isUnchanged, sightOf} from './workload-sight.ts';

/** As many fields as one sentence bears. */
const mostFields = 3;

/**
 * What somebody changed between two sights of a workload, each in a few words: `paused`, `scaled 3 → 5`, `spec.containers[app].image app:v2 → app:v3`.
 * `replicaSets` tell an undo from a new template. Empty where only the status differs.
 */
export function changesBetween(before: Workload, after: Workload, replicaSets: readonly ReplicaSet[] = []): readonly string[] {
	return [
		...(before.paused === after.paused ? [] : [after.paused ? 'paused' : 'resumed']),
		...(before.replicas.desired === after.replicas.desired ? [] : [`scaled ${before.replicas.desired} → ${after.replicas.desired}`]),
		...templateWords(before, after, replicaSets),
		...(sameTemplate(before.template, after.template) ? annotationWords(before, after) : []),
		...otherWords(before, after),
	];
}

function templateWords(before: Workload, after: Workload, replicaSets: readonly ReplicaSet[]): readonly string[] {
	if (sameTemplate(before.template, after.template)) return [];
	const old = newReplicaSet(after, replicaSets);
	const revision = old === undefined ? undefined : reusedRevision(old, runningRevision(before, replicaSets));
	const changes = templateChanges(before.template, after.template);
	const shown = changes.slice(0, mostFields).map(({path, from, to}) => `${path} ${from ?? '(not set)'} → ${to ?? '(not set)'}`);
	const more = changes.length - shown.length;
	return [...(revision === undefined ? [] : [`taken back to revision ${revision}`]), ...shown, ...(more > 0 ? [`${more} more of the template`] : [])];
}

/** Annotations raise the generation as well; beside another template they are its change cause and such. */
function annotationWords(before: Workload, after: Workload): readonly string[] {
	const names = new Set([...Object.keys(before.annotations), ...Object.keys(after.annotations)]);
	const changed = [...names].filter(name => !isOfController(name) && before.annotations[name] !== after.annotations[name]);
	return changed.slice(0, mostFields).map(name => `annotation ${shortText(name, 80)}`);
}

function partitionWords(before: Workload, after: Workload): readonly string[] {
	const [from, to] = [partitionOf(before), partitionOf(after)];
	return from === to ? [] : [`partition ${from} → ${to}`];
}

/** What else raises the generation. */
function otherWords(before: Workload, after: Workload): readonly string[] {
	return [
		...partitionWords(before, after),
		...(sameJson({...before.strategy}, {...after.strategy}) ? [] : ['strategy']),
		...(before.minReadySeconds === after.minReadySeconds ? [] : [`minReadySeconds ${before.minReadySeconds} → ${after.minReadySeconds}`]),
		...(before.progressDeadlineSeconds === after.progressDeadlineSeconds ? [] : ['progressDeadlineSeconds']),
	];
}

/** The controller writes these with the status, which raises no generation. */
const isOfController = (name: string) => name.startsWith('deployment.kubernetes.io/');

/** What is compared before a command is sent. */
export type Sights = {
	readonly seen: SeenWorkload;
	/** As it was at the generation that was seen; undefined where that is no longer known. */
	readonly before: Workload | undefined;
	readonly fresh: Workload;
	readonly replicaSets: readonly ReplicaSet[];
};

/** Why a command must not be sent to what the workload is by now: somebody changed what the person decided by. */
export function conflictOf(command: WorkloadCommand, {seen, before, fresh, replicaSets}: Sights): Refusal | undefined {
	const what = `${kindWords[fresh.kind].kind.toLowerCase()} "${fresh.name}"`;
	if (fresh.uid !== seen.uid) return again(`${what} was deleted and made again meanwhile`);
	const now = sightOf(fresh);
	if (isUnchanged(seen, now)) return stepConflict(command, what, seen, fresh);
	if (!touches(command, before, fresh)) return undefined;
	const changes = before === undefined ? [] : changesBetween(before, fresh, replicaSets);
	const how = changes.length === 0 ? generationText(seen, now) : changes.join(', ');
	return again(`${what} was changed meanwhile: ${how}`);
}

function generationText(seen: SeenWorkload, now: SeenWorkload): string {
	if (seen.generation !== now.generation) return `generation ${seen.generation} → ${now.generation}`;
	return `generation of its template ${seen.templateGeneration ?? '?'} → ${now.templateGeneration ?? '?'}`;
}

/** Who lets it go on past a step means the one that was seen. */
function stepConflict({kind}: WorkloadCommand, what: string, {step}: SeenWorkload, fresh: Workload): Refusal | undefined {
	const steps = kind === 'continue' ? rulesOf(fresh).steps() : undefined;
	if (step === undefined || steps === undefined || steps.current === step) return undefined;
	return again(`${what} has gone on meanwhile: step ${step + 1} → ${steps.current + 1} of ${steps.steps.length}`);
}

const again = (message: string): Refusal => ({message, hint: 'look again, then repeat'});

/** Whether any change since is one that the command must not run over. */
function touches(command: WorkloadCommand, before: Workload | undefined, fresh: Workload): boolean {
	switch (command.kind) {
		case 'pause':
			return fresh.paused;
		case 'resume':
			return !fresh.paused;
		case 'restart':
			return before === undefined || before.paused !== fresh.paused || !sameTemplate(before.template, fresh.template);
		// Whatever it was: who goes to another template must have seen the one that goes.
		case 'undo':
		case 'set-image':
			return true;
		case 'set-partition':
			return before === undefined || partitionWords(before, fresh).length > 0 || !sameTemplate(before.template, fresh.template);
		// Scaling insists on the number that was seen, deleting a pod on its uid.
		case 'scale':
		case 'delete-pod':
			return false;
		// They go on with the template that was seen.
		case 'continue':
		case 'promote-full':
		case 'abort':
		case 'retry':
		case 'to-step':
			return before === undefined || !sameTemplate(before.template, fresh.template);
	}
}

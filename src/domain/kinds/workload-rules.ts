import type {Refusal, WorkloadCommand} from '../command.ts';
import type {RolloutObjects} from '../pod-side.ts';
import type {ReleaseSteps} from '../release-steps.ts';
import type {ReplicaSet} from '../replica-set.ts';
import type {UndoTarget} from '../revisions.ts';
import type {RolloutPhase} from '../rollout-phase.ts';
import type {KubectlStatus} from '../rollout-status.ts';
import type {RolloutStep, StepInput} from '../rollout-step.ts';
import type {SidedPods} from '../sided-pods.ts';

/** A command line that does the same by hand. Flags that say where (context, namespace) stand between the two. */
export type CommandLine = {readonly program: readonly string[]; readonly words: readonly string[]};

/** What an abort leaves and a retry begins, in sentences. `goesBack`: pods and traffic go back to the version before by it. */
export type Aborting = {readonly goesBack: boolean; readonly leaves: readonly string[]; readonly begins: string};

/** How it is told to restart: by a time in this field, and what stands there now. `isTemplate`: that is another template, which rolls as every one does. */
export type RestartWay = {readonly field: string; readonly at: string | undefined; readonly isTemplate: boolean};

/**
 * What every kind of workload answers, one small file a kind: panels, dialogs, plain lines and JSON ask here and know no kind. Each answer is about the workload that
 * the rules were made of, and whatever steers it.
 */
export type WorkloadRules = {
	/** The line of `kubectl rollout status`, or of the kind's own tool. `revision` is `--revision` (0: whichever runs). */
	readonly status: (revision?: number) => KubectlStatus;
	/** How it stands, truly. `pods` undefined: they can't be seen. */
	readonly phase: (objects: RolloutObjects, pods: SidedPods | undefined, deadlineBefore: number | undefined) => RolloutPhase;
	/** What an undo would go to; `replicaSets` may hold others' too. */
	readonly undoTarget: (replicaSets: readonly ReplicaSet[], toRevision: number | undefined) => UndoTarget;
	/** Why a command can't act, in the words of kubectl or the kind's own tool; undefined when it can. */
	readonly refusal: (command: WorkloadCommand, replicaSets: readonly ReplicaSet[]) => Refusal | undefined;
	/** Its progressive steps; undefined where it has none. The new ReplicaSet tells the share of its pods where no router sets weights. */
	readonly steps: (newReplicaSet?: ReplicaSet) => ReleaseSteps | undefined;
	/** What its controller does next, or waits for. */
	readonly nextStep: (input: StepInput) => RolloutStep;
	/** Undefined of kinds that can't be aborted. */
	readonly aborting: Aborting | undefined;
	/** The field that says that it is paused. */
	readonly pauseField: string;
	readonly restart: RestartWay;
	/** What does the same by hand, one after the other. */
	readonly commandLines: (command: WorkloadCommand) => readonly CommandLine[];
};

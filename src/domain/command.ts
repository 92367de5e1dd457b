import type {ServiceSelector} from './service-selector.ts';

/** The object that the person saw when the question was asked. Where it is another one meanwhile, nothing is changed and the result is `conflicted`. */
export type SeenWorkload = {
	readonly uid: string;
	readonly generation: number;
	/** Of the object that holds its template, where that is another one. */
	readonly templateGeneration?: number | undefined;
	/** Index of the step where it stood, where it goes by steps. */
	readonly step?: number | undefined;
	/** Of an undo: the revision that the question said it goes to. */
	readonly undoTo?: number | undefined;
};

type OnWorkload = {
	/** Which of those behind a Service; absent: the one whose screen it is. */
	readonly workload?: string | undefined;
	/** Filled in by the confirmation; absent: what the watch shows when it is sent. */
	readonly seen?: SeenWorkload | undefined;
};

/** What a person asks of a workload. */
export type WorkloadCommand = OnWorkload &
	(
		| {readonly kind: 'pause'}
		| {readonly kind: 'resume'}
		/** `toRevision` absent: to the revision before. `resume`: a paused workload is resumed in the same step; without it an undo of one is refused. */
		| {readonly kind: 'undo'; readonly toRevision: number | undefined; readonly resume?: boolean | undefined}
		/** `from`: the number that the person saw, filled in by the confirmation. Where it is another one meanwhile, nothing is changed. */
		| {readonly kind: 'scale'; readonly replicas: number; readonly from?: number | undefined}
		| {readonly kind: 'restart'}
		/** `image` is sent as it is typed. `init`: the container is an init container. */
		| {readonly kind: 'set-image'; readonly container: string; readonly image: string; readonly init?: boolean | undefined}
		/** On past the step that waits. */
		| {readonly kind: 'continue'}
		/** Past all steps that are left. */
		| {readonly kind: 'promote-full'}
		/** Back to the stable version's pods; the template stays the new one. */
		| {readonly kind: 'abort'}
		/** Once more what was aborted. */
		| {readonly kind: 'retry'}
		/** Of a StatefulSet: pods of this ordinal and above get the new template. `from`: the number that the person saw. */
		| {readonly kind: 'set-partition'; readonly partition: number; readonly from?: number | undefined}
		/** To another step, 1-based. */
		| {readonly kind: 'to-step'; readonly step: number; readonly from?: number | undefined}
		/** One pod of the workload, as it was seen: another one of the same name is left alone. */
		| {readonly kind: 'delete-pod'; readonly pod: string; readonly uid: string}
	);

/** What takes a progressive rollout from step to step, or out of them. */
export type StepCommand = Extract<WorkloadCommand, {kind: 'continue' | 'promote-full' | 'abort' | 'retry' | 'to-step'}>;

const stepKinds: ReadonlySet<string> = new Set(['continue', 'promote-full', 'abort', 'retry', 'to-step'] satisfies StepCommand['kind'][]);

/** Whether a command leads from step to step, or out of the steps. */
export function isStepCommand(command: Command): command is StepCommand {
	return stepKinds.has(command.kind);
}

/** What a person asks of the watched Service. `resourceVersion`: of the Service that the person saw; where it is another one meanwhile, nothing is changed. */
export type ServiceCommand = {
	readonly kind: 'select';
	readonly selector: ServiceSelector;
	readonly resourceVersion?: string | undefined;
	readonly workload?: undefined;
};

/** What a person asks of the cluster. kubectl's verbs. */
export type Command = WorkloadCommand | ServiceCommand;

/** Why a command can't act, known before it is sent; `hint` says what to do. */
export type Refusal = {readonly message: string; readonly hint: string | undefined};

/** What of a workload a command changes. */
export type WorkloadStanding = {
	/** `deployment.kubernetes.io/revision`; the controller raises it only after a change of the template was accepted. */
	readonly revision: string | undefined;
	readonly images: readonly string[];
	readonly paused: boolean;
	readonly replicas: number;
	readonly generation: number;
};

/** The workload as it was read before the change, and as the API server stored it. */
export type WorkloadChange = {readonly before: WorkloadStanding; readonly after: WorkloadStanding};

/** How a sent command ended. `accepted` means the API server took it: the effect itself comes through the watch. */
export type CommandResult =
	| {
			readonly kind: 'accepted';
			readonly message: string;
			/** What may undo it, and the API server's own `Warning:` headers. */
			readonly warnings: readonly string[];
			/** Absent where no workload was written. */
			readonly change?: WorkloadChange | undefined;
	  }
	/** Nothing was sent or nothing changed. */
	| ({readonly kind: 'refused'} & Refusal)
	/** Somebody else changed the object meanwhile. */
	| ({readonly kind: 'conflicted'} & Refusal);

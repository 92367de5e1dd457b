import type {ServiceSelector} from './service-selector.ts';

/** What a person asks of a workload. `workload`: which of those behind a Service; absent: the one whose screen it is. */
export type WorkloadCommand =
	| {readonly kind: 'pause'; readonly workload?: string | undefined}
	| {readonly kind: 'resume'; readonly workload?: string | undefined}
	/** `toRevision` absent: to the revision before. */
	| {readonly kind: 'undo'; readonly toRevision: number | undefined; readonly workload?: string | undefined}
	/** `from`: the number that the person saw, filled in by the confirmation. Where it is another one meanwhile, nothing is changed. */
	| {readonly kind: 'scale'; readonly replicas: number; readonly from?: number | undefined; readonly workload?: string | undefined};

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

/** How a sent command ended. `accepted` means the API server took it: the effect itself comes through the watch. */
export type CommandResult =
	| {readonly kind: 'accepted'; readonly message: string; readonly warning: string | undefined}
	/** Nothing was sent or nothing changed. */
	| ({readonly kind: 'refused'} & Refusal)
	/** Somebody else changed the object meanwhile. */
	| ({readonly kind: 'conflicted'} & Refusal);

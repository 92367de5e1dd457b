/** What a person asks of the cluster. kubectl's verbs. `workload`: which of those behind a Service; absent: the one whose screen it is. */
export type Command =
	| {readonly kind: 'pause'; readonly workload?: string | undefined}
	| {readonly kind: 'resume'; readonly workload?: string | undefined}
	/** `toRevision` absent: to the revision before. */
	| {readonly kind: 'undo'; readonly toRevision: number | undefined; readonly workload?: string | undefined};

/** Why a command can't act, known before it is sent; `hint` says what to do. */
export type Refusal = {readonly message: string; readonly hint: string | undefined};

/** How a sent command ended. `accepted` means the API server took it: the effect itself comes through the watch. */
export type CommandResult =
	| {readonly kind: 'accepted'; readonly message: string; readonly warning: string | undefined}
	/** Nothing was sent or nothing changed. */
	| ({readonly kind: 'refused'} & Refusal)
	/** Somebody else changed the object meanwhile. */
	| ({readonly kind: 'conflicted'} & Refusal);

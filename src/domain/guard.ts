/** What a session may not do, or not do lightly: settled when it starts, and the same until it ends. */
export type Guard = {
	/** Nothing is written to the cluster. */
	readonly readOnly: boolean;
	/** A context where a mistake is dear: its confirmations want the workload's name typed. */
	readonly isProtected: boolean;
	/** Values that look like secrets are shown. */
	readonly showValues: boolean;
	/** Accepted actions are told to the cluster as K8sEvents, where the right to that is not denied. */
	readonly writesEvents: boolean;
};

/** Nothing is kept from anybody. */
export const openGuard: Guard = {readOnly: false, isProtected: false, showValues: false, writesEvents: false};

/** Why nothing may be written, for people; also for a key that would. */
export const readOnlyReason = 'read-only: nothing is written to the cluster';

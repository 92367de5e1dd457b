/** A Kubernetes Event object (core/v1 or events.k8s.io), always called K8sEvent here: our own Event is what happens to the program. */
export type K8sEvent = {
	readonly uid: string;
	readonly resourceVersion: string;
	/** `Normal` or `Warning`. */
	readonly type: string;
	readonly reason: string;
	/** Trimmed; may hold anything, also escape codes: data. */
	readonly message: string;
	readonly count: number;
	/** Epoch ms: first and last time, by kubectl's order of fields (KUBERNETES.md §2). */
	readonly firstAt: number | undefined;
	readonly lastAt: number | undefined;
	readonly source: string;
	readonly object: {readonly kind: string; readonly name: string; readonly uid: string};
};

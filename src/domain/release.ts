import type {Condition} from './condition.ts';

type ReleaseObject = {
	readonly uid: string;
	readonly name: string;
	readonly namespace: string;
	readonly resourceVersion: string;
	readonly generation: number;
	readonly observedGeneration: number;
	readonly labels: Readonly<Record<string, string>>;
	readonly annotations: Readonly<Record<string, string>>;
};

/** One step of an OpenKruise Rollout; v1alpha1's `weight` reads as `traffic` and `replicas`. Counts as the object has them: `"20%"` or `1`. */
export type KruiseStep = {
	readonly traffic: string | undefined;
	readonly replicas: string | undefined;
	/** It waits for a person where this is undefined and `pauses` is true. */
	readonly pauseSeconds: number | undefined;
	readonly pauses: boolean;
};

/** An OpenKruise Rollout (rollouts.kruise.io). */
export type KruiseRollout = ReleaseObject & {
	readonly kind: 'KruiseRollout';
	/** That by which it was read: v1beta1, else v1alpha1. */
	readonly apiVersion: string;
	readonly workloadRef: {readonly apiVersion: string; readonly kind: string; readonly name: string};
	readonly style: 'partition' | 'canary' | 'blueGreen';
	readonly paused: boolean;
	readonly disabled: boolean;
	readonly steps: readonly KruiseStep[];
	/** Where the weights of the steps are in force; none: only the numbers of pods decide. */
	readonly routings: readonly {readonly service: string; readonly ingress: string | undefined}[];
	readonly phase: string;
	readonly message: string;
	readonly conditions: readonly Condition[];
	/** Of canaryStatus or blueGreenStatus; undefined before the first rollout. Indexes are 1-based as in the API. */
	readonly progress:
		| {
				readonly currentStepIndex: number;
				readonly nextStepIndex: number | undefined;
				readonly currentStepState: string;
				readonly stableRevision: string | undefined;
				readonly podTemplateHash: string | undefined;
				readonly canaryReplicas: number;
				readonly canaryReadyReplicas: number;
				readonly finalisingStep: string | undefined;
				readonly message: string | undefined;
				readonly lastUpdateAt: number | undefined;
		  }
		| undefined;
};

/** A step of a KubeVela workflow. */
export type WorkflowStep = {
	readonly name: string;
	readonly type: string;
	readonly phase: string;
	readonly reason: string | undefined;
	readonly message: string | undefined;
};

/** A KubeVela Application. */
export type Application = ReleaseObject & {
	readonly kind: 'Application';
	readonly phase: string;
	readonly publishVersion: string | undefined;
	readonly latestRevision: string | undefined;
	readonly workflow:
		| {
				readonly status: string;
				readonly message: string | undefined;
				readonly suspend: boolean;
				readonly terminated: boolean;
				readonly finished: boolean;
				readonly steps: readonly WorkflowStep[];
		  }
		| undefined;
	/** Of each component: its message and its traits', by their type. */
	readonly services: readonly {
		readonly name: string;
		readonly healthy: boolean;
		readonly message: string | undefined;
		readonly traits: readonly {readonly type: string; readonly healthy: boolean; readonly message: string | undefined}[];
	}[];
	/** What it has made in its own namespace, by name. */
	readonly applied: {readonly deployments: readonly string[]; readonly rollouts: readonly string[]};
	/** The Rollout that it applied, where there is one. */
	readonly rollout: KruiseRollout | undefined;
};

/** What steers a workload's rollout from above. */
export type Release = KruiseRollout | Application;

/** What it says of itself; empty: nothing. */
export function releaseMessage(release: Release): string {
	return release.kind === 'KruiseRollout' ? release.message : (release.workflow?.message ?? '');
}

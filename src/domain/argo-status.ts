import type {ReleaseStep, StepCheck} from './release-steps.ts';

/** A canary step, as `kubectl argo rollouts` names it. */
export type ArgoStep = ReleaseStep & {
	readonly does: 'setWeight' | 'pause' | 'experiment' | 'analysis' | 'setCanaryScale' | 'plugin' | 'setHeaderRoute' | 'setMirrorRoute' | 'unknown';
};

/** Why the controller itself holds a rollout: `CanaryPauseStep`, `BlueGreenPause`, `InconclusiveAnalysisRun`, `InconclusiveExperiment`. `since` is epoch ms. */
export type ArgoPause = {readonly reason: string; readonly since: number | undefined};

/** `spec.strategy` of a Rollout: never told by its status, which has both parts always. Delays are ms. */
export type ArgoPlan =
	| {
			readonly kind: 'canary';
			readonly steps: readonly ArgoStep[];
			/** Weights are set at a router; without one pods alone make them. */
			readonly isRouted: boolean;
			/** What 100 % are in weights. */
			readonly maxWeight: number;
	  }
	| {
			readonly kind: 'blueGreen';
			readonly activeService: string;
			readonly previewService: string | undefined;
			/** It is promoted by itself, at once or after a while. */
			readonly promotes: 'by hand' | {readonly afterMs: number};
			readonly hasPostPromotionAnalysis: boolean;
	  };

/** `status` of a Rollout; texts and counts that the API leaves out are '' and 0. Times are epoch ms. */
export type ArgoStatus = {
	/** '' before 1.0, and before anything was written. */
	readonly phase: string;
	readonly message: string;
	/** No number before 0.10, and before anything was written. */
	readonly observedGenerationText: string;
	readonly workloadObservedGeneration: string;
	readonly abort: boolean;
	readonly abortedAt: number | undefined;
	readonly promoteFull: boolean;
	readonly controllerPause: boolean;
	readonly pauses: readonly ArgoPause[];
	readonly currentPodHash: string;
	readonly stableRS: string;
	readonly currentStepIndex: number | undefined;
	readonly restartedAt: number | undefined;
	readonly weights: {readonly canary: number; readonly verified: boolean | undefined} | undefined;
	readonly activeSelector: string;
	readonly previewSelector: string;
	readonly isStepInconclusive: boolean;
	readonly postPromotion: string | undefined;
	/** Analysis runs, the experiment, plugins of steps. */
	readonly checks: readonly StepCheck[];
};

/** A HorizontalPodAutoscaler. Counts are pods, times epoch ms. */
export type Autoscaler = {
	readonly uid: string;
	readonly name: string;
	readonly resourceVersion: string;
	/** Kind and name of what it scales, e.g. a Deployment. */
	readonly kind: string;
	readonly workload: string;
	readonly min: number;
	readonly max: number;
	readonly current: number;
	readonly desired: number;
	readonly lastScaleAt: number | undefined;
};

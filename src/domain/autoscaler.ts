import type {Workload} from './workload.ts';

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

/** The autoscaler of a workload; undefined where none is known. */
export function autoscalerOf(autoscalers: Iterable<Autoscaler>, {kind, name}: Pick<Workload, 'kind' | 'name'>): Autoscaler | undefined {
	return [...autoscalers].find(scaler => scaler.kind === kind && scaler.workload === name);
}

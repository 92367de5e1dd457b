import {historyKind, isWorkloadKind, kindWords, type TargetKind, type WorkloadKind} from './kinds/kind-words.ts';

/** The streams that a screen is made of, by what they carry. */
export const streamNames = ['workloads', 'revisions', 'pods', 'events', 'services', 'endpointslices'] as const;

/** Streams that only add to what the others tell: they come after the first frame, and that one is refused or not served is no news. */
export const sideStreamNames = ['autoscalers', 'disruptionbudgets'] as const;

/** What a stream is called by the API: `deployments`, `controllerrevisions`. `kind`: of what is watched. */
export function streamResource(name: StreamName, kind: TargetKind): string {
	const workloads: WorkloadKind = isWorkloadKind(kind) ? kind : 'Deployment';
	if (name === 'workloads') return kindWords[workloads].plural;
	if (name === 'revisions') return `${historyKind(workloads).toLowerCase()}s`;
	return name;
}

export type StreamName = (typeof streamNames)[number] | (typeof sideStreamNames)[number];

/** How a stream stands. Times are epoch ms. A panel shows this next to its data: old data is never shown as new. */
export type StreamCondition =
	| {readonly kind: 'syncing'; readonly since: number}
	| {readonly kind: 'live'; readonly since: number}
	| {readonly kind: 'lost'; readonly since: number; readonly reason: string; readonly retryAt: number | undefined}
	/** 403: may not be listed or watched, or (of a side stream) 404: the cluster has no such kind; tried again only rarely. */
	| {readonly kind: 'forbidden'; readonly since: number; readonly reason: string};

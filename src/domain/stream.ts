/** The streams of one followed workload, by what they carry. */
export const streamNames = ['deployments', 'replicasets', 'pods', 'events', 'services', 'endpointslices'] as const;
export type StreamName = (typeof streamNames)[number];

/** How a stream stands. Times are epoch ms. A panel shows this next to its data: old data is never shown as new. */
export type StreamCondition =
	| {readonly kind: 'syncing'; readonly since: number}
	| {readonly kind: 'live'; readonly since: number}
	| {readonly kind: 'lost'; readonly since: number; readonly reason: string; readonly retryAt: number | undefined}
	/** 403: may not be listed or watched; tried again only rarely. */
	| {readonly kind: 'forbidden'; readonly since: number; readonly reason: string};

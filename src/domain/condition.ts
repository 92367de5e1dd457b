/** One entry of `status.conditions`. Times are epoch ms; absent where the API left them out. */
export type Condition = {
	readonly type: string;
	/** `True`, `False` or `Unknown`. */
	readonly status: string;
	readonly reason: string;
	readonly message: string;
	readonly lastTransitionAt: number | undefined;
	/** Only Deployments have it (`lastUpdateTime`): when the controller last saw progress. */
	readonly lastUpdateAt: number | undefined;
};

import type {ConnectTo} from './connect-to.ts';

/** What a way to the workload needs besides its target: as if the flags of the same names had been given for it alone. */
export type RouteExtras = {
	readonly headers?: readonly {readonly name: string; readonly value: string}[];
	readonly connectTo?: readonly ConnectTo[];
	readonly insecure?: boolean;
	readonly fromCluster?: boolean;
};

import type {RouteKind} from '../sample-target.ts';
import type {ConnectTo} from './connect-to.ts';

/** What a way to the workload needs besides its target: as if the flags of the same names had been given for it alone. */
export type RouteExtras = {
	readonly headers?: readonly {readonly name: string; readonly value: string}[];
	readonly connectTo?: readonly ConnectTo[];
	readonly insecure?: boolean;
	readonly fromCluster?: boolean;
};

/** What the cluster is told to send to a Service, in proportion to the others'. */
export type DeclaredWeight = {readonly service: string; readonly weight: number};

/** A way to ask the workload, as it was found in the cluster. */
export type RouteChoice = {
	/** The same whenever the same way is found again. */
	readonly id: string;
	readonly title: string;
	readonly route: RouteKind;
	/** As for `--curl`. */
	readonly target: string;
	readonly extras: RouteExtras;
	/** One sentence each: what its numbers mean, and what they don't. */
	readonly measures: string;
	readonly not: string;
	/** It creates something in the cluster: ask first. */
	readonly needsConfirmation: boolean;
	/** Why it can't be taken; undefined: it can. */
	readonly unavailable: string | undefined;
	/** Empty: nobody declares any. */
	readonly declaredWeights: readonly DeclaredWeight[];
};

/** The fields that few choices have. */
export const plainChoice = {extras: {}, needsConfirmation: false, unavailable: undefined, declaredWeights: []} as const;

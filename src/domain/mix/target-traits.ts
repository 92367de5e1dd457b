import type {DeclaredWeight} from './route-choice.ts';

/** What of the way to a target decides who may answer. */
export type TargetTraits = {
	/** One connection serves many requests: HTTP keep-alive, HTTP/2. */
	readonly keepsConnections: boolean;
	readonly sendsCookies: boolean;
	/** How a mesh, gateway or ingress is told to share the requests out over Services; empty: nobody declares any. */
	readonly weights: readonly DeclaredWeight[];
};

/** A new connection for each request, no cookies, one Service. */
export const plainTraits: TargetTraits = {keepsConnections: false, sendsCookies: false, weights: []};

import {randomBytes} from 'node:crypto';
import type {ClusterConnection} from '../connect.ts';
import {type CurlRequest, curlRequestRefusal} from './curl-arguments.ts';
import {type CurlPodSpec, defaultCurlImage, defaultLifetimeMs} from './manifest.ts';

/** What is to be asked from inside the cluster. Durations in ms. */
export type CurlPodWish = {
	readonly requests: readonly CurlRequest[];
	readonly intervalMs: number;
	/** Default: the connection's. */
	readonly namespace?: string | undefined;
	/** Default: `defaultCurlImage`. */
	readonly image?: string | undefined;
	/** Default: `defaultLifetimeMs`. */
	readonly lifetimeMs?: number | undefined;
	/** Default: as many as the lifetime has room for. */
	readonly most?: number | undefined;
};

/** The specification of a pod that does what is wished. Throws ClusterError for a wish that would show a secret. */
export function curlPodSpec(connection: Pick<ClusterConnection, 'namespace' | 'user' | 'as' | 'context'>, wish: CurlPodWish, now: number): CurlPodSpec {
	for (const request of wish.requests) {
		const refusal = curlRequestRefusal(request);
		if (refusal !== undefined) throw refusal;
	}
	return {
		// A name of our own, so that even a pod whose creation got no answer can be deleted.
		name: `rollwatch-curl-${randomBytes(4).toString('hex')}`,
		namespace: wish.namespace ?? connection.namespace,
		image: wish.image ?? defaultCurlImage,
		requests: wish.requests,
		intervalMs: wish.intervalMs,
		lifetimeMs: wish.lifetimeMs ?? defaultLifetimeMs,
		most: wish.most,
		startedBy: connection.as ?? connection.user ?? connection.context,
		startedAt: now,
	};
}

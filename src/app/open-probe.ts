import type {SamplerOptions} from '../cli/options.ts';
import type {ClusterConnection} from '../cluster/connect.ts';
import {serviceProxyRequest} from '../cluster/service-proxy.ts';
import type {SampleTarget} from '../domain/sample-target.ts';
import {createProbe, type Probe} from '../sampler/probe.ts';

/** Makes the probe of a route: straight to a URL, or through the API server's proxy of a Service. */
export function openProbe(connection: ClusterConnection, options: SamplerOptions): (target: SampleTarget) => Promise<Probe> {
	const given = Object.fromEntries(options.headers.map(({name, value}) => [name, value]));
	const common = {method: options.head ? 'HEAD' : 'GET', timeoutMs: options.timeoutMs, keepAlive: options.keepAlive} as const;
	return async target => {
		if (target.kind === 'url') return createProbe({...common, url: target.url, headers: async () => given});
		const {origin, path, dispatcher, headers} = await serviceProxyRequest(connection, {namespace: connection.namespace, ...target});
		return createProbe({...common, url: `${origin}${path}`, dispatcher, viaProxy: true, headers: async () => ({...given, ...(await headers())})});
	};
}

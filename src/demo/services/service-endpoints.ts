import type {SocketAddress} from '../network.ts';
import type {EndpointSliceObject, ServicePort, SliceEndpoint} from './service-directory.ts';

/**
 * Where connections to a port of a Service may go: its ready endpoints; where there are none, those that end but still serve, as kube-proxy has it
 * (pkg/proxy/topology.go CategorizeEndpoints).
 */
export function serviceEndpoints({name: wanted = ''}: ServicePort, slices: readonly EndpointSliceObject[]): readonly SocketAddress[] {
	const ready = addresses(wanted, slices, ({conditions}) => conditions?.ready !== false);
	return ready.length > 0 ? ready : addresses(wanted, slices, ({conditions}) => conditions?.serving === true && conditions.terminating === true);
}

function addresses(wanted: string, slices: readonly EndpointSliceObject[], isWanted: (endpoint: SliceEndpoint) => boolean): readonly SocketAddress[] {
	return slices.flatMap(({ports, endpoints}) => {
		const port = ports?.find(({name = ''}) => name === wanted)?.port;
		if (port === undefined) return [];
		return (endpoints ?? []).filter(isWanted).flatMap(({addresses: [host]}) => (host === undefined ? [] : [{host, port}]));
	});
}

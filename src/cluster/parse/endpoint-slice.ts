import type {JsonObject} from '../../domain/json.ts';
import type {Endpoint, EndpointSlice} from '../../domain/service.ts';
import {objectOf, objectsOf, shownText, textOf} from './fields.ts';
import {parseMetadata} from './metadata.ts';

/** Label that ties a slice to its Service. */
export const serviceNameLabel = 'kubernetes.io/service-name';

function endpointOf(endpoint: JsonObject): Endpoint {
	const {ready, serving, terminating} = objectOf(endpoint.conditions);
	const target = objectOf(endpoint.targetRef);
	const isPod = target.kind === 'Pod';
	const addresses = Array.isArray(endpoint.addresses) ? endpoint.addresses : [];
	return {
		addresses: addresses.filter(address => typeof address === 'string'),
		podUid: isPod ? textOf(target.uid) : undefined,
		podName: isPod ? textOf(target.name) : undefined,
		// Null or absent means "unknown", which discovery/v1 tells consumers to read as ready; `serving` follows `ready` where only that is told.
		ready: ready !== false,
		serving: typeof serving === 'boolean' ? serving : ready !== false,
		terminating: terminating === true,
	};
}

/** An EndpointSlice as the API gives it; undefined for one that belongs to no Service. Never throws. */
export function parseEndpointSlice(raw: unknown): EndpointSlice | undefined {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return undefined;
	const {uid, name, resourceVersion, labels} = parsed.metadata;
	const serviceName = labels[serviceNameLabel];
	if (serviceName === undefined) return undefined;
	return {
		uid,
		name,
		resourceVersion,
		serviceName,
		addressType: shownText(parsed.object.addressType),
		endpoints: objectsOf(parsed.object.endpoints).map(endpointOf),
	};
}

import type {JsonObject, JsonValue} from '../../domain/json.ts';
import {isRequestPath} from '../../domain/mix/request-paths.ts';
import type {DeclaredWeight} from '../../domain/mix/route-choice.ts';
import type {HttpRouteMatch, Listener} from '../../domain/mix/route-facts.ts';
import {knownCountOf, objectOf, objectsOf, portNumberOf, textOf} from './fields.ts';
import {isHostPattern} from './host.ts';
import {parseMetadata} from './metadata.ts';

const group = 'gateway.networking.k8s.io';

function isOf(object: JsonObject, kind: string, wanted: string, ofGroup: string): boolean {
	return (textOf(object.kind) ?? kind) === wanted && (typeof object.group === 'string' ? object.group : ofGroup) === ofGroup;
}

/** `NAMESPACE/NAME` of a Gateway. */
function gatewayKey(namespace: string, name: string): string {
	return `${namespace}/${name}`;
}

/** Where a gateway.networking.k8s.io/v1 Gateway listens for HTTP and HTTPS; empty for what no API server would serve. Never throws. */
export function parseGateway(raw: unknown): readonly Listener[] {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return [];
	const {namespace, name} = parsed.metadata;
	const status = objectsOf(objectOf(parsed.object.status).addresses);
	const addresses = status.flatMap(({value}) => textOf(value) ?? []).filter(isHostPattern);
	return objectsOf(objectOf(parsed.object.spec).listeners).flatMap(listener => {
		const port = portNumberOf(listener.port);
		const host = textOf(listener.hostname) ?? '';
		const {protocol} = listener;
		if (port === undefined || (protocol !== 'HTTP' && protocol !== 'HTTPS') || (host !== '' && !isHostPattern(host))) return [];
		return [{gateway: gatewayKey(namespace, name), name: textOf(listener.name) ?? '', host, port, https: protocol === 'HTTPS', addresses}];
	});
}

function backendsOf(rule: JsonObject, namespace: string): readonly DeclaredWeight[] {
	const services = objectsOf(rule.backendRefs).filter(ref => isOf(ref, 'Service', 'Service', '') && (textOf(ref.namespace) ?? namespace) === namespace);
	// Gateway API: BackendRef.weight defaults to 1.
	return services.flatMap(ref => (textOf(ref.name) === undefined ? [] : [{service: textOf(ref.name) ?? '', weight: knownCountOf(ref.weight) ?? 1}]));
}

/** Only what a request can be made of: exact headers, and of a path its text. */
function matchOf(match: JsonObject): Pick<HttpRouteMatch, 'path' | 'headers'> {
	const {type, value} = objectOf(match.path);
	const text = textOf(value) ?? '/';
	const path = type !== 'RegularExpression' && isRequestPath(text) ? text : '/';
	const exact = objectsOf(match.headers).filter(header => (textOf(header.type) ?? 'Exact') === 'Exact');
	const headers = exact.flatMap(header => headerOf(header.name, header.value));
	return {path, headers};
}

function headerOf(name: JsonValue | undefined, value: JsonValue | undefined): readonly {readonly name: string; readonly value: string}[] {
	const isField = typeof name === 'string' && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
	return isField && typeof value === 'string' && /^[\u0020-\u007e]*$/.test(value) ? [{name, value}] : [];
}

/** The matches of a gateway.networking.k8s.io/v1 HTTPRoute; empty for what no API server would serve. Never throws. */
export function parseHttpRoute(raw: unknown): readonly HttpRouteMatch[] {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return [];
	const {namespace, name: route} = parsed.metadata;
	const spec = objectOf(parsed.object.spec);
	const hosts = Array.isArray(spec.hostnames) ? spec.hostnames.flatMap(host => textOf(host) ?? []).filter(isHostPattern) : [];
	const parents = objectsOf(spec.parentRefs)
		.filter(parent => isOf(parent, 'Gateway', 'Gateway', group))
		.map(parent => ({gateway: gatewayKey(textOf(parent.namespace) ?? namespace, textOf(parent.name) ?? ''), listener: textOf(parent.sectionName)}));
	return objectsOf(spec.rules).flatMap(rule => {
		const matches = objectsOf(rule.matches);
		const backends = backendsOf(rule, namespace);
		return (matches.length === 0 ? [{}] : matches).map(match => ({route, hosts, parents, backends, ...matchOf(match)}));
	});
}

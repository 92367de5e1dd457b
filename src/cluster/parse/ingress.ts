import type {JsonObject, JsonValue} from '../../domain/json.ts';
import {isRequestPath} from '../../domain/mix/request-paths.ts';
import type {Canary, IngressPath} from '../../domain/mix/route-facts.ts';
import {objectOf, objectsOf, portNumberOf, textOf} from './fields.ts';
import {isHostPattern} from './host.ts';
import {parseMetadata} from './metadata.ts';

const nginx = 'nginx.ingress.kubernetes.io/';

function shareOf(weight: string | undefined, total: string | undefined): number | undefined {
	const whole = Number(total ?? '100');
	const part = Number(weight ?? 'none');
	return Number.isFinite(part) && whole > 0 ? Math.min(1, Math.max(0, part / whole)) : undefined;
}

/** ingress-nginx: docs/user-guide/nginx-configuration/annotations.md, “Canary”. A header without a value is asked for with `always`. */
function canaryOf(annotations: Readonly<Record<string, string>>): Canary | undefined {
	const of = (name: string) => annotations[`${nginx}${name}`];
	if (of('canary') !== 'true') return undefined;
	const name = of('canary-by-header');
	const isToken = name !== undefined && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
	const value = of('canary-by-header-value') ?? 'always';
	return {
		weight: shareOf(of('canary-weight'), of('canary-weight-total')),
		header: isToken && /^[\u0020-\u007e]+$/.test(value) ? {name, value} : undefined,
	};
}

/** Of a regular expression what stands before its first sign: a path that it matches, most often. */
function askedPath(path: JsonValue | undefined, pathType: JsonValue | undefined): string {
	const text = textOf(path) ?? '/';
	const plain = pathType === 'ImplementationSpecific' ? text.replace(/[([.*+?^$|\\].*$/s, '') : text;
	return isRequestPath(plain) ? plain : '/';
}

function serviceOf(backend: JsonValue | undefined): string | undefined {
	return textOf(objectOf(objectOf(backend).service).name);
}

/** Addresses of `status.loadBalancer.ingress`. */
export function balancerAddresses(status: JsonValue | undefined): readonly string[] {
	const entries = objectsOf(objectOf(objectOf(status).loadBalancer).ingress);
	return entries.flatMap(({ip, hostname}) => textOf(ip) ?? textOf(hostname) ?? []).filter(isHostPattern);
}

/** The port of the first address of `status.loadBalancer.ingress`, where its controller says one. */
function balancerPort(status: JsonValue | undefined): number | undefined {
	const [entry] = objectsOf(objectOf(objectOf(status).loadBalancer).ingress);
	return portNumberOf(objectsOf(entry?.ports)[0]?.port);
}

function isTlsHost(tls: readonly JsonObject[], host: string): boolean {
	return tls.some(({hosts}) => !Array.isArray(hosts) || hosts.length === 0 || hosts.some(name => name === host || isUnder(host, name)));
}

function isUnder(host: string, pattern: JsonValue): boolean {
	return typeof pattern === 'string' && pattern.startsWith('*.') && host.endsWith(pattern.slice(1)) && !host.slice(0, 1 - pattern.length).includes('.');
}

/** The paths of a networking.k8s.io/v1 Ingress, its default backend as `/`; empty for what no API server would serve. Never throws. */
export function parseIngress(raw: unknown): readonly IngressPath[] {
	const parsed = parseMetadata(raw);
	if (parsed === undefined) return [];
	const {name: ingress, annotations} = parsed.metadata;
	const spec = objectOf(parsed.object.spec);
	const tls = objectsOf(spec.tls);
	const {status} = parsed.object;
	const common = {ingress, addresses: balancerAddresses(status), port: balancerPort(status), canary: canaryOf(annotations)};
	const byDefault = serviceOf(spec.defaultBackend);
	const paths = objectsOf(spec.rules).flatMap(rule => {
		const host = textOf(rule.host) ?? '';
		if (host !== '' && !isHostPattern(host)) return [];
		return objectsOf(objectOf(rule.http).paths).flatMap(({path, pathType, backend}) => {
			const service = serviceOf(backend);
			return service === undefined ? [] : [{...common, host, path: askedPath(path, pathType), tls: isTlsHost(tls, host), service}];
		});
	});
	return byDefault === undefined ? paths : [...paths, {...common, host: '', path: '/', tls: false, service: byDefault}];
}

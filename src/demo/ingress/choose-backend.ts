import type {Backend, IngressObject, IngressRule} from './ingress-object.ts';

/** What of a request decides where it goes. */
export interface Asked {
	/** Without a port. */
	readonly host: string;
	readonly path: string;
	readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** A Service of a namespace, at one port. */
export interface ChosenBackend {
	readonly namespace: string;
	readonly service: NonNullable<Backend['service']>;
}

interface Match {
	readonly ingress: IngressObject;
	readonly path: string;
	readonly backend: Backend;
	/** The longer the better; an exact path before any other, a host before none. */
	readonly rank: readonly number[];
}

const nginx = 'nginx.ingress.kubernetes.io/';

/** Whether these Ingresses are ours: of nginx's class, or of none. */
export function isServed({metadata: {annotations}, spec: {ingressClassName}}: IngressObject): boolean {
	const name = annotations?.['kubernetes.io/ingress.class'] ?? ingressClassName ?? 'nginx';
	return name === 'nginx';
}

/**
 * The Services for a request, the first of which has an endpoint gets it: of the Ingresses' hosts and paths the closest, and of those that share it by
 * the rules of ingress-nginx' canaries: a header before a weight. A canary without endpoints takes no part: its requests stay where they were. None:
 * nobody's. `chance`: 0…1. ingress-nginx: docs/user-guide/nginx-configuration/annotations.md, “Canary”; rootfs/etc/nginx/lua/balancer.lua.
 */
export function chooseBackends(ingresses: Iterable<IngressObject>, asked: Asked, chance: number): readonly ChosenBackend[] {
	const matches = [...ingresses].filter(isServed).flatMap(ingress => matchesOf(ingress, asked));
	const mains = matches.filter(({ingress}) => !isCanary(ingress)).sort(byRank);
	const [main] = mains;
	if (main === undefined) return [];
	const canaries = matches.filter(
		({ingress, path}) => isCanary(ingress) && path === main.path && ingress.metadata.namespace === main.ingress.metadata.namespace,
	);
	return [canaryFor(canaries, asked, chance), main].flatMap(match => (match === undefined ? [] : backendOf(match)));
}

function matchesOf(ingress: IngressObject, asked: Asked): readonly Match[] {
	const {rules, defaultBackend} = ingress.spec;
	const found = (rules ?? []).filter(({host = ''}) => isHost(host, asked.host)).flatMap(rule => ruleMatches(ingress, rule, asked));
	return defaultBackend === undefined ? found : [...found, {ingress, path: '', backend: defaultBackend, rank: [-1, 0, 0]}];
}

function ruleMatches(ingress: IngressObject, {host = '', http}: IngressRule, asked: Asked): readonly Match[] {
	return (http?.paths ?? []).flatMap(({path = '/', pathType, backend}) => {
		const isExact = pathType === 'Exact';
		if (isExact ? path !== asked.path : !isPrefix(path, asked.path)) return [];
		return [{ingress, path: `${host}${path}`, backend, rank: [hostRank(host), isExact ? 1 : 0, path.length]}];
	});
}

function hostRank(host: string): number {
	if (host === '') return 0;
	return host.startsWith('*') ? 1 : 2;
}

/** `*.shop.example` stands for one label more. */
function isHost(pattern: string, host: string): boolean {
	if (pattern === '') return true;
	if (!pattern.startsWith('*.')) return pattern.toLowerCase() === host.toLowerCase();
	return host.toLowerCase().endsWith(pattern.slice(1).toLowerCase()) && !host.slice(0, host.length - pattern.length + 1).includes('.');
}

/** By the parts of a path: `/shop` leads to `/shop/cart`, not to `/shopping`. */
function isPrefix(prefix: string, path: string): boolean {
	const whole = prefix.endsWith('/') ? prefix : `${prefix}/`;
	return path === prefix || path.startsWith(whole) || `${path}/` === whole;
}

function byRank(left: Match, right: Match): number {
	const index = left.rank.findIndex((value, at) => value !== right.rank[at]);
	return index < 0 ? 0 : (right.rank[index] ?? 0) - (left.rank[index] ?? 0);
}

function annotation({metadata}: IngressObject, name: string): string | undefined {
	return metadata.annotations?.[`${nginx}${name}`];
}

function isCanary(ingress: IngressObject): boolean {
	return annotation(ingress, 'canary') === 'true';
}

/** One canary takes part at a time, as with ingress-nginx. */
function canaryFor([canary]: readonly Match[], {headers}: Asked, chance: number): Match | undefined {
	if (canary === undefined) return undefined;
	const name = annotation(canary.ingress, 'canary-by-header');
	const given = name === undefined ? undefined : headers[name.toLowerCase()];
	const wanted = annotation(canary.ingress, 'canary-by-header-value');
	if (given !== undefined && given === (wanted ?? 'always')) return canary;
	if (given === 'never' && wanted === undefined) return undefined;
	const weight = Number(annotation(canary.ingress, 'canary-weight') ?? '0');
	const total = Number(annotation(canary.ingress, 'canary-weight-total') ?? '100');
	return chance * total < weight ? canary : undefined;
}

function backendOf({ingress, backend}: Match): readonly ChosenBackend[] {
	const {namespace = ''} = ingress.metadata;
	return backend.service === undefined ? [] : [{namespace, service: backend.service}];
}

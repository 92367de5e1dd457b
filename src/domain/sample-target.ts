import {isRequestPath} from './mix/request-paths.ts';
import {withoutSecrets} from './mix/secrets.ts';
import {shortText} from './short-text.ts';

/** By which way requests go: straight to a URL, through the API server's proxy of a Service or of single pods, straight to pods, from inside the cluster. */
export type RouteKind = 'url' | 'service-proxy' | 'pod-proxy' | 'pod-address' | 'in-cluster';

/** Where the sampler asks (`--curl`). */
export type SampleTarget =
	/** `url` keeps what the user wrote, credentials included; `label` is for the screen and has none. */
	| {readonly kind: 'url'; readonly url: string; readonly label: string}
	/** `port` is a name or number of the Service's; absent: its only one. `path` begins with a slash and keeps its query. */
	| {readonly kind: 'service'; readonly name: string; readonly port: string | undefined; readonly path: string; readonly label: string}
	/** Each pod of the workload, through the API server's pod proxy or straight at its address. `port`: absent, the Service's target or the container's first. */
	| {readonly kind: 'pods'; readonly via: 'proxy' | 'address'; readonly port: string | undefined; readonly path: string; readonly label: string};

const forms = 'http://…, https://…, svc/NAME[:PORT][/PATH], pods[:PORT][/PATH] or pod-ips[:PORT][/PATH]';
// RFC 1035 labels, which Service names are; port names are RFC 6335's.
const serviceName = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const portName = /^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/;

function refusal(text: string, why: string): {readonly error: string} {
	// The credentials of what can't be read are secret, too, also where the scheme was forgotten.
	const shown = withoutSecrets(text.replace(/^([a-z][\w+.-]*:\/\/|services?\/|svc\/)?.*@/is, '$1…@'));
	return {error: `Expected ${why}, got "${shortText(shown, 200)}"`};
}

function isPort(text: string): boolean {
	if (/^\d+$/.test(text)) return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65535;
	return text.length <= 15 && portName.test(text);
}

type Place = {readonly host: string; readonly port: string | undefined; readonly path: string};

/** `HOST[:PORT][/PATH]`; `portOf` says whose port it must be. */
function parsePlace(text: string, rest: string, portOf: string): Place | {readonly error: string} {
	const slash = rest.indexOf('/');
	const path = slash === -1 ? '/' : rest.slice(slash);
	const [host = '', port, ...more] = (slash === -1 ? rest : rest.slice(0, slash)).split(':');
	if (more.length > 0 || (port !== undefined && !isPort(port))) return refusal(text, `${portOf}, by number (1–65535) or name`);
	if (!isRequestPath(path)) return refusal(text, 'a path of printable characters without spaces (percent-encode others)');
	return {host, port, path};
}

function labelOf(name: string, {port, path}: Place): string {
	return `${name}${port === undefined ? '' : `:${port}`}${path === '/' ? '' : withoutSecrets(path)}`;
}

function parseService(text: string, rest: string): SampleTarget | {readonly error: string} {
	if (!serviceName.test(/^[^:/]*/.exec(rest)?.[0] ?? '')) return refusal(text, 'svc/NAME with the name of a Service');
	const place = parsePlace(text, rest, 'svc/NAME:PORT with a port of the Service');
	if ('error' in place) return place;
	const {host: name, port, path} = place;
	return {kind: 'service', name, port, path, label: labelOf(`svc/${name}`, place)};
}

function parsePods(text: string): SampleTarget | {readonly error: string} {
	const place = parsePlace(text, text, 'pods:PORT or pod-ips:PORT with a port of the container');
	if ('error' in place) return place;
	const {host, port, path} = place;
	return {kind: 'pods', via: host === 'pods' ? 'proxy' : 'address', port, path, label: labelOf(host, place)};
}

function parseUrl(text: string): SampleTarget | {readonly error: string} {
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		return refusal(text, 'a valid URL such as http://10.0.0.5:8080/');
	}
	url.hash = '';
	const shown = new URL(url);
	shown.username = '';
	shown.password = '';
	return {kind: 'url', url: url.href, label: shortText(withoutSecrets(shown.href), 200)};
}

/** How a target is asked; from a pod inside the cluster where that was asked for and makes a difference. */
export function routeOf(target: SampleTarget, fromCluster: boolean): RouteKind {
	if (target.kind === 'pods') return target.via === 'proxy' ? 'pod-proxy' : 'pod-address';
	if (fromCluster) return 'in-cluster';
	return target.kind === 'url' ? 'url' : 'service-proxy';
}

/** The target that `--curl` names, or one sentence that says what was expected and what was given. */
export function parseSampleTarget(text: string): SampleTarget | {readonly error: string} {
	if (/^https?:/i.test(text)) return parseUrl(text);
	const service = /^(?:svc|services?)\/(.*)$/s.exec(text)?.[1];
	if (service !== undefined) return parseService(text, service);
	if (/^pod(?:s|-ips)(?:[:/]|$)/.test(text)) return parsePods(text);
	return refusal(text, `${forms} as the target of --curl`);
}

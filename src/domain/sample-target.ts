import {shortText} from './short-text.ts';

/** By which way requests go: straight to a URL, through the API server's proxy of a Service or of single pods, straight to pods, from inside the cluster. */
export type RouteKind = 'url' | 'service-proxy' | 'pod-proxy' | 'pod-address' | 'in-cluster';

/** Where the sampler asks (`--curl`). */
export type SampleTarget =
	/** `url` keeps what the user wrote, credentials included; `label` is for the screen and has none. */
	| {readonly kind: 'url'; readonly url: string; readonly label: string}
	/** `port` is a name or number of the Service's; absent: its only one. `path` begins with a slash and keeps its query. */
	| {readonly kind: 'service'; readonly name: string; readonly port: string | undefined; readonly path: string; readonly label: string};

const forms = 'http://…, https://… or svc/NAME[:PORT][/PATH]';
// RFC 1035 labels, which Service names are; port names are RFC 6335's.
const serviceName = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;
const portName = /^(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*$/;

function refusal(text: string, why: string): {readonly error: string} {
	return {error: `Expected ${why}, got "${shortText(text, 200)}"`};
}

function isPort(text: string): boolean {
	if (/^\d+$/.test(text)) return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65535;
	return text.length <= 15 && portName.test(text);
}

function parseService(text: string, rest: string): SampleTarget | {readonly error: string} {
	const slash = rest.indexOf('/');
	const host = slash === -1 ? rest : rest.slice(0, slash);
	const path = slash === -1 ? '/' : rest.slice(slash);
	const [name = '', port, ...more] = host.split(':');
	if (!serviceName.test(name)) return refusal(text, 'svc/NAME with the name of a Service');
	if (more.length > 0 || (port !== undefined && !isPort(port))) return refusal(text, 'svc/NAME:PORT with a port of the Service, by number (1–65535) or name');
	if (/[\s#]|[^\u0021-\u007e]/.test(path)) return refusal(text, 'a path of printable characters without spaces (percent-encode others)');
	return {kind: 'service', name, port, path, label: `svc/${name}${port === undefined ? '' : `:${port}`}${path === '/' ? '' : path}`};
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
	return {kind: 'url', url: url.href, label: shortText(shown.href, 200)};
}

/** The target that `--curl` names, or one sentence that says what was expected and what was given. */
export function parseSampleTarget(text: string): SampleTarget | {readonly error: string} {
	if (/^https?:/i.test(text)) return parseUrl(text);
	const service = /^(?:svc|services?)\/(.*)$/s.exec(text)?.[1];
	if (service !== undefined) return parseService(text, service);
	return refusal(text, `${forms} as the target of --curl`);
}

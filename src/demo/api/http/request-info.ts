import findMyWay from 'find-my-way';
import type {RequestInfo} from '../api-call.ts';

// The paths of the API. One entry each, for any method: which methods are allowed depends on the resource.
const router = findMyWay({ignoreTrailingSlash: true, maxParamLength: 1_024});
const segments = new Map<string, number>();

for (const prefix of ['/api/:version', '/apis/:group/:version']) {
	for (const scope of ['', '/namespaces/:namespace']) {
		for (const path of ['/:resource', '/:resource/:name', '/:resource/:name/:subresource', '/:resource/:name/:subresource/*']) route(prefix + scope + path);
	}
	for (const subresource of ['status', 'finalize']) route(`${prefix}/namespaces/:name/${subresource}`, {resource: 'namespaces', subresource});
	route(`${prefix}/namespaces/:name`, {resource: 'namespaces'});
}

function route(path: string, fixed: object = {}): void {
	segments.set(path, path.split('/').length - (path.endsWith('*') ? 1 : 0));
	router.on('GET', path, () => undefined, {path, fixed});
}

const verbs: Readonly<Record<string, string>> = {GET: 'get', HEAD: 'get', POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete'};

/** What a request line asks for. apiserver: pkg/endpoints/request/requestinfo.go. */
export function readRequestInfo(method: string, path: string, query: URLSearchParams): RequestInfo {
	const none = {path, group: '', version: '', namespace: '', resource: '', subresource: '', name: '', rest: ''};
	const found = path.startsWith('/api') ? router.find('GET', path) : null;
	if (found === null) return {...none, isResource: false, verb: method.toLowerCase()};
	const {path: pattern, fixed} = found.store as {path: string; fixed: Partial<RequestInfo>};
	const {'*': _, ...params} = found.params;
	const info = {...none, ...params, ...fixed, isResource: true, verb: verbs[method] ?? '', rest: restOf(path, pattern)};
	if (info.name === '' && info.verb === 'get') info.verb = isWatch(query) ? 'watch' : 'list';
	if (info.name === '' && info.verb === 'delete') info.verb = 'deletecollection';
	return info.resource === 'namespaces' && info.namespace === '' ? {...info, namespace: info.name} : info;
}

/** What follows the subresource, as it was sent: a proxy hands it on untouched. */
function restOf(path: string, pattern: string): string {
	const parts = path.split('/');
	const own = segments.get(pattern) ?? 0;
	return parts.length > own ? `/${parts.slice(own).join('/')}` : '';
}

function isWatch(query: URLSearchParams): boolean {
	const text = query.get('watch');
	return text !== null && text !== '0' && text.toLowerCase() !== 'false';
}

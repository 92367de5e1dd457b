import type {IncomingHttpHeaders, OutgoingHttpHeaders} from 'node:http';

/** About one connection only. net/http/httputil: reverseproxy.go hopHeaders. */
const hopByHop = ['connection', 'proxy-connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade'];
const corsHeaders = /^access-control-allow-(credentials|headers|methods|origin)$/;

/** What a pod may see of a request's headers: not who asks, and with where it was asked. */
export function requestHeaders(headers: IncomingHttpHeaders, from: string | undefined, uri: string): OutgoingHttpHeaders {
	const dropped = (name: string) => name === 'authorization' || name === 'expect' || name.startsWith('impersonate-');
	const kept = without(headers, name => dropped(name));
	const before = headers['x-forwarded-for'];
	const forwarded = [...(before === undefined ? [] : [before].flat()), ...(from === undefined ? [] : [from])].join(', ');
	return {...kept, 'x-forwarded-uri': uri, ...(forwarded === '' ? {} : {'x-forwarded-for': forwarded})};
}

/** What a client may see of an answer's headers. A page of a pod must not allow other pages anything in the API server's name. */
export function answerHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
	return {'cache-control': 'no-cache, private', ...without(headers, name => corsHeaders.test(name))};
}

function without(headers: IncomingHttpHeaders, isDropped: (name: string) => boolean): OutgoingHttpHeaders {
	const named = (headers.connection ?? '').toLowerCase().split(/\s*,\s*/);
	return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.includes(name) && !named.includes(name) && !isDropped(name)));
}

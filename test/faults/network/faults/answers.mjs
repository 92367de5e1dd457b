import {statusObject} from '../proxy.mjs';
import {endWatches, everything} from './fault.mjs';

/**
 * @typedef {import('./fault.mjs').Fault} Fault
 * @typedef {import('./fault.mjs').Scope} Scope
 */

const reasons = /** @type {const} */ ({429: 'TooManyRequests', 500: 'InternalError', 502: 'Bad Gateway', 503: 'ServiceUnavailable', 504: 'Timeout'});

/** @typedef {keyof typeof reasons} ErrorCode */
export const errorCodes = /** @type {readonly ErrorCode[]} */ ([429, 500, 502, 503, 504]);

/**
 * Every request is answered with an error. 502 is what a load balancer says, in HTML.
 * @param {ErrorCode} code @param {number | undefined} retryAfter seconds @param {Scope} scope @returns {Fault}
 */
export function errorStatus(code, retryAfter, scope) {
	const inHtml = code === 502;
	const headers = {'content-type': inHtml ? 'text/html' : 'application/json', ...(retryAfter !== undefined && {'retry-after': String(retryAfter)})};
	const body = inHtml ? `<html><h1>502 ${reasons[code]}</h1></html>` : JSON.stringify(statusObject(code, reasons[code], 'the proxy plays a fault'));
	return {
		what: `HTTP ${code}${retryAfter === undefined ? '' : `, Retry-After: ${retryAfter}`}${scope.text}`,
		isDown: true,
		hooks: {answer: exchange => (scope.hits(exchange) ? {status: code, headers, body} : undefined)},
		start: proxy => endWatches(proxy, scope, 'cut'),
	};
}

const loginPage = '<!doctype html><title>Log in</title><form method="post"><input name="password"></form>';

/** A portal's login page with 200, in place of everything. @param {Scope} scope @returns {Fault} */
export function loginPages(scope) {
	return {
		what: `a login page with 200 (wrong Content-Type)${scope.text}`,
		isDown: true,
		hooks: {answer: exchange => (scope.hits(exchange) ? {status: 200, headers: {'content-type': 'text/html'}, body: loginPage} : undefined)},
		start: proxy => endWatches(proxy, scope, 'cut'),
	};
}

/** Where a text is cut. @typedef {'anywhere' | 'in a character'} Place */

/** How many bytes are left. @param {Buffer} bytes @param {Place} place */
function cutAt(bytes, place) {
	const character = bytes.findIndex(byte => byte >= 0xc0);
	return place === 'in a character' && character !== -1 ? character + 1 : Math.floor(bytes.length * 0.6);
}

/** Lists are cut. @param {Place} place @param {'clean' | 'cut'} end @param {Scope} scope @returns {Fault} */
export function truncatedList(place, end, scope) {
	return {
		what: `lists truncated ${place}, ${end === 'clean' ? 'as if that were all' : 'connection broken'}${scope.text}`,
		isDown: true,
		hooks: {
			list: (exchange, body) => (scope.hits(exchange) ? {bytes: [body.subarray(0, cutAt(body, place))], end} : undefined),
			// Otherwise the old version is watched again, and nobody lists.
			answer: exchange =>
				exchange.isWatch && scope.hits(exchange) ? {status: 410, body: JSON.stringify(statusObject(410, 'Expired', 'too old resource version'))} : undefined,
		},
		start: proxy => endWatches(proxy, scope, 'cut'),
	};
}

/** The next event of each watch is cut, and the watch is over. @param {Place} place @param {'clean' | 'cut'} end @param {Scope} scope @returns {Fault} */
export function truncatedEvent(place, end, scope) {
	return {
		what: `a watch event truncated ${place}, then ${end === 'clean' ? 'a clean end' : 'a broken connection'}${scope.text}`,
		isDown: false,
		hooks: {event: (exchange, line) => (scope.hits(exchange) ? {bytes: [line.subarray(0, cutAt(line, place))], end} : undefined)},
	};
}

/** Answers are in gzip: where that was asked for, or even where nobody did. @param {'always' | 'asked'} when @returns {Fault} */
export function inGzip(when) {
	return {
		what: `Content-Encoding: gzip, ${when === 'asked' ? 'where it is asked for' : 'asked for or not'}`,
		isDown: false,
		hooks: {gzip: when},
		start: proxy => endWatches(proxy, everything, 'clean'),
	};
}

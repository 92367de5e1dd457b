import {statusObject} from '../proxy.mjs';
import {endWatches, watchesOf} from './fault.mjs';

/**
 * @typedef {import('./fault.mjs').Fault} Fault
 * @typedef {import('./fault.mjs').Scope} Scope
 * @typedef {import('./fault.mjs').Exchange} Exchange
 */

const expired = statusObject(410, 'Expired', 'too old resource version: 1 (2)');
const expiredEvent = Buffer.from(`${JSON.stringify({type: 'ERROR', object: expired})}\n`);

/** The uid that an event is about, and whether it tells how that object is. @param {Buffer} line */
function aboutOf(line) {
	const {type, object} = JSON.parse(line.toString());
	return {uid: String(object?.metadata?.uid ?? ''), type: String(type)};
}

/** Every event comes twice. @param {Scope} scope @returns {Fault} */
export function duplicated(scope) {
	return {
		what: `events come twice${scope.text}`,
		isDown: false,
		hooks: {event: (exchange, line) => (scope.hits(exchange) ? {bytes: [line, line]} : undefined)},
	};
}

/** Events of different objects change places: only those of one object have an order. @param {Scope} scope @returns {Fault} */
export function swapped(scope) {
	/** @type {Map<Exchange, Buffer>} */
	const kept = new Map();
	return {
		what: `events of different objects change places${scope.text}`,
		isDown: false,
		hooks: {
			event(exchange, line) {
				if (!scope.hits(exchange)) return undefined;
				const before = kept.get(exchange);
				if (before === undefined) {
					kept.set(exchange, line);
					return {bytes: []};
				}
				kept.delete(exchange);
				return {bytes: aboutOf(before).uid === aboutOf(line).uid ? [before, line] : [line, before]};
			},
		},
		stop({watches}) {
			for (const [exchange, line] of kept) watches.get(exchange)?.write(line);
		},
	};
}

/**
 * An older version of an object after a newer one: alone, as an API server says it that lags behind, or with all that came since, as after a watch
 * that was opened again too early.
 * @param {'alone' | 'replayed'} how @param {Scope} scope @returns {Fault}
 */
export function stale(how, scope) {
	/** @type {Map<string, Buffer[]>} */
	const told = new Map();
	return {
		what:
			how === 'alone' ? `an older version of an object after a newer one${scope.text}` : `versions of an object told again from an older one on${scope.text}`,
		isDown: false,
		hooks: {
			event(exchange, line) {
				if (!scope.hits(exchange)) return undefined;
				const {uid, type} = aboutOf(line);
				if (!['ADDED', 'MODIFIED'].includes(type)) return undefined;
				const key = `${exchange.client} ${exchange.stream} ${uid}`;
				const versions = [...(told.get(key) ?? []), line].slice(-3);
				told.set(key, versions);
				if (versions.length < 2) return undefined;
				return {bytes: how === 'alone' ? [line, /** @type {Buffer} */ (versions.at(-2))] : [line, ...versions]};
			},
		},
	};
}

/** 410 for every watch: as ERROR event in those that are open, then to each request. @param {'event' | 'http' | 'both'} how @param {Scope} scope @returns {Fault} */
export function expiredStorm(how, scope) {
	return {
		what: `410 storm: ${{event: 'ERROR event in each watch that opens', http: 'HTTP 410 to each watch', both: 'HTTP 410 and ERROR events'}[how]}${scope.text}`,
		isDown: true,
		hooks: {
			answer(exchange) {
				if (!exchange.isWatch || !scope.hits(exchange)) return undefined;
				if (how === 'http' || (how === 'both' && exchange.at % 2 === 0)) return {status: 410, body: JSON.stringify(expired)};
				return {status: 200, body: expiredEvent.toString()};
			},
		},
		start(proxy) {
			if (how === 'http') return endWatches(proxy, scope, 'clean');
			for (const [, outlet] of watchesOf(proxy, scope)) {
				outlet.write(expiredEvent);
				outlet.end('clean');
			}
		},
	};
}

import {endWatches, everything} from './fault.mjs';

/** @typedef {import('./fault.mjs').Fault} Fault */

/** The server comes back with another certificate of the authority that is known. @returns {Fault} */
export function otherCertificate() {
	return {
		what: 'another certificate of the same CA',
		isDown: false,
		async start({front, present}) {
			await present('ours');
			front.reset();
		},
	};
}

/** The server comes back with a certificate of an authority that nobody knows, until it has the right one again. @returns {Fault} */
export function strangeCertificate() {
	return {
		what: 'a certificate of an unknown CA',
		isDown: true,
		async start({front, present}) {
			await present('strange');
			front.reset();
		},
		async stop({front, present}) {
			await present('ours');
			front.reset();
		},
	};
}

/** Tokens are no longer valid and the watches end; the token files are renewed only when it is over. @returns {Fault} */
export function tokenExpiry() {
	return {
		what: 'token expired, watches closed',
		isDown: true,
		start(proxy) {
			proxy.expireTokens();
			endWatches(proxy, everything, 'clean');
		},
		stop(proxy) {
			for (const client of proxy.clients()) proxy.renewToken(client);
		},
	};
}

/** The token file holds a new one already when the old one expires. @returns {Fault} */
export function tokenRenewal() {
	return {
		what: 'token expired, its file renewed at once',
		isDown: false,
		start(proxy) {
			for (const client of proxy.clients()) proxy.renewToken(client);
			endWatches(proxy, everything, 'clean');
		},
	};
}

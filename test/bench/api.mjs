import {Agent, request} from 'node:https';
import {apiAccess} from './api-access.mjs';
import {within} from './within.mjs';

/**
 * Patches objects over connections that stay open, and says to the fraction of a millisecond when the API server answered: kubectl's own start
 * would be the longest part of what is measured.
 * @param {number} [maxSockets] how many patches may be on their way at a time
 */
export async function createPatcher(maxSockets = 1) {
	const {server, token, ...tls} = await apiAccess();
	const agent = new Agent({keepAlive: true, maxSockets, ...tls});

	/** @param {string} path @param {string} contentType @param {unknown} body @returns {Promise<number>} when it was answered */
	const patch = (path, contentType, body) =>
		new Promise((resolve, reject) => {
			const headers = {'content-type': contentType, ...(token !== undefined && {authorization: `Bearer ${token}`})};
			const sent = request(new URL(path, server), {method: 'PATCH', agent, headers}, response => {
				const answeredAt = performance.now();
				let text = '';
				response.setEncoding('utf8').on('data', part => (text += part));
				response.on('end', () =>
					response.statusCode === 200 ? resolve(answeredAt) : reject(new Error(`PATCH ${path} was answered ${response.statusCode}: ${text}`)),
				);
			});
			sent.on('error', reject);
			sent.end(JSON.stringify(body));
		});
	return {
		/** @type {typeof patch} */
		patch: (path, contentType, body) => within(20_000, `the answer to PATCH ${path}`, patch(path, contentType, body)),
		close: () => agent.destroy(),
	};
}

/** @typedef {Awaited<ReturnType<typeof createPatcher>>} Patcher */

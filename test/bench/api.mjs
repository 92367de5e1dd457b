import {readFileSync} from 'node:fs';
import {Agent, request} from 'node:https';
import {kubectl} from './kubectl.mjs';
import {within} from './within.mjs';

/**
 * Patches objects over one connection that stays open, and says to the fraction of a millisecond when the API server answered: kubectl's own
 * start would be the longest part of what is measured.
 */
export async function createPatcher() {
	const config = JSON.parse(await kubectl(['config', 'view', '--raw', '--minify', '--flatten', '-o', 'json']));
	const {server, 'certificate-authority-data': authority} = config.clusters[0].cluster;
	const {user} = config.users[0];
	const agent = new Agent({
		keepAlive: true,
		maxSockets: 1,
		ca: decoded(authority),
		cert: decoded(user['client-certificate-data']),
		key: decoded(user['client-key-data']),
	});
	const token = user.token ?? (user.tokenFile === undefined ? undefined : readFileSync(user.tokenFile, 'utf8').trim());

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

/** @param {string | undefined} base64 */
function decoded(base64) {
	return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}

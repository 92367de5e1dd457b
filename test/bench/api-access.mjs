import {readFileSync} from 'node:fs';
import {kubectl} from './kubectl.mjs';

/** How the kubeconfig of this run reaches the API server and signs in there. */
export async function apiAccess() {
	const config = JSON.parse(await kubectl(['config', 'view', '--raw', '--minify', '--flatten', '-o', 'json']));
	const {server, 'certificate-authority-data': authority} = config.clusters[0].cluster;
	const {user} = config.users[0];
	return {
		/** @type {string} */
		server,
		ca: decoded(authority),
		cert: decoded(user['client-certificate-data']),
		key: decoded(user['client-key-data']),
		/** @type {string | undefined} */
		token: user.token ?? (user.tokenFile === undefined ? undefined : readFileSync(user.tokenFile, 'utf8').trim()),
	};
}

/** @typedef {Awaited<ReturnType<typeof apiAccess>>} ApiAccess */

/** @param {string | undefined} base64 */
function decoded(base64) {
	return base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString();
}

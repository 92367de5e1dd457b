import {readFileSync} from 'node:fs';
import {Agent, request} from 'node:https';
import {kubectl} from '../../bench/kubectl.mjs';

/**
 * The API server of a kubeconfig, and who we are for it.
 * @typedef {{server: string, authorization: string | undefined, agent: Agent}} Access
 */

/** The cluster of KUBECONFIG, as its administrator. @param {string} [kubeconfig] @returns {Promise<Access>} */
export async function openAccess(kubeconfig) {
	const file = kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig];
	const config = JSON.parse(await kubectl(['config', 'view', '--raw', '--minify', '--flatten', '-o', 'json', ...file]));
	const {server, 'certificate-authority-data': authority} = config.clusters[0].cluster;
	const {user} = config.users[0];
	const token = user.token ?? (user.tokenFile === undefined ? undefined : readFileSync(user.tokenFile, 'utf8').trim());
	const agent = new Agent({
		keepAlive: true,
		ca: decoded(authority),
		cert: decoded(user['client-certificate-data']),
		key: decoded(user['client-key-data']),
	});
	return {server, authorization: token === undefined ? undefined : `Bearer ${token}`, agent};
}

/** @param {string | undefined} base64 */
function decoded(base64) {
	return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}

/**
 * One request to the API server; its status and its parsed answer.
 * @param {Access} access
 * @param {{method?: string, path: string, body?: unknown, contentType?: string}} what
 * @returns {Promise<{status: number, body: any}>}
 */
export function send({server, authorization, agent}, {method = 'GET', path, body, contentType = 'application/json'}) {
	return new Promise((resolve, reject) => {
		const headers = {accept: 'application/json', 'content-type': contentType, ...(authorization !== undefined && {authorization})};
		const sent = request(new URL(path, server), {method, agent, headers, timeout: 20_000}, response => {
			/** @type {Buffer[]} */
			const chunks = [];
			response.on('data', chunk => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () => resolve({status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(chunks).toString() || 'null')}));
		});
		sent.on('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer within 20 s`)));
		sent.on('error', reject);
		sent.end(body === undefined ? undefined : JSON.stringify(body));
	});
}

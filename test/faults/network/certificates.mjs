import {generate} from 'selfsigned';

/** @typedef {{key: string, cert: string}} Certificate PEM */

const dayMs = 86_400_000;
const options = {
	keyType: /** @type {const} */ ('ec'),
	algorithm: 'sha256',
	notBeforeDate: new Date(Date.now() - dayMs),
	notAfterDate: new Date(Date.now() + 30 * dayMs),
};

/** An authority that no one knows yet. @param {string} name @returns {Promise<Certificate>} */
export async function createAuthority(name) {
	const extensions = [
		{name: /** @type {const} */ ('basicConstraints'), cA: true, critical: true},
		{name: /** @type {const} */ ('keyUsage'), keyCertSign: true, cRLSign: true, critical: true},
	];
	const {private: key, cert} = await generate([{name: 'commonName', value: name}], {...options, extensions});
	return {key, cert};
}

/** A certificate for a server on loopback. @param {Certificate} authority @returns {Promise<Certificate>} */
export async function createServerCertificate(authority) {
	const extensions = [
		{
			name: /** @type {const} */ ('subjectAltName'),
			altNames: [
				{type: /** @type {const} */ (7), ip: '127.0.0.1'},
				{type: /** @type {const} */ (2), value: 'localhost'},
			],
		},
	];
	const {private: key, cert} = await generate([{name: 'commonName', value: 'kube-apiserver'}], {...options, extensions, ca: authority});
	return {key, cert};
}

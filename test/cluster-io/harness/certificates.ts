import {readFileSync} from 'node:fs';

const directory = new URL('../fixtures/', import.meta.url);

/** Text of a file of `fixtures`. */
export function pem(name: string): string {
	return readFileSync(new URL(`${name}.pem`, directory), 'utf8');
}

export function pemPath(name: string): string {
	return new URL(`${name}.pem`, directory).pathname;
}

export function base64(text: string): string {
	return Buffer.from(text).toString('base64');
}

/** TLS options of a server that has this certificate and asks clients for one of ours, without insisting, as kube-apiserver does. */
export function tlsServer(name = 'server') {
	return {cert: pem(name), key: pem(`${name}-key`), ca: pem('ca'), requestCert: true, rejectUnauthorized: false};
}

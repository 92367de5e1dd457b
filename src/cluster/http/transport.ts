import {Buffer} from 'node:buffer';
import {X509Certificate} from 'node:crypto';
import type {Dispatcher} from 'undici';
import type {ClientCertificate, Credentials, RequestHeaders} from '../config/credentials.ts';
import type {KubeCluster} from '../config/kubeconfig.ts';
import {ClusterError} from '../errors.ts';
import type {Send} from './client.ts';
import {certificateAuthority, createDispatcher} from './dispatcher.ts';
import {type Place, transportError} from './transport-error.ts';

type TransportOptions = {
	readonly cluster: KubeCluster;
	readonly credentials: Credentials;
	readonly proxy: string | undefined;
	readonly origin: string;
	readonly pathPrefix: string;
	readonly place: Place;
};

type Transport = {
	readonly send: Send;
	route(): Promise<{readonly dispatcher: Dispatcher; readonly headers: RequestHeaders}>;
	close(): Promise<void>;
};

function sameBytes(left: string | Buffer, right: string | Buffer): boolean {
	return Buffer.from(left).equals(Buffer.from(right));
}

function sameCertificate(left: ClientCertificate | undefined, right: ClientCertificate | undefined): boolean {
	if (left === undefined || right === undefined) return left === right;
	return left === right || (sameBytes(left.cert, right.cert) && sameBytes(left.key, right.key));
}

/** An API server answers 401 to an expired client certificate and does not say why. */
function expiryOf(certificate: ClientCertificate | undefined, now: number): string | undefined {
	if (certificate === undefined) return undefined;
	try {
		const {validTo} = new X509Certificate(certificate.cert);
		return Date.parse(validTo) < now ? validTo : undefined;
	} catch {
		return undefined;
	}
}

/** Sends with the credentials of the moment: connections are made anew when the client certificate changes, and a 401 is tried again once with renewed ones. */
export function createTransport({cluster, credentials, proxy, origin, pathPrefix, place}: TransportOptions): Transport {
	let current: {readonly dispatcher: Dispatcher; readonly certificate: ClientCertificate | undefined} | undefined;
	let authority: Promise<Buffer | undefined> | undefined;

	function dispatcherFor(ca: Buffer | undefined, certificate: ClientCertificate | undefined): Dispatcher {
		if (current !== undefined && sameCertificate(current.certificate, certificate)) return current.dispatcher;
		// Streams on the old certificate may end in their own time.
		current?.dispatcher.close().catch(() => undefined);
		try {
			current = {dispatcher: createDispatcher(cluster, ca, certificate, proxy), certificate};
		} catch (error) {
			throw transportError(error, place);
		}
		return current.dispatcher;
	}
	async function route() {
		authority ??= certificateAuthority(cluster);
		const [headers, certificate, ca] = await Promise.all([credentials.headers(), credentials.certificate(), authority]);
		return {dispatcher: dispatcherFor(ca, certificate), headers};
	}
	const send: Send = async (options, signal) => {
		const attempt = async () => {
			const {dispatcher, headers} = await route();
			return dispatcher.request({
				...options,
				origin,
				path: `${pathPrefix}${options.path}`,
				headers: {...headers, ...options.headers, 'user-agent': 'rollwatch'},
				signal,
			});
		};
		const response = await attempt();
		if (response.statusCode !== 401) return response;
		if (credentials.renew()) {
			await response.body.dump();
			const again = await attempt();
			if (again.statusCode !== 401) return again;
			await again.body.dump();
		} else {
			await response.body.dump();
		}
		throw refused(expiryOf(current?.certificate, Date.now()), place);
	};
	return {
		send,
		route,
		async close() {
			await current?.dispatcher.destroy();
		},
	};
}

function refused(expired: string | undefined, {context, server}: Place): ClusterError {
	const why = expired === undefined ? '' : `: the client certificate expired on ${expired}`;
	return new ClusterError(`the API server ${server} does not accept the credentials of context "${context}"${why}`, {
		kind: 'unauthorized',
		status: 401,
		hint: expired === undefined ? 'log in again, or choose another --context' : 'renew the client certificate of the kubeconfig’s user',
	});
}

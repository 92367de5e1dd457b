import {Buffer} from 'node:buffer';
import {X509Certificate} from 'node:crypto';
import type {Dispatcher} from 'undici';
import type {ClientCertificate, Credentials, RequestHeaders} from '../config/credentials.ts';
import type {KubeCluster} from '../config/kubeconfig.ts';
import {ClusterError} from '../errors.ts';
import {createNodeSender} from './node-sender.ts';
import type {RawRequest, RawResponse, Send, Sender} from './sender.ts';
import {certificateAuthority, type TlsOptions, tlsOptions} from './tls-options.ts';
import {type Place, transportError} from './transport-error.ts';

type TransportOptions = {
	readonly cluster: KubeCluster;
	readonly credentials: Credentials;
	readonly proxy: string | undefined;
	readonly origin: string;
	readonly pathPrefix: string;
	readonly place: Place;
};

export type Route = {readonly dispatcher: Dispatcher; readonly headers: RequestHeaders};

type Transport = {readonly send: Send; route(): Promise<Route>; close(): Promise<void>};

/** What is in use for one client certificate. */
type Outlet = {
	readonly certificate: ClientCertificate | undefined;
	readonly tls: TlsOptions;
	sender: Promise<Sender> | undefined;
	dispatcher: Promise<Dispatcher> | undefined;
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

function refused(certificate: ClientCertificate | undefined, {context, server}: Place): ClusterError {
	const expired = expiryOf(certificate, Date.now());
	const why = expired === undefined ? '' : `: the client certificate expired on ${expired}`;
	return new ClusterError(`the API server ${server} does not accept the credentials of context "${context}"${why}`, {
		kind: 'unauthorized',
		status: 401,
		hint: expired === undefined ? 'log in again, or choose another --context' : 'renew the client certificate of the kubeconfig’s user',
	});
}

/** Sends with the credentials of the moment: new connections when the client certificate changes, and a 401 is tried again once with renewed credentials. */
export function createTransport({cluster, credentials, proxy, origin, pathPrefix, place}: TransportOptions): Transport {
	let current: Outlet | undefined;
	let authority: Promise<Buffer | undefined> | undefined;
	const opened: Promise<{close(): Promise<void>}>[] = [];

	async function outlet(): Promise<Outlet> {
		authority ??= certificateAuthority(cluster);
		const [certificate, ca] = await Promise.all([credentials.certificate(), authority]);
		if (current === undefined || !sameCertificate(current.certificate, certificate)) {
			// What runs on the old certificate may end in its own time.
			current = {certificate, tls: secured(ca, certificate), sender: undefined, dispatcher: undefined};
		}
		return current;
	}
	function secured(ca: Buffer | undefined, certificate: ClientCertificate | undefined): TlsOptions {
		try {
			return tlsOptions(cluster, ca, certificate);
		} catch (error) {
			throw transportError(error, place);
		}
	}
	/** Loaded when first needed: nobody without proxy and sampler pays for undici. */
	function dispatcherOf(out: Outlet): Promise<Dispatcher> {
		if (out.dispatcher !== undefined) return out.dispatcher;
		out.dispatcher = import('./dispatcher.ts').then(({createDispatcher}) => createDispatcher(out.tls, proxy));
		opened.push(out.dispatcher.then(dispatcher => ({close: () => dispatcher.destroy()})));
		return out.dispatcher;
	}
	function senderOf(out: Outlet): Promise<Sender> {
		if (out.sender !== undefined) return out.sender;
		out.sender = proxy === undefined ? Promise.resolve(createNodeSender(origin, out.tls)) : proxied(out);
		opened.push(out.sender);
		return out.sender;
	}
	async function proxied(out: Outlet): Promise<Sender> {
		const {createDispatcherSender} = await import('./dispatcher.ts');
		return createDispatcherSender(origin, await dispatcherOf(out));
	}
	async function attempt(request: RawRequest, signal: AbortSignal): Promise<RawResponse> {
		const [out, headers] = await Promise.all([outlet(), credentials.headers()]);
		const {send} = await senderOf(out);
		return send({...request, path: `${pathPrefix}${request.path}`, headers: {...headers, ...request.headers, 'user-agent': 'rollwatch'}}, signal);
	}
	return {
		async send(request, signal) {
			const first = await attempt(request, signal);
			if (first.statusCode !== 401) return first;
			first.body.destroy();
			const second = credentials.renew() ? await attempt(request, signal) : first;
			if (second.statusCode !== 401) return second;
			second.body.destroy();
			throw refused(current?.certificate, place);
		},
		async route() {
			const [out, headers] = await Promise.all([outlet(), credentials.headers()]);
			return {dispatcher: await dispatcherOf(out), headers};
		},
		async close() {
			const all = await Promise.allSettled(opened);
			await Promise.all(all.map(result => (result.status === 'fulfilled' ? result.value.close() : undefined)));
		},
	};
}

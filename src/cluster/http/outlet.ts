import {Buffer} from 'node:buffer';
import type {Dispatcher} from 'undici';
import type {ClientCertificate, Credentials} from '../config/credentials.ts';
import type {KubeCluster} from '../config/kubeconfig.ts';
import {createNodeSender} from './node-sender.ts';
import type {Sender} from './sender.ts';
import {certificateAuthority, type TlsOptions, tlsOptions} from './tls-options.ts';
import {type Place, transportError} from './transport-error.ts';

/** What is in use for one client certificate and one authority. */
export type Outlet = {
	readonly certificate: ClientCertificate | undefined;
	readonly authority: Buffer | undefined;
	readonly tls: TlsOptions;
	sender: Promise<Sender> | undefined;
	dispatcher: Promise<Dispatcher> | undefined;
};

export type OutletOptions = {
	readonly cluster: KubeCluster;
	readonly credentials: Credentials;
	readonly proxy: string | undefined;
	readonly origin: string;
	readonly place: Place;
};

export type Outlets = {
	/** The one for the certificates of now. Throws ClusterError. */
	current(): Promise<Outlet>;
	/** Reads the authority again for the next request: the server has a certificate that this one did not sign. */
	doubtAuthority(): void;
	senderOf(outlet: Outlet): Promise<Sender>;
	/** Loaded when first needed: nobody without proxy and sampler pays for undici. */
	dispatcherOf(outlet: Outlet): Promise<Dispatcher>;
	close(): Promise<void>;
};

function sameBytes(left: string | Buffer, right: string | Buffer): boolean {
	return Buffer.from(left).equals(Buffer.from(right));
}

function sameCertificate(left: ClientCertificate | undefined, right: ClientCertificate | undefined): boolean {
	if (left === undefined || right === undefined) return left === right;
	return left === right || (sameBytes(left.cert, right.cert) && sameBytes(left.key, right.key));
}

function sameAuthority(left: Buffer | undefined, right: Buffer | undefined): boolean {
	return left === undefined || right === undefined ? left === right : left.equals(right);
}

/** Connections to one server, new ones when the client certificate or the authority changes. */
export function createOutlets({cluster, credentials, proxy, origin, place}: OutletOptions): Outlets {
	let current: Outlet | undefined;
	let authority: Promise<Buffer | undefined> | undefined;
	const opened: Promise<{close(): Promise<void>}>[] = [];

	function secured(ca: Buffer | undefined, certificate: ClientCertificate | undefined): TlsOptions {
		try {
			return tlsOptions(cluster, ca, certificate);
		} catch (error) {
			throw transportError(error, place);
		}
	}
	function dispatcherOf(out: Outlet): Promise<Dispatcher> {
		if (out.dispatcher !== undefined) return out.dispatcher;
		out.dispatcher = import('./dispatcher.ts').then(({createDispatcher}) => createDispatcher(out.tls, proxy));
		opened.push(out.dispatcher.then(dispatcher => ({close: () => dispatcher.destroy()})));
		return out.dispatcher;
	}
	async function proxied(out: Outlet): Promise<Sender> {
		const {createDispatcherSender} = await import('./dispatcher.ts');
		return createDispatcherSender(origin, await dispatcherOf(out));
	}
	return {
		async current() {
			// A file that can't be read is looked for again next time.
			authority ??= certificateAuthority(cluster).catch(error => {
				authority = undefined;
				throw error;
			});
			const [certificate, ca] = await Promise.all([credentials.certificate(), authority]);
			if (current === undefined || !sameCertificate(current.certificate, certificate) || !sameAuthority(current.authority, ca)) {
				// What runs on the old ones may end in its own time.
				current = {certificate, authority: ca, tls: secured(ca, certificate), sender: undefined, dispatcher: undefined};
			}
			return current;
		},
		doubtAuthority() {
			authority = undefined;
		},
		senderOf(out) {
			if (out.sender !== undefined) return out.sender;
			out.sender = proxy === undefined ? Promise.resolve(createNodeSender(origin, out.tls)) : proxied(out);
			opened.push(out.sender);
			return out.sender;
		},
		dispatcherOf,
		async close() {
			const all = await Promise.allSettled(opened);
			await Promise.all(all.map(result => (result.status === 'fulfilled' ? result.value.close() : undefined)));
		},
	};
}

import {X509Certificate} from 'node:crypto';
import type {Dispatcher} from 'undici';
import type {ClientCertificate, RequestHeaders} from '../config/credentials.ts';
import {ClusterError} from '../errors.ts';
import {type CredentialHiding, createCredentialHiding} from './hide-credentials.ts';
import {createOutlets, type Outlet, type OutletOptions} from './outlet.ts';
import type {RawRequest, RawResponse, Send} from './sender.ts';
import {type Place, transportError} from './transport-error.ts';

type TransportOptions = OutletOptions & {readonly pathPrefix: string};

export type Route = {readonly dispatcher: Dispatcher; readonly headers: RequestHeaders};

type Transport = {readonly send: Send; readonly hide: CredentialHiding['hide']; route(): Promise<Route>; close(): Promise<void>};

/** With what a request is sent. */
type Access = {readonly out: Outlet; readonly headers: RequestHeaders};

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

/**
 * Sends with the credentials of the moment; a 401 is tried again once, where the credentials are others by now or can be renewed.
 */
export function createTransport(options: TransportOptions): Transport {
	const {credentials, pathPrefix, place} = options;
	const outlets = createOutlets(options);
	const hiding = createCredentialHiding();
	let last: Access | undefined;

	async function access(): Promise<Access> {
		const [out, headers] = await Promise.all([outlets.current(), credentials.headers()]);
		last = {out, headers};
		hiding.note(headers.authorization);
		return last;
	}
	async function attempt({out, headers}: Access, request: RawRequest, signal: AbortSignal): Promise<RawResponse> {
		const {send} = await outlets.senderOf(out);
		try {
			return await send({...request, path: `${pathPrefix}${request.path}`, headers: {...headers, ...request.headers, 'user-agent': 'rollwatch'}}, signal);
		} catch (error) {
			const {kind} = transportError(error, place);
			// Either file may have been renewed: the next request reads it again.
			if (kind === 'tls') outlets.doubtAuthority();
			if (kind === 'unauthorized') credentials.renew();
			throw error;
		}
	}
	/** What to try where this was refused: somebody else may have renewed it meanwhile. undefined: it would be the same again. */
	async function otherThan(refusedAccess: Access): Promise<Access | undefined> {
		const isOther = ({out, headers}: Access) => out !== refusedAccess.out || headers.authorization !== refusedAccess.headers.authorization;
		const now = await access();
		if (isOther(now)) return now;
		credentials.renew();
		const renewed = await access();
		return isOther(renewed) ? renewed : undefined;
	}
	return {
		hide: hiding.hide,
		async send(request, signal) {
			if (request.credentials === 'last' && last !== undefined) return attempt(last, request, signal);
			const used = await access();
			const first = await attempt(used, request, signal);
			if (first.statusCode !== 401) return first;
			first.body.destroy();
			const other = await otherThan(used);
			if (other === undefined) throw refused(used.out.certificate, place);
			const second = await attempt(other, request, signal);
			if (second.statusCode !== 401) return second;
			second.body.destroy();
			throw refused(other.out.certificate, place);
		},
		async route() {
			const {out, headers} = await access();
			return {dispatcher: await outlets.dispatcherOf(out), headers};
		},
		close: outlets.close,
	};
}

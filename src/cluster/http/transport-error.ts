import {ClusterError, type ClusterErrorKind, messageOf} from '../errors.ts';

/** Whom we speak to, for the sentences of errors. */
export type Place = {readonly context: string; readonly server: string};

type Trouble = {readonly kind: ClusterErrorKind; readonly what: string; readonly hint: string};

const isItUp = 'is the cluster running, and is the network (VPN?) up?';
const checkAuthority = 'is `certificate-authority` of the kubeconfig that of this cluster?';
const checkClientCertificate = 'renew the client certificate of the kubeconfig’s user';

const troubles: Readonly<Record<string, Trouble>> = {
	ECONNREFUSED: {kind: 'unreachable', what: 'the connection was refused', hint: isItUp},
	ECONNRESET: {kind: 'unreachable', what: 'the connection was broken off', hint: isItUp},
	EPIPE: {kind: 'unreachable', what: 'the connection was broken off', hint: isItUp},
	UND_ERR_SOCKET: {kind: 'unreachable', what: 'the connection was broken off', hint: isItUp},
	ENOTFOUND: {kind: 'unreachable', what: 'its host name is unknown', hint: 'mend `server:` in the kubeconfig, or is the VPN up?'},
	EAI_AGAIN: {kind: 'unreachable', what: 'its host name cannot be resolved now', hint: 'does DNS work? is the VPN up?'},
	EHOSTUNREACH: {kind: 'unreachable', what: 'there is no route to the host', hint: isItUp},
	ENETUNREACH: {kind: 'unreachable', what: 'there is no route to its network', hint: isItUp},
	EADDRNOTAVAIL: {kind: 'unreachable', what: 'its address cannot be used from here', hint: 'mend `server:` in the kubeconfig'},
	ETIMEDOUT: {kind: 'timeout', what: 'it did not take the connection in time', hint: isItUp},
	UND_ERR_CONNECT_TIMEOUT: {kind: 'timeout', what: 'it did not take the connection in time', hint: isItUp},
	UND_ERR_HEADERS_TIMEOUT: {kind: 'timeout', what: 'it did not answer in time', hint: isItUp},
	UND_ERR_BODY_TIMEOUT: {kind: 'timeout', what: 'its answer stopped', hint: isItUp},
	CERT_HAS_EXPIRED: {kind: 'tls', what: 'its certificate has expired', hint: 'the cluster’s certificates must be renewed; is this machine’s clock right?'},
	CERT_NOT_YET_VALID: {kind: 'tls', what: 'its certificate is not valid yet', hint: 'is this machine’s clock right?'},
	ERR_TLS_CERT_ALTNAME_INVALID: {
		kind: 'tls',
		what: 'its certificate is for another name',
		hint: 'set `tls-server-name` in the kubeconfig, or use a name of the certificate in `server:`',
	},
	DEPTH_ZERO_SELF_SIGNED_CERT: {kind: 'tls', what: 'its certificate is signed by itself', hint: checkAuthority},
	SELF_SIGNED_CERT_IN_CHAIN: {kind: 'tls', what: 'its certificate is from an unknown authority', hint: checkAuthority},
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: {kind: 'tls', what: 'its certificate is from an unknown authority', hint: checkAuthority},
	UNABLE_TO_GET_ISSUER_CERT: {kind: 'tls', what: 'its certificate is from an unknown authority', hint: checkAuthority},
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {kind: 'tls', what: 'its certificate is from an unknown authority', hint: checkAuthority},
	CERT_SIGNATURE_FAILURE: {kind: 'tls', what: 'its certificate is not signed by the kubeconfig’s authority', hint: checkAuthority},
	ERR_SSL_WRONG_VERSION_NUMBER: {kind: 'tls', what: 'it does not speak TLS', hint: 'is it http:// in place of https:// in the kubeconfig?'},
	ERR_SSL_PACKET_LENGTH_TOO_LONG: {kind: 'tls', what: 'it does not speak TLS', hint: 'is it http:// in place of https:// in the kubeconfig?'},
	ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: {kind: 'unauthorized', what: 'it refused our client certificate as expired', hint: checkClientCertificate},
	ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: {kind: 'unauthorized', what: 'it refused our client certificate: unknown authority', hint: checkClientCertificate},
	ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: {kind: 'unauthorized', what: 'it refused our client certificate', hint: checkClientCertificate},
	ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: {kind: 'unauthorized', what: 'it wants a client certificate', hint: checkClientCertificate},
};

/** A failed handshake can hide behind EPROTO, with OpenSSL's reason in the message only: `…:SSL routines:f:wrong version number:…`. */
function handshakeCode(message: string): string {
	const reason = /SSL routines:[^:]*:([^:]+):/.exec(message)?.[1];
	return reason === undefined ? 'EPROTO' : `ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}`;
}

function ownCode(error: Error): string {
	// undici's parser errors are known by their name only.
	if (error.name === 'HTTPParserError') return 'HPE_INVALID';
	if (!('code' in error) || typeof error.code !== 'string') return '';
	return error.code === 'EPROTO' ? handshakeCode(error.message) : error.code;
}

/** The code that says most: of the error itself, of what caused it, of the first of several attempts (IPv6, IPv4). */
function codeOf(error: unknown): string {
	if (!(error instanceof Error)) return '';
	const own = ownCode(error);
	if (own in troubles) return own;
	const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
	return (inner === undefined ? '' : codeOf(inner)) || own;
}

function troubleOf(code: string, error: unknown): Trouble {
	const known = troubles[code];
	if (known !== undefined) return known;
	if (code.startsWith('HPE_'))
		return {kind: 'garbage', what: 'it does not answer in HTTP', hint: 'is it https:// in place of http:// in the kubeconfig, and is the port right?'};
	if (code.startsWith('Z_')) return {kind: 'garbage', what: 'its compressed answer is broken', hint: 'what stands between us and the API server?'};
	if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code.includes('CERT'))
		return {kind: 'tls', what: `TLS failed (${code})`, hint: checkAuthority};
	if (code.startsWith('ERR_OSSL')) return {kind: 'config', what: `a certificate or key of the kubeconfig is unusable (${code})`, hint: 'mend or renew it'};
	return {kind: 'unreachable', what: messageOf(error).slice(0, 200) || 'the connection failed', hint: isItUp};
}

/** What a failed connection means, in one sentence. */
export function transportError(error: unknown, {context, server}: Place): ClusterError {
	if (error instanceof ClusterError) return error;
	const code = codeOf(error);
	const {kind, what, hint} = troubleOf(code, error);
	return new ClusterError(`cannot reach the API server ${server} of context "${context}": ${what}`, {kind, hint, code, cause: error});
}

import {pipeline} from 'node:stream';
import {constants, createBrotliDecompress, createGunzip, createInflate} from 'node:zlib';
import {ClusterError} from '../errors.ts';
import type {RawResponse} from './sender.ts';

// What has come is given on at once, and where it stops in the middle so much of it as there is: a watch is no file.
const flushing = {flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH};

const decoders = {
	gzip: () => createGunzip(flushing),
	'x-gzip': () => createGunzip(flushing),
	deflate: () => createInflate(flushing),
	br: () => createBrotliDecompress({flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH}),
};

function isKnown(encoding: string): encoding is keyof typeof decoders {
	return Object.hasOwn(decoders, encoding);
}

/** The answer as it was before it was compressed, by the server or by something on the way. Throws ClusterError `garbage` where nobody knows how. */
export function decoded(response: RawResponse): RawResponse {
	const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
	if (encoding === 'identity' || encoding === '') return response;
	if (!isKnown(encoding)) {
		response.body.destroy();
		throw new ClusterError('the server answered in an encoding that nobody asked for', {kind: 'garbage', hint: 'what stands between us and the API server?'});
	}
	// The end of the one is that of the other, in both directions; what went wrong is told to whoever reads.
	const body = pipeline(response.body, decoders[encoding](), () => undefined);
	return {...response, body};
}

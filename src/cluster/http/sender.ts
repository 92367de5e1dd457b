import type {IncomingHttpHeaders} from 'node:http';
import type {Readable} from 'node:stream';
import type {RequestHeaders} from '../config/credentials.ts';

export type RawRequest = {
	readonly method: string;
	/** From the server's root, with its query. */
	readonly path: string;
	readonly headers: RequestHeaders;
	readonly body: string | undefined;
	/** `last`: with the credentials of the request before, and no others if they are refused. */
	readonly credentials?: 'last' | undefined;
};

/** Any answer of the server, its body unread: whoever gets it reads it to its end or destroys it. */
export type RawResponse = {readonly statusCode: number; readonly headers: IncomingHttpHeaders; readonly body: Readable};

/** Sends one request; rejects with whatever the network says, or when the signal aborts. */
export type Send = (request: RawRequest, signal: AbortSignal) => Promise<RawResponse>;

/** Connections to one server, kept open between requests. `close` ends all of them, running streams included. */
export type Sender = {readonly send: Send; close(): Promise<void>};

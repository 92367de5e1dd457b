import type {Dispatcher} from 'undici';
import type {Answer} from '../domain/sample.ts';
import {decodeBody} from './decode-body.ts';

/** One request as it goes out. */
export type Request = {
	readonly origin: string;
	readonly path: string;
	readonly method: 'GET' | 'HEAD';
	readonly headers: Readonly<Record<string, string>>;
	/** Close the connection after the answer. */
	readonly closes: boolean;
	/** Told of the cookies that the answer sets, as they stand. */
	readonly onCookies?: ((setCookies: readonly string[]) => void) | undefined;
};

/** How long and how much of an answer is waited for. */
export type Limits = {readonly timeoutMs: number; readonly bodyBytes: number};

/** The request took longer than it may. */
class TimeoutError extends Error {
	readonly code = 'ETIMEDOUT';
}

class EnoughError extends Error {}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

function plainHeaders(headers: Headers): Readonly<Record<string, string>> {
	const entries = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]));
	return Object.fromEntries(entries);
}

// What comes as events comes for ever: the first one is the answer.
const eventStream = /^text\/event-stream\b/i;

/** Collects an answer; `abort` is the controller's as soon as the request has a connection. */
class Collector implements Dispatcher.DispatchHandler {
	readonly #limit: number;
	readonly #onCookies: Request['onCookies'];
	readonly #settle: (outcome: Answer | Error) => void;
	#controller: Dispatcher.DispatchController | undefined;
	#aborted: Error | undefined;
	#status = 0;
	#headers: Headers = {};
	#chunks: Buffer[] = [];
	#bytes = 0;
	readonly #startedMs = performance.now();
	#firstByteMs: number | undefined;
	#lastByteMs = 0;

	constructor(limit: number, onCookies: Request['onCookies'], settle: (outcome: Answer | Error) => void) {
		this.#limit = limit;
		this.#onCookies = onCookies;
		this.#settle = settle;
	}

	/** Settles at once: as long as there is no connection, undici answers no abort. */
	abort(reason: Error): void {
		this.#aborted = reason;
		this.#controller?.abort(reason);
		this.#settle(reason);
	}

	/**
	 * The time is up. A stream that still flows is an answer all the same, it only has no end; so is a bad status, whatever becomes of its body. A
	 * body of which more was promised, or that has stopped coming for half of the time, hangs.
	 */
	timeOut(timeoutMs: number): void {
		const flows = this.#firstByteMs !== undefined && this.#headers['content-length'] === undefined && this.#lastByteMs > timeoutMs / 2;
		if (flows || this.#status >= 400) this.#cut(this.#controller);
		else this.abort(new TimeoutError(`no complete answer within ${timeoutMs} ms`));
	}

	onRequestStart(controller: Dispatcher.DispatchController): void {
		this.#controller = controller;
		if (this.#aborted !== undefined) controller.abort(this.#aborted);
	}

	onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
		this.#status = status;
		this.#headers = headers;
		const cookies = headers['set-cookie'];
		if (cookies !== undefined) this.#onCookies?.(typeof cookies === 'string' ? [cookies] : cookies);
	}

	onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
		const free = this.#limit - this.#bytes;
		this.#chunks.push(chunk.length > free ? chunk.subarray(0, free) : chunk);
		this.#bytes += chunk.length;
		this.#lastByteMs = performance.now() - this.#startedMs;
		this.#firstByteMs ??= this.#lastByteMs;
		if (this.#bytes > this.#limit || eventStream.test(String(this.#headers['content-type']))) this.#cut(controller);
	}

	#cut(controller: Dispatcher.DispatchController | undefined): void {
		controller?.abort(new EnoughError());
	}

	onResponseEnd(): void {
		this.#settle(this.#answer(false));
	}

	onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
		this.#settle(error instanceof EnoughError ? this.#answer(true) : error);
	}

	#answer(truncated: boolean): Answer {
		const headers = plainHeaders(this.#headers);
		const decoded = decodeBody(Buffer.concat(this.#chunks), headers, this.#limit, truncated);
		const answer: Answer = {status: this.#status, headers, ...decoded};
		return truncated && this.#firstByteMs !== undefined ? {...answer, firstByteMs: this.#firstByteMs} : answer;
	}
}

/**
 * Sends a request and reads its answer, of the body no more than the limit, and of a stream no more than comes in time: then the connection is dropped.
 * Throws what broke it: a `TimeoutError` when all of it took too long, `stopped` when the signal was aborted, or the system's or parser's error.
 */
export function exchange(dispatcher: Dispatcher, request: Request, limits: Limits, signal: AbortSignal): Promise<Answer> {
	if (signal.aborted) return Promise.reject(new Error('stopped'));
	return new Promise((resolve, reject) => {
		const collector = new Collector(limits.bodyBytes, request.onCookies, outcome => {
			clearTimeout(timer);
			signal.removeEventListener('abort', stop);
			if (outcome instanceof Error) reject(outcome);
			else resolve(outcome);
		});
		const stop = () => collector.abort(new Error('stopped'));
		const timer = setTimeout(() => collector.timeOut(limits.timeoutMs), limits.timeoutMs);
		signal.addEventListener('abort', stop, {once: true});
		const {origin, path, method, headers, closes} = request;
		dispatcher.dispatch({origin, path, method, headers: {...headers}, reset: closes, headersTimeout: 0, bodyTimeout: 0}, collector);
	});
}

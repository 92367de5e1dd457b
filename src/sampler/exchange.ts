import type {Dispatcher} from 'undici';
import type {Answer} from '../domain/sample.ts';

/** One request as it goes out. */
export type Request = {
	readonly origin: string;
	readonly path: string;
	readonly method: 'GET' | 'HEAD';
	readonly headers: Readonly<Record<string, string>>;
	/** Close the connection after the answer. */
	readonly closes: boolean;
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

/** Collects an answer; `abort` is the controller's as soon as the request has a connection. */
class Collector implements Dispatcher.DispatchHandler {
	readonly #limit: number;
	readonly #settle: (outcome: Answer | Error) => void;
	#controller: Dispatcher.DispatchController | undefined;
	#aborted: Error | undefined;
	#status = 0;
	#headers: Headers = {};
	#chunks: Buffer[] = [];
	#bytes = 0;

	constructor(limit: number, settle: (outcome: Answer | Error) => void) {
		this.#limit = limit;
		this.#settle = settle;
	}

	/** Settles at once: as long as there is no connection, undici answers no abort. */
	abort(reason: Error): void {
		this.#aborted = reason;
		this.#controller?.abort(reason);
		this.#settle(reason);
	}

	onRequestStart(controller: Dispatcher.DispatchController): void {
		this.#controller = controller;
		if (this.#aborted !== undefined) controller.abort(this.#aborted);
	}

	onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
		this.#status = status;
		this.#headers = headers;
	}

	onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
		const free = this.#limit - this.#bytes;
		this.#chunks.push(chunk.length > free ? chunk.subarray(0, free) : chunk);
		this.#bytes += chunk.length;
		if (this.#bytes > this.#limit) controller.abort(new EnoughError());
	}

	onResponseEnd(): void {
		this.#settle(this.#answer(false));
	}

	onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
		this.#settle(error instanceof EnoughError ? this.#answer(true) : error);
	}

	#answer(truncated: boolean): Answer {
		return {status: this.#status, headers: plainHeaders(this.#headers), body: Buffer.concat(this.#chunks).toString('utf8'), truncated};
	}
}

/**
 * Sends a request and reads its answer, of the body no more than the limit: then the connection is dropped. Throws what broke it: a `TimeoutError`
 * when all of it took too long, `stopped` when the signal was aborted, or the system's or parser's error.
 */
export function exchange(dispatcher: Dispatcher, request: Request, limits: Limits, signal: AbortSignal): Promise<Answer> {
	if (signal.aborted) return Promise.reject(new Error('stopped'));
	return new Promise((resolve, reject) => {
		const collector = new Collector(limits.bodyBytes, outcome => {
			clearTimeout(timer);
			signal.removeEventListener('abort', stop);
			if (outcome instanceof Error) reject(outcome);
			else resolve(outcome);
		});
		const stop = () => collector.abort(new Error('stopped'));
		const timer = setTimeout(() => collector.abort(new TimeoutError(`no complete answer within ${limits.timeoutMs} ms`)), limits.timeoutMs);
		signal.addEventListener('abort', stop, {once: true});
		const {origin, path, method, headers, closes} = request;
		dispatcher.dispatch({origin, path, method, headers: {...headers}, reset: closes, headersTimeout: 0, bodyTimeout: 0}, collector);
	});
}

import type {ServerResponse} from 'node:http';

/** A watcher that has so many events waiting is ended: it would hold old states of everything in memory. */
const maxWaiting = 16_384;
/** So much is handed to the socket at once (characters). */
const batchSize = 256 * 1_024;

/** Events on their way to one watcher, as fast as it takes them. What waits is made into text only when it is sent. */
export class EventStream {
	readonly #response: ServerResponse;
	#waiting: (() => string | undefined)[] = [];
	#sent = 0;
	#scheduled = false;
	#isEnding = false;
	#mayWait = maxWaiting;

	constructor(response: ServerResponse) {
		this.#response = response;
		response.writeHead(200, {'content-type': 'application/json', 'cache-control': 'no-cache, private'});
		response.flushHeaders();
		response.on('drain', () => this.#send());
	}

	/** Adds an event; a text that comes out undefined is left out. */
	add(text: () => string | undefined): void {
		if (this.#isEnding) return;
		if (this.#waiting.length - this.#sent >= this.#mayWait) {
			this.#response.destroy();
			return;
		}
		this.#waiting.push(text);
		this.#schedule();
	}

	/** Adds many at once, that do not count as late: the state at the start. */
	addAll(texts: readonly (() => string | undefined)[]): void {
		this.#waiting = this.#waiting.concat(texts);
		this.#mayWait += texts.length;
		this.#schedule();
	}

	/** Ends the answer when everything is sent. */
	end(): void {
		this.#isEnding = true;
		this.#schedule();
	}

	/** One write for all that comes in one turn of the event loop. */
	#schedule(): void {
		if (this.#scheduled) return;
		this.#scheduled = true;
		setImmediate(() => {
			this.#scheduled = false;
			this.#send();
		});
	}

	#send(): void {
		while (!this.#response.destroyed && !this.#response.writableNeedDrain && this.#sent < this.#waiting.length) this.#response.write(this.#batch());
		if (this.#sent >= this.#waiting.length) {
			this.#waiting = [];
			this.#sent = 0;
			if (this.#isEnding) this.#response.end();
		}
	}

	#batch(): string {
		let text = '';
		while (text.length < batchSize && this.#sent < this.#waiting.length) text += this.#waiting[this.#sent++]?.() ?? '';
		return text;
	}
}

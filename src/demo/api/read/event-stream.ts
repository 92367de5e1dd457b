import type {ServerResponse} from 'node:http';

/** A watcher that has so many events (or characters of them) waiting is ended: it would hold old states of everything in memory. */
const maxWaiting = 16_384;
const maxWaitingSize = 32 * 1_024 * 1_024;
/** So much is handed to the socket at once (characters). */
const batchSize = 256 * 1_024;

interface Waiting {
	readonly text: () => string;
	readonly size: number;
}

/** Events on their way to one watcher, as fast as it takes them. What waits is made into text only when it is sent. */
export class EventStream {
	readonly #response: ServerResponse;
	#waiting: Waiting[] = [];
	/** Characters, as far as they count. */
	#size = 0;
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

	/** Adds an event of about so many characters. */
	add(text: () => string, size = 0): void {
		if (this.#isEnding) return;
		this.#size += size;
		if (this.#waiting.length - this.#sent >= this.#mayWait || this.#size > maxWaitingSize) {
			this.#response.destroy();
			return;
		}
		this.#waiting.push({text, size});
		this.#schedule();
	}

	/** Adds many at once, that do not count as late: the state at the start. */
	addAll(texts: readonly (() => string)[]): void {
		this.#waiting = this.#waiting.concat(texts.map(text => ({text, size: 0})));
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
		for (let next = this.#waiting[this.#sent]; next !== undefined && text.length < batchSize; next = this.#waiting[++this.#sent]) {
			text += next.text();
			this.#size -= next.size;
		}
		return text;
	}
}

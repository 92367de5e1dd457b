import type {Change} from './version.ts';

/** So many characters of JSON may be kept, too: objects can be large. */
const largestSize = 32 * 1_024 * 1_024;
/** So many of the newest changes are news, which every watch is about to tell. */
const news = 64;

/** The newest changes of one resource, so many and no more: what a watch can start from. */
export class ChangeWindow {
	readonly #capacity: number;
	#changes: Change[] = [];
	#size = 0;
	/** The last revision that fell out; a watch may start here, but not before. */
	#floor = 0;

	constructor(capacity: number) {
		this.#capacity = capacity;
	}

	get floor(): number {
		return this.#floor;
	}

	add(change: Change): void {
		this.#changes.push(change);
		this.#size += change.current.size;
		this.#changes.at(-1 - news)?.current.forgetJson();
		// A quarter at a time: moving the whole list for every change would cost more than it saves.
		if (this.#changes.length <= this.#capacity * 1.25 && this.#size <= largestSize) return;
		const dropped = this.#changes.splice(0, Math.max(this.#changes.length - this.#capacity, Math.ceil(this.#changes.length / 4)));
		for (const {current} of dropped) this.#size -= current.size;
		this.#floor = dropped.at(-1)?.revision ?? this.#floor;
	}

	/** What came after a revision, oldest first. Only right for revisions not below the floor. */
	after(revision: number): readonly Change[] {
		let low = 0;
		let high = this.#changes.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.#changes[middle]?.revision ?? 0) <= revision) low = middle + 1;
			else high = middle;
		}
		return this.#changes.slice(low);
	}
}

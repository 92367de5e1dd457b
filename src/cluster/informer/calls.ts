import {ClusterError} from '../errors.ts';

/** `code` of the end of a request that only has to prove that its connection is no dead one. */
export const provingCode = 'PROVE';

/** What an open stream may have been silent for without being suspected, when others had trouble. */
const trustedMs = 3_000;
/** News so much later than a proof are no late ones that the proof brought. */
const laterMs = 2_000;
/**
 * On a busy cluster there are always news just after somebody had to prove that it lives, and some streams come and go all the time: nobody is asked
 * because of that more often.
 */
const leastProvingMs = 8_000;
/** However long a stream has had nothing to say, after so much silence beside others it is asked. */
const longestSuspectMs = 32_000;
/** A silence of all after news. */
const quietMs = 6_000;
/** What was asked before a trouble ended may still be answered within so long. */
const stuckMs = 1_000;
/** An open stream that had trouble is well again when it has held for so long. */
const mendedMs = 2_000;

/** What lasts from one request of a stream to the next. Times are uptimes. */
export type LineState = {
	/** It is suspected after so much silence, when others have news. */
	suspectMs: number;
	/** It broke then, and has not held for long enough since. */
	brokenAt: number | undefined;
	/** Its last news. */
	changedAt: number;
	/** When it last had to prove that it lives. */
	provedAt: number;
};

/** A request of a stream, as all of them know of it. Times are uptimes. */
export type LinkCall = {
	isOpen: boolean;
	openedAt: number;
	heardAt: number;
	/** Another stream that had broken was back then. */
	doubtedAt: number;
	readonly line: LineState;
	readonly end: (reason: ClusterError) => void;
};

/** Ends a request whose stream shall prove that it lives. */
export function proof(): ClusterError {
	return new ClusterError('asked again', {kind: 'timeout', code: provingCode});
}

/**
 * The requests of all streams of a connection, and which of them may be dead though others live: half-open connections say nothing, and neither does a
 * stream that has no news. Who is suspected is opened again, which brings at once what it missed.
 */
export class Calls {
	readonly all = new Set<LinkCall>();
	readonly #uptime: () => number;
	#changedAt = Number.NEGATIVE_INFINITY;
	#recoveredAt = Number.NEGATIVE_INFINITY;
	#missedAt = Number.NEGATIVE_INFINITY;
	/** The last news before the silence that was looked into. */
	#quietSince = Number.NEGATIVE_INFINITY;

	constructor(uptime: () => number) {
		this.#uptime = uptime;
	}

	/** One of the streams brought news. */
	changed(line: LineState): void {
		const now = this.#uptime();
		this.#changedAt = now;
		line.changedAt = now;
		// It had missed that: its connection was dead, and those of others may be as well.
		if (now - line.provedAt >= laterMs || now - this.#missedAt < leastProvingMs) return;
		this.#missedAt = now;
		this.prove();
	}

	/** A trouble is over. */
	recovered(): void {
		this.#recoveredAt = this.#uptime();
		this.prove();
	}

	/** Asks all again that are silent. */
	prove(): void {
		const now = this.#uptime();
		for (const call of this.all) if (call.isOpen && now - call.heardAt > trustedMs) this.#doubt(call);
	}

	/** Looks from time to time for who may be dead. */
	suspect(): void {
		const now = this.#uptime();
		for (const call of this.all) {
			if (call.isOpen ? this.#looksDead(call, now) || this.#isDoubted(call, now) : this.#isStuck(call, now)) this.#doubt(call);
		}
	}

	/** When all fall silent after news, all connections may have died at once while new ones work: who spoke last has to prove that there is no more. */
	suspectSilence(heardAt: number): void {
		if (this.#quietSince === this.#changedAt || this.#uptime() - Math.max(this.#changedAt, heardAt) < quietMs) return;
		this.#quietSince = this.#changedAt;
		const [first, ...others] = [...this.all].filter(({isOpen}) => isOpen);
		if (first !== undefined) this.#doubt(others.reduce((left, right) => (right.line.changedAt > left.line.changedAt ? right : left), first));
	}

	/**
	 * Whether somebody who broke has held by now: a reason for others to try again, and to doubt those who were open all the time and not heard in it.
	 * Tells it of each once.
	 */
	hasMended(): boolean {
		const now = this.#uptime();
		const mended = [...this.all].filter(({isOpen, openedAt, line}) => line.brokenAt !== undefined && isOpen && now - openedAt >= mendedMs);
		for (const {openedAt, line} of mended) {
			for (const call of this.all) if (call.isOpen && call.openedAt < (line.brokenAt ?? openedAt)) call.doubtedAt = openedAt;
			line.brokenAt = undefined;
		}
		return mended.length > 0;
	}

	#doubt({line, end}: LinkCall): void {
		line.provedAt = this.#uptime();
		end(proof());
	}

	/** What was asked during a trouble that is over may have been asked of nobody. */
	#isStuck({heardAt}: LinkCall, now: number): boolean {
		return heardAt < this.#recoveredAt && now - this.#recoveredAt >= stuckMs;
	}

	/** It said nothing in all the time in which another stream was gone and came back. */
	#isDoubted({doubtedAt, heardAt, line}: LinkCall, now: number): boolean {
		return heardAt < doubtedAt && now - line.provedAt >= leastProvingMs;
	}

	/**
	 * While one stream brings changes and another one nothing, that one is asked again: soon at first, later and later when it had nothing to say. After
	 * a burst that was short this is so of all but the one that spoke last, whom the silence makes suspect.
	 */
	#looksDead({heardAt, line}: LinkCall, now: number): boolean {
		if (now - heardAt < line.suspectMs || this.#changedAt <= heardAt) return false;
		line.suspectMs = Math.min(line.suspectMs * 2, longestSuspectMs);
		return true;
	}
}

/** How much may be on its way to a terminal, which may be far away and slow. Bytes and ms. */
export type Flow = {
	/** Bytes that may be written now; 0 as long as the terminal is behind. */
	readonly room: () => number;
	/** How long until it is worth to look again where nothing is heard before. */
	readonly patience: () => number;
	/** So many bytes are handed over. True: the terminal should be asked, behind them, whether it is there. */
	readonly sent: (bytes: number) => boolean;
	/** The system has taken all that was handed over. */
	readonly taken: () => void;
	/** The terminal has answered the oldest question. */
	readonly answered: () => void;
	/** Whether an answer is still to come from a terminal that does answer. */
	readonly isAsking: () => boolean;
	/** Whether there is room again only after an answer for which nobody has asked. */
	readonly mustAsk: () => boolean;
};

/** In so many pieces nobody sees a frame come. */
const wide = 65_536;
/** A whole frame; more is not risked before a terminal has shown that it keeps up. */
const frame = 8192;
/** Less than this is not worth a write of its own. */
const narrow = 512;
/** What a person does not feel. */
const promptMs = 100;
/** What may wait in front of the newest frame, when a link is slow. */
const aimMs = 300;
/** Longer, and it was no slow reader but one that stood still: nothing can be learnt from it. */
const stillMs = 5000;
/** An answer that takes longer will not come: it was lost, or, when that is so several times in a row, the terminal is none that answers any more. */
const lostMs = 10_000;
const mostLost = 3;
const askEachMs = 500;
/** No modem is slower: bytes per ms. A write that took longer tells of a reader that stood still. */
const slowest = 0.2;
/** What a system holds between a program and its terminal, at the least: Linux' pty between 4 and 16 kB. Where it is more, it is full again soon. */
const systemQueue = 4096;
const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/**
 * Keeps what is on its way small, so that the newest frame and the answer to a key are soon there. Best is a terminal that answers when it is asked whether
 * it is there (DSR 5): between it and us may be an ssh with megabytes of buffers that takes everything at once. Without answers there is only how fast
 * the system takes what is written. On a link that is quick none of this is felt.
 */
export function createFlow(now: () => number = () => performance.now()): Flow {
	const echo = createEcho(now);
	const queue = createQueue(now);
	const flow = () => (echo.isTrusted() ? echo : queue);
	return {
		room: () => flow().room(),
		patience: () => flow().patience(),
		sent(bytes) {
			queue.sent(bytes);
			return echo.sent(bytes);
		},
		taken: queue.taken,
		answered: echo.answered,
		isAsking: () => echo.isTrusted() && echo.isAsking(),
		mustAsk: () => echo.isTrusted() && !echo.isAsking() && echo.room() === 0,
	};
}

/** By answers: as many bytes are under way as the link carries in its own round trip and a bit. */
function createEcho(now: () => number) {
	let asked: {readonly at: number; readonly total: number}[] = [];
	let [total, arrived, answeredAt, askedAt] = [0, 0, 0, Number.NEGATIVE_INFINITY];
	let roundTrip = Number.POSITIVE_INFINITY;
	let window = frame;
	let hasAnswered = false;
	let lost = 0;
	const forget = () => {
		asked = [];
		arrived = total;
		window = narrow;
		lost++;
		hasAnswered = lost < mostLost;
	};
	const wantsToAsk = () => {
		// At the start, and behind the first frame; who does not answer is not asked again.
		if (!hasAnswered) return asked.length < 2;
		return window < frame || (asked.length === 0 && (now() - askedAt > askEachMs || total - arrived > narrow));
	};
	/** No answer when there should be one is an answer, too. */
	const isLate = () => asked[0] !== undefined && now() - asked[0].at > roundTrip + aimMs;
	return {
		isTrusted() {
			if (hasAnswered && asked[0] !== undefined && now() - asked[0].at > lostMs) forget();
			return hasAnswered;
		},
		isAsking: () => asked.length > 0,
		room() {
			const room = window - (total - arrived);
			if (total === arrived) return window;
			return room < narrow / 2 || isLate() ? 0 : room;
		},
		patience: () => lostMs,
		sent(bytes: number) {
			total += bytes;
			if (!wantsToAsk()) return false;
			askedAt = now();
			asked.push({at: askedAt, total});
			return true;
		},
		answered() {
			const question = asked.shift();
			if (question === undefined) return;
			const took = now() - question.at;
			// It may get longer for good, so the shortest is slowly forgotten.
			roundTrip = Math.min(roundTrip * 1.02, took);
			const behindMs = took - roundTrip;
			const carried = question.total - arrived;
			const rate = carried / Math.max(1, now() - Math.max(answeredAt, question.at));
			if (behindMs > promptMs) window = clamp(rate * (roundTrip + aimMs), narrow, window);
			// Little that comes through soon says nothing of much.
			else if (carried * 2 > window) window = Math.min(wide, window * 2);
			// In between nothing was asked: what was sent before arrived before.
			arrived = question.total;
			answeredAt = now();
			hasAnswered = true;
			lost = 0;
		},
	};
}

/** By what the system takes: once it was full, pauses let it run empty, and then as much is written as it passes on. */
function createQueue(now: () => number) {
	let rate = Number.POSITIVE_INFINITY;
	/** The last write was not taken at once: a slow link, or a reader that stood still for a moment and now reads as before. Only the next write tells. */
	let isSuspect = false;
	let [queued, at, handedOverAt, handedOver, total] = [0, 0, 0, 0, 0];
	const left = () => (rate === Number.POSITIVE_INFINITY ? 0 : Math.max(0, queued - rate * (now() - at)));
	const settle = (bytes: number) => {
		queued = bytes;
		at = now();
	};
	return {
		// A pause is never longer than what can be learnt from.
		room() {
			if (isSuspect) return narrow;
			return left() > 0 && now() - at < stillMs ? 0 : clamp(rate * aimMs, narrow, wide);
		},
		patience: () => Math.min(stillMs - (now() - at), left() / rate),
		sent(bytes: number) {
			total = Math.min(systemQueue, total + bytes);
			handedOver = bytes;
			handedOverAt = now();
			settle(left() + bytes);
		},
		taken() {
			const took = now() - handedOverAt;
			const isFirst = rate === Number.POSITIVE_INFINITY && !isSuspect;
			isSuspect = took > promptMs && took <= stillMs && isFirst;
			if (isSuspect) return;
			if (took > stillMs) rate = Number.POSITIVE_INFINITY;
			else if (took > promptMs) {
				rate = Math.max(slowest, handedOver / took);
				settle(total);
			} else if (rate * 1000 > wide) rate = Number.POSITIVE_INFINITY;
			// What is taken at once may go faster.
			else rate *= 1.01;
		},
	};
}

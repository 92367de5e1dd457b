/** All targets together never send more. */
export const mostPerSecond = 200;
/** However bad it looks, somebody must notice when it gets better. */
const slowestMs = 5000;
const longestRetryAfterMs = 60_000;
/** So many failures in a row, over so long, are no accident of a rollout. */
const failuresInRow = 20;
const failingForMs = 10_000;

/** How fast one target is asked now, and why not faster. Times are monotonic ms. */
export type Pace = {
	/** How often the pace was halved. */
	readonly halvings: number;
	readonly reason: string | undefined;
	/** No request before this. */
	readonly notBefore: number;
	readonly halvedAt: number;
	readonly failures: number;
	/** When the first of them was sent. */
	readonly failingSince: number;
};

/** What became of one request. */
export type PaceNote = {
	readonly kind: 'good' | 'failed' | 'too-many';
	readonly sentAt: number;
	readonly now: number;
	/** Of `too-many`: what the answer asks for. */
	readonly retryAfterMs?: number | undefined;
};

export const fullPace: Pace = {halvings: 0, reason: undefined, notBefore: 0, halvedAt: 0, failures: 0, failingSince: 0};

/** The interval of a pace where `askedMs` was asked for: doubled with each halving up to 5 s, never shorter than asked. */
export function pacedInterval({halvings}: Pace, askedMs: number): number {
	return Math.max(askedMs, Math.min(slowestMs, askedMs * 2 ** halvings));
}

/**
 * The pace after a request: halved when the target answers 429, which is also left alone for as long as it asks (60 s at most), and for each 10 s in
 * which it failed throughout; back to full at the first good answer. What was sent before the pace was halved says nothing about the new one.
 */
export function nextPace(pace: Pace, askedMs: number, note: PaceNote): Pace {
	const isOld = pace.halvings > 0 && note.sentAt < pace.halvedAt;
	if (note.kind === 'good') return isOld ? {...pace, failures: 0} : fullPace;
	if (note.kind === 'too-many') {
		const held = {...pace, notBefore: Math.max(pace.notBefore, note.now + Math.min(note.retryAfterMs ?? 0, longestRetryAfterMs))};
		return isOld ? held : halved(held, askedMs, note.now, 'the target answers 429 Too Many Requests');
	}
	return afterFailure({...pace, failures: pace.failures + 1, failingSince: pace.failures === 0 ? note.sentAt : pace.failingSince}, askedMs, note);
}

function afterFailure(failing: Pace, askedMs: number, note: PaceNote): Pace {
	const isThroughout = failing.failures >= failuresInRow && note.sentAt - failing.failingSince >= failingForMs;
	const isDue = failing.halvings === 0 || note.sentAt - failing.halvedAt >= failingForMs;
	return isThroughout && isDue ? halved(failing, askedMs, note.now, 'every request fails') : failing;
}

function halved(pace: Pace, askedMs: number, now: number, reason: string): Pace {
	const isSlowest = pacedInterval(pace, askedMs) >= slowestMs;
	const isAsAsked = isSlowest && pace.halvings === 0 && pace.notBefore <= now;
	return {...pace, halvings: pace.halvings + (isSlowest ? 0 : 1), reason: isAsAsked ? undefined : reason, halvedAt: now};
}

/** ms that a Retry-After header asks for (RFC 9110 §10.2.3: seconds, or a date); undefined where it says nothing. `at` is epoch ms. */
export function retryAfter(header: string | undefined, at: number): number | undefined {
	if (header === undefined) return undefined;
	if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
	const date = Date.parse(header);
	return Number.isNaN(date) ? undefined : Math.max(0, date - at);
}

/** What one target would send: so many requests in each interval. */
export type Wish = {readonly intervalMs: number; readonly perBeat: number};

/** By what all intervals must be multiplied so that all together stay under the cap; 1 where they do. */
export function stretchOf(wishes: readonly Wish[]): number {
	const perSecond = wishes.reduce((sum, {intervalMs, perBeat}) => sum + (perBeat * 1000) / intervalMs, 0);
	// A hair above is no reason to say anything: 200 a second are intervals of 5 ms.
	return perSecond <= mostPerSecond * (1 + 1e-9) ? 1 : perSecond / mostPerSecond;
}

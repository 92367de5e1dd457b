/** What became of a beat, as parts of it: a burst may be sent in part. `late`: beats before it that the machine was too busy for. */
export type BeatNote = {
	readonly sent: number;
	/** Left out because too many requests are under way. */
	readonly waiting: number;
	readonly late: number;
	/** Monotonic ms. */
	readonly now: number;
};

type Tally = {readonly ms: number; readonly sent: number; readonly waiting: number; readonly late: number};

/** By how much less is sent than the pace allows. */
export type Shortfall = {
	/** When the counting began; undefined before the first beat. */
	readonly since: number | undefined;
	readonly counted: Tally;
	/** Of the shortfall until now, older counts with less weight. */
	readonly smoothed: Tally;
	/** What is to be told: a beat in each interval; undefined: all that should be sent is sent. */
	readonly told: {readonly intervalMs: number; readonly reason: string} | undefined;
};

/** Nobody wants to read it more often. */
const countMs = 5000;
/** Of what should be sent: below, something is amiss; above, all is well again. Between them it stays as it was, lest it flaps. */
const amissBelow = 0.95;
const wellFrom = 0.99;
/** A rate that differs by less is no news. */
const newsFrom = 1.25;

const nothing: Tally = {ms: 0, sent: 0, waiting: 0, late: 0};
export const noShortfall: Shortfall = {since: undefined, counted: nothing, smoothed: nothing, told: undefined};

function plus(left: Tally, right: Tally, weight = 1): Tally {
	return {
		ms: left.ms * weight + right.ms,
		sent: left.sent * weight + right.sent,
		waiting: left.waiting * weight + right.waiting,
		late: left.late * weight + right.late,
	};
}

/** The shortfall after a beat. What is to be told changes once in 5 s at most. */
export function nextShortfall(shortfall: Shortfall, {now, sent, waiting, late}: BeatNote): Shortfall {
	const since = shortfall.since ?? now;
	const counted = plus(shortfall.counted, {...nothing, late});
	const begun = {...nothing, sent, waiting};
	if (now - since < countMs) return {...shortfall, since, counted: plus(counted, begun)};
	return {since: now, counted: begun, ...judged(shortfall, {...counted, ms: now - since})};
}

function judged({told, smoothed}: Shortfall, counted: Tally): Pick<Shortfall, 'told' | 'smoothed'> {
	const part = counted.sent / (counted.sent + counted.waiting + counted.late);
	if (part >= (told === undefined ? amissBelow : wellFrom)) return {told: undefined, smoothed: nothing};
	const sum = plus(smoothed, counted, 0.5);
	// Where none was sent at all, one would be too many.
	const intervalMs = sum.ms / Math.max(1, sum.sent);
	const reason = sum.late > sum.waiting ? 'this machine is too busy to send more' : 'too many requests still wait for their answers';
	const change = told === undefined ? Number.POSITIVE_INFINITY : Math.max(intervalMs / told.intervalMs, told.intervalMs / intervalMs);
	const isNews = change >= newsFrom || told?.reason !== reason;
	return {told: isNews ? {intervalMs, reason} : told, smoothed: sum};
}

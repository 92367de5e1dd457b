/**
 * @typedef {{from: number, to: number}} Span ms as `monotonicMs` gives them
 * @typedef {import('./exchange.mjs').Exchange} Exchange
 * @typedef {import('./program.mjs').Claim} Claim
 */

/** What the program may take to notice that nothing comes any more, to notice that all is well again, and to know all that is to be known. */
export const limitMs = 10_000;

/** A request of its own for the list, one for the watch: an attempt. In any ten seconds of being down no more than one request each second. */
const windowMs = 10_000;

/** When something said of a stream held. @param {readonly Claim[]} claims @param {string} stream @param {string} kind @param {number} until @returns {Span[]} */
export function claimed(claims, stream, kind, until) {
	const own = claims.filter(claim => claim.stream === stream);
	const spans = own.flatMap((claim, index) => (claim.kind === kind ? [{from: claim.at, to: own[index + 1]?.at ?? until}] : []));
	return joined(spans);
}

/** Spans that touch are one. @param {readonly Span[]} spans @returns {Span[]} */
function joined(spans) {
	/** @type {Span[]} */
	const result = [];
	for (const span of spans.toSorted((left, right) => left.from - right.from)) {
		const last = result.at(-1);
		if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to);
		else result.push({...span});
	}
	return result;
}

/** What of the whole is in none of the spans. @param {Span} whole @param {readonly Span[]} spans @returns {Span[]} */
function gaps(whole, spans) {
	const result = [];
	let from = whole.from;
	for (const span of joined(spans)) {
		if (span.from > from) result.push({from, to: Math.min(span.from, whole.to)});
		from = Math.max(from, span.to);
	}
	if (from < whole.to) result.push({from, to: whole.to});
	return result.filter(span => span.to > span.from);
}

/** @param {readonly Span[]} left @param {readonly Span[]} right @returns {Span[]} */
function common(left, right) {
	return left.flatMap(one => right.map(other => ({from: Math.max(one.from, other.from), to: Math.min(one.to, other.to)}))).filter(({from, to}) => from < to);
}

/** The longest of them, in ms. @param {readonly Span[]} spans */
export function longest(spans) {
	return Math.max(0, ...spans.map(({from, to}) => to - from));
}

/**
 * When a watch of the stream could reach the client. `lenient`: or had nothing to bring: that one connection of many is dead which nothing comes on
 * can't be told from rest, and what is shown is true as long.
 * @param {readonly Exchange[]} exchanges @param {string} stream @param {number} until @param {boolean} lenient @returns {Span[]}
 */
function connected(exchanges, stream, until, lenient) {
	return exchanges.flatMap(({stream: own, isWatch, openedAt, endedAt, link, answer}) => {
		if (own !== stream || !isWatch || openedAt === undefined || answer !== '200') return [];
		const stalls = (link?.dead ?? []).map(({from, missedAt, to}) => ({from: lenient ? (missedAt ?? until) : from, to: to ?? until}));
		return gaps({from: openedAt, to: endedAt ?? until}, stalls);
	});
}

/**
 * The longest time for which a stream was called live while none of its watches could reach the client, in ms.
 * @param {readonly Claim[]} claims @param {readonly Exchange[]} exchanges @param {string} stream @param {Span} whole @param {boolean} lenient see `connected`
 */
export function longestFalseLife(claims, exchanges, stream, whole, lenient) {
	const dead = gaps(whole, connected(exchanges, stream, whole.to, lenient));
	return longest(common(claimed(claims, stream, 'live', whole.to), dead));
}

/** The longest time for which a stream was called lost while nothing was wrong, in ms. @param {readonly Claim[]} claims @param {string} stream @param {Span} fine */
export function longestFalseLoss(claims, stream, fine) {
	return longest(common(claimed(claims, stream, 'lost', fine.to), [fine]));
}

/** A request with the token that the file has now, after one that was refused: once for each, and at once. @param {Exchange} request @param {readonly Exchange[]} before */
function isSecondTry({path, at}, before) {
	return before.some(other => other.path === path && other.answer === '401' && at - other.at < 1_000);
}

/** Attempts by stream, without second tries. @param {readonly Exchange[]} exchanges @param {Span} span @returns {Map<string, Exchange[]>} */
function attempts(exchanges, {from, to}) {
	const byStream = new Map();
	for (const exchange of exchanges) {
		if (exchange.at < from || exchange.at > to || exchange.stream === 'other') continue;
		const own = byStream.get(exchange.stream) ?? [];
		if (!isSecondTry(exchange, own.slice(-3))) byStream.set(exchange.stream, [...own, exchange]);
	}
	return byStream;
}

/** The most requests of one stream within ten seconds, and of which. Second tries after a 401 are not counted. @param {readonly Exchange[]} exchanges @param {Span} span */
export function busiest(exchanges, span) {
	let most = {count: 0, stream: ''};
	for (const [stream, own] of attempts(exchanges, span)) {
		for (const [index, {at}] of own.entries()) {
			const count = own.slice(index).filter(other => other.at < at + windowMs).length;
			if (count > most.count) most = {count, stream};
		}
	}
	return most;
}

/** Of so many K8sEvents the program keeps the newest, and which those are is a matter of when it looks. */
const mostEvents = 1_000;

/** The objects that both must agree about. @param {string} stream @param {Record<string, string>} here @param {Record<string, string>} there */
function compared(stream, here, there) {
	const isCut = stream === 'events' && Math.max(Object.keys(here).length, Object.keys(there).length) >= mostEvents;
	return isCut ? Object.keys(here).filter(uid => uid in there) : [...new Set([...Object.keys(here), ...Object.keys(there)])];
}

/** The things in which two states differ. @param {import('./program.mjs').Known} left @param {import('./program.mjs').Known} right */
export function differences(left, right) {
	return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap(stream => {
		const [here, there] = [left[stream] ?? {}, right[stream] ?? {}];
		const different = compared(stream, here, there).filter(uid => here[uid] !== there[uid]);
		return different.map(uid => `${stream}: ${here[uid] ?? 'unknown'}, in truth ${there[uid] ?? 'gone'}`);
	});
}

/** What there is more of than before. @param {Record<string, number>} before @param {Record<string, number>} after */
export function leaks(before, after) {
	return Object.keys(after).flatMap(kind => ((after[kind] ?? 0) > (before[kind] ?? 0) ? [`${kind} ${before[kind] ?? 0} → ${after[kind]}`] : []));
}

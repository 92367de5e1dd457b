import {humanDuration} from '../human-duration.ts';
import type {FailureReason} from '../sample.ts';
import {shortText} from '../short-text.ts';
import type {Cause} from './outage-cause.ts';
import {downtimeOf, type Outage, type Outages, openGapMs} from './outages.ts';

const longestName = 63;

/** `4.1 s`; from a minute on as kubectl writes ages. */
function duration(ms: number): string {
	return ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : humanDuration(ms);
}

const reasonWords: Readonly<Record<string, string>> = {
	'proxy-503': '503 of the proxy',
	'proxy-error': 'proxy error',
	unreachable: 'unreachable',
	other: 'other failure',
};

function reasonText(reason: FailureReason): string {
	return reasonWords[reason] ?? reason.replace(/^http-/, '');
}

/** Somebody answered, though not well. */
function isAnswered(reason: FailureReason): boolean {
	return reason.startsWith('http-') || reason === 'proxy-503';
}

/** `3 × 502, 2 × refused`, most frequent first. */
function reasonsText({reasons}: Outage): string {
	return reasons
		.toSorted((left, right) => right.count - left.count)
		.map(({key, count}) => `${count} × ${reasonText(key)}`)
		.join(', ');
}

function whatFailed(outage: Outage): string {
	const {startAt, failedUntil, endAt, answers, failures, reasons, longestMs} = outage;
	const within = `within ${duration(failedUntil - startAt)}`;
	if (answers > 0) {
		const gap = longestMs >= 1000 ? `, no good answer for up to ${duration(longestMs)}` : '';
		return `${reasonsText(outage)} among ${failures + answers} requests ${within}${gap}`;
	}
	const lengthMs = (endAt ?? failedUntil) - startAt;
	const isLong = endAt === undefined ? lengthMs >= 1000 : outage.gaps > 0;
	if (failures === 1 && !isLong) return reasonsText(outage);
	if (reasons.every(({key}) => isAnswered(key))) return `${reasonsText(outage)} ${within}`;
	const none = reasons.some(({key}) => isAnswered(key)) ? 'no good answer' : 'no answer';
	return `${none} for ${duration(lengthMs)}${endAt === undefined ? ' so far' : ''} (${reasonsText(outage)})`;
}

const stepWords: Readonly<Record<Cause['what'], string>> = {
	terminating: 'was seen terminating',
	unready: 'became unready',
	restarted: 'restarted',
	gone: 'was gone',
	ready: 'became ready',
	available: 'became available',
	running: 'began to run',
	created: 'was created',
};

function causeText({podName, what, sinceMs, lasts}: Cause): string {
	const name = shortText(podName, longestName);
	if (lasts) return ` while ${name} was ${what === 'terminating' ? 'terminating' : 'not ready'}`;
	const apart = Math.abs(sinceMs) < 50 ? 'as' : `${duration(Math.abs(sinceMs))} ${sinceMs < 0 ? 'before' : 'after'}`;
	return `, ${apart} ${name} ${stepWords[what]}`;
}

/** An outage as the timeline tells it: `3 × 502 within 1.2 s while kubia-abc was terminating`. */
export function outageText(outage: Outage, cause: Cause | undefined): string {
	const what = whatFailed(outage);
	if (cause !== undefined) return `${what}${causeText(cause)}`;
	const [pod, other] = outage.pods;
	return pod === undefined || other !== undefined ? what : `${what} from ${shortText(pod.key, longestName)}`;
}

/** All in one line: `no failed request in 214`, `downtime 4.1 s in 2 outages, longest 3.0 s, 9 failed of 620`. */
export function outageSummary(outages: Outages): string {
	const {unasked} = outages;
	if (unasked === 0) return summaryOf(outages);
	const lost = `${unasked} did not get past the API server`;
	return unasked === outages.samples ? `downtime unknown: all ${lost}` : `${summaryOf({...outages, samples: outages.samples - unasked})}, ${lost}`;
}

function summaryOf(outages: Outages): string {
	const {samples, failed} = outages;
	if (samples === 0) return 'no request yet';
	if (failed === 0) return `no failed request in ${samples}`;
	const gapMs = openGapMs(outages);
	const now = gapMs === undefined ? '' : `no good answer for ${duration(gapMs)} now, `;
	const {outages: count, downMs, longestMs} = downtimeOf(outages);
	if (count === 0) return `no downtime, ${failed} failed of ${samples}`;
	const longest = longestMs === downMs ? '' : `, longest ${duration(longestMs)}`;
	return `${now}downtime ${duration(downMs)} in ${count} ${count === 1 ? 'outage' : 'outages'}${longest}, ${failed} failed of ${samples}`;
}

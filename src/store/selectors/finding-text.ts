import {humanDuration} from '../../domain/human-duration.ts';
import type {Finding, Hope, NextStep} from '../../domain/why/finding.ts';
import type {Tone} from '../views.ts';

/** How a finding looks, by what waiting brings. */
export const findingTone: Readonly<Record<Hope, Tone>> = {none: 'bad', doubtful: 'bad', likely: 'change', waits: 'quiet'};

const nextWords: Readonly<Record<NextStep['what'], (left: string) => string>> = {
	retry: left => `next try in ${left}`,
	'grace-ends': left => `it has ${left} left to become ready`,
	killed: left => `it is killed in ${left}`,
	available: left => `${left} left`,
};

/** A finding in one sentence: what it is about, why, for how long, what happens next by itself, how many pods are alike, and what the program said last. `now` is epoch ms. */
export function findingText({object, message, quote, sinceAt, next, count}: Finding, now: number): string {
	const lastedMs = sinceAt === undefined ? 0 : now - sinceAt;
	// A sentence that tells how often tells for how long, too.
	const since = lastedMs < 1000 || / times(?: in \w+)?\)/.test(message) ? '' : `, for ${humanDuration(lastedMs)}`;
	const then = next === undefined || next.at <= now ? '' : `; ${nextWords[next.what](humanDuration(next.at - now))}`;
	const more = count === 1 ? '' : `; and ${count - 1} more ${count === 2 ? 'pod' : 'pods'}`;
	return `${object.name} ${message}${since}${then}${more}${quote === undefined ? '' : `; ${quote}`}`;
}

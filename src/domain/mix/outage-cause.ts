import type {TimelineEntry, TimelineKind} from '../timeline-entry.ts';
import type {Attempt} from './outages.ts';

/** What can make a pod fail requests, and what else may be told of it, most telling first. */
const causes = ['terminating', 'unready', 'restarted', 'gone'] as const;
const effects = ['ready', 'available', 'running', 'created'] as const;

type PodStep = (typeof causes)[number] | (typeof effects)[number];

/** Something that happened to a pod, epoch ms when our watch told it. */
export type PodHappening = {readonly at: number; readonly podName: string; readonly what: PodStep};

export type Cause = {
	readonly podName: string;
	readonly what: PodStep;
	/** From it to the failure; negative where it was seen after it. */
	readonly sinceMs: number;
	/** The pod was still so when the request failed. */
	readonly lasts: boolean;
};

// Routes are without an endpoint some seconds after it began to end; our watch tells it up to a second late.
const longestBeforeMs = 5000;
const longestAfterMs = 1000;

function isPodStep(kind: TimelineKind): kind is PodStep {
	return [...causes, ...effects].some(step => step === kind);
}

/** What the timeline tells of pods. */
export function podHappenings(timeline: readonly TimelineEntry[]): readonly PodHappening[] {
	return timeline.flatMap(({at, kind, subject}) => (subject !== undefined && isPodStep(kind) ? [{at, podName: subject, what: kind}] : []));
}

/** How far apart; a request that hung is next to all that happened while it did. Positive: the failure came after. */
function distance({at, endAt}: Attempt, happening: PodHappening): number {
	if (happening.at < at) return at - happening.at;
	return happening.at > endAt ? endAt - happening.at : 0;
}

function isNear(attempt: Attempt, happening: PodHappening): boolean {
	const ms = distance(attempt, happening);
	return ms <= longestBeforeMs && ms >= -longestAfterMs;
}

/** Terminating until it is gone, not ready until it is ready again. */
function lasts(attempt: Attempt, happening: PodHappening, all: readonly PodHappening[]): boolean {
	if (happening.what !== 'terminating' && happening.what !== 'unready') return false;
	const ends: readonly PodStep[] = happening.what === 'terminating' ? ['gone'] : ['ready', 'gone'];
	const isOver = all.some(({podName, what, at}) => podName === happening.podName && ends.includes(what) && at >= happening.at && at < attempt.at);
	return happening.at <= attempt.endAt && !isOver;
}

function nearest(attempt: Attempt, happenings: readonly PodHappening[]): PodHappening | undefined {
	const isCause = ({what}: PodHappening) => causes.some(cause => cause === what);
	const near = happenings.filter(happening => isNear(attempt, happening));
	const telling = near.some(isCause) ? near.filter(isCause) : near;
	return telling.toSorted((left, right) => Math.abs(distance(attempt, left)) - Math.abs(distance(attempt, right)))[0];
}

/**
 * What happened next to a failure. A pod that is named by its answer is the one that failed: only what happened to it counts, and it may have been ending or
 * unready for long. Nobody knows who was asked by a request without such an answer: then the nearest cause of any pod, from 5 s before to 1 s after it.
 */
function causeOfFailure(attempt: Attempt, happenings: readonly PodHappening[]): Cause | undefined {
	const candidates = attempt.podName === undefined ? happenings : happenings.filter(({podName}) => podName === attempt.podName);
	const state = attempt.podName === undefined ? undefined : candidates.findLast(happening => lasts(attempt, happening, candidates));
	const found = state ?? nearest(attempt, candidates);
	if (found === undefined) return undefined;
	return {podName: found.podName, what: found.what, sinceMs: distance(attempt, found), lasts: lasts(attempt, found, happenings)};
}

/** What most of these failures happened next to, as the first of them did. */
export function causeOf(failures: readonly Attempt[], happenings: readonly PodHappening[]): Cause | undefined {
	const found = failures.flatMap(attempt => causeOfFailure(attempt, happenings) ?? []);
	const votes = (cause: Cause) => found.filter(({podName, what}) => podName === cause.podName && what === cause.what).length;
	// A stable sort: of equally many the earliest.
	return found.toSorted((left, right) => votes(right) - votes(left))[0];
}

import type {Bucket} from '../sample-bucket.ts';
import {type SampleWindow, secondsWithin} from '../sample-window.ts';
import {namelessAnswers, settlingMs} from './pod-spread.ts';
import {failureMark} from './tallies.ts';

export type StickinessInput = {
	/** How many pods are ready behind the Service. */
	readonly pods: number;
	/** Shares that are expected of what answers can tell apart: those of owners with the same images together. */
	readonly shares: readonly number[];
	/** Epoch ms since which it has been these. */
	readonly since: number | undefined;
	/** Connections are kept: HTTP keep-alive, HTTP/2. */
	readonly keepAlive: boolean;
	/** The Service has `sessionAffinity: ClientIP`. */
	readonly clientIpAffinity: boolean;
	/** Cookies are sent. */
	readonly cookies: boolean;
};

export type Stickiness = {
	/** Who gives all the answers: a pod, or a version. */
	readonly podName: string | undefined;
	readonly version: string | undefined;
	/** So many in a row. */
	readonly answers: number;
	readonly text: string;
};

const byChance = 1e-6;

/** What all answers of the newest seconds have in common, and how many these are. */
type Run<Key> = {readonly key: Key; readonly answers: number};

/** Who alone answered from some second on; `answersIn` tells who answered in a second, undefined where nobody can tell. */
function newestRun<Key>(buckets: readonly Bucket[], answersIn: (bucket: Bucket) => ReadonlyMap<Key, number> | undefined): Run<Key> | undefined {
	let run: Run<Key> | undefined;
	for (const bucket of buckets.toReversed()) {
		const answers = answersIn(bucket);
		if (answers === undefined || answers.size > 1) break;
		for (const [key, count] of answers) {
			if (run !== undefined && run.key !== key) return run;
			run = {key, answers: (run?.answers ?? 0) + count};
		}
	}
	return run;
}

function byPod(bucket: Bucket): ReadonlyMap<string, number> | undefined {
	if (namelessAnswers(bucket) > 0) return undefined;
	return new Map(Array.from(bucket.pods, ([podName, {answers, failures}]) => [podName, answers + failures]));
}

/** Good answers by slot or as unrecognised; failures tell no version. */
function byVersion({tallies}: Bucket): ReadonlyMap<number, number> {
	return new Map([...tallies].flatMap(([key, {count}]) => (typeof key === 'number' && key !== failureMark ? [[key, count] as const] : [])));
}

/** Likeliest first. */
function causes({keepAlive, clientIpAffinity, cookies}: StickinessInput): string {
	const likely = [
		...(keepAlive ? ['the connection is kept alive'] : []),
		...(clientIpAffinity ? ['the Service has sessionAffinity ClientIP'] : []),
		...(cookies ? ['cookies are sent'] : []),
	];
	return likely.length === 0 ? 'something on the way keeps this source with it' : likely.join(', or ');
}

/**
 * That the same one always answers although several share the traffic, where chance does that less than once in a million times: a pod where
 * answers name theirs, else a version. Of the last `seconds` seconds before `now` (epoch ms), and not from before the endpoints last changed.
 */
export function stickiness(window: SampleWindow, now: number, seconds: number, input: StickinessInput): Stickiness | undefined {
	const {pods, shares, since = Number.NEGATIVE_INFINITY} = input;
	const buckets = secondsWithin(window, now, seconds).filter(({second}) => second * 1000 >= since + settlingMs);
	const pod = newestRun(buckets, byPod);
	if (pod !== undefined && pods > 1 && pods ** (1 - pod.answers) < byChance) {
		const text = `all ${pod.answers} answers come from one pod (${pod.key}) although ${pods} pods share the traffic: ${causes(input)}`;
		return {podName: pod.key, version: undefined, answers: pod.answers, text};
	}
	const slot = newestRun(buckets, byVersion);
	const version = window.versions.find(track => track.slot === slot?.key)?.version;
	const sharing = shares.filter(share => share > 0);
	if (slot === undefined || version === undefined || sharing.length < 2) return undefined;
	const chance = sharing.reduce((sum, share) => sum + share ** slot.answers, 0);
	if (chance >= byChance) return undefined;
	const text = `all ${slot.answers} answers come from ${version} although ${sharing.length} versions share the traffic: ${causes(input)}`;
	return {podName: undefined, version, answers: slot.answers, text};
}

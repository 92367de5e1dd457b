import type {K8sEvent} from '../../k8s-event.ts';
import type {LogTails} from '../../log-tail.ts';
import type {Pod} from '../../pod.ts';
import type {Finding} from '../finding.ts';
import {podCause} from './pod-cause.ts';

/** What keeps pods from becoming available or from ending, kept while pods and events change one by one. */
export type PodJudgements = {
	/** The pod of that uid came or changed; undefined: it went, or matters no more. */
	readonly pod: (uid: string, pod: Pod | undefined) => void;
	/** The event of that uid came or changed; undefined: it went. */
	readonly event: (uid: string, event: K8sEvent | undefined) => void;
	/** The pods of which there is something to say at `now` (epoch ms), which are few. */
	readonly at: (now: number, logTails: LogTails) => Iterable<PodFinding>;
};

export type PodFinding = {readonly pod: Pod; readonly finding: Finding};

/**
 * Judges pods anew where they, their events or logs changed, or a moment has come that their judgement waited for; not the others: thousands of pods are asked for
 * ten times a second, while a few of them change.
 */
export function createPodJudgements(): PodJudgements {
	const pods = new Map<string, Pod>();
	const events = createOwnEvents();
	const said = new Map<string, PodFinding>();
	const untils = new Map<string, number>();
	const dirty = new Set<string>();
	let last: {readonly now: number; readonly logTails: LogTails} | undefined;
	/** None of the judgements ends before. */
	let earliest = Number.POSITIVE_INFINITY;
	const judge = (uid: string, now: number, logTails: LogTails) => {
		const pod = pods.get(uid);
		const judgement = pod && judgementOf(pod, events.of(uid), logTails, now);
		if (pod === undefined || judgement?.finding === undefined) said.delete(uid);
		else said.set(uid, {pod, finding: judgement.finding});
		const until = judgement?.until ?? Number.POSITIVE_INFINITY;
		if (until === Number.POSITIVE_INFINITY) untils.delete(uid);
		else untils.set(uid, until);
		earliest = Math.min(earliest, until);
	};
	const expire = (now: number) => {
		earliest = Number.POSITIVE_INFINITY;
		for (const [uid, until] of untils) {
			if (until <= now) dirty.add(uid);
			else earliest = Math.min(earliest, until);
		}
	};
	return {
		pod(uid, pod) {
			if (pod === undefined) pods.delete(uid);
			else pods.set(uid, pod);
			dirty.add(uid);
		},
		event(uid, event) {
			for (const podUid of events.put(uid, event)) if (pods.has(podUid)) dirty.add(podUid);
		},
		at(now, logTails) {
			// Time goes backwards in a recording.
			if (last !== undefined && (last.logTails !== logTails || now < last.now)) for (const uid of pods.keys()) dirty.add(uid);
			if (earliest <= now) expire(now);
			for (const uid of dirty) judge(uid, now, logTails);
			dirty.clear();
			last = {now, logTails};
			return said.values();
		},
	};
}

/** Events by what they are about. */
function createOwnEvents() {
	const abouts = new Map<string, string>();
	const own = new Map<string, Map<string, K8sEvent>>();
	const forget = (uid: string, of: string) => {
		const others = own.get(of);
		others?.delete(uid);
		if (others?.size === 0) own.delete(of);
	};
	return {
		of: (podUid: string): readonly K8sEvent[] => [...(own.get(podUid)?.values() ?? [])],
		/** Gives what it is about, and was. */
		put(uid: string, event: K8sEvent | undefined): readonly string[] {
			const before = abouts.get(uid);
			if (before !== undefined) forget(uid, before);
			abouts.delete(uid);
			if (event === undefined) return before === undefined ? [] : [before];
			const of = event.object.uid;
			abouts.set(uid, of);
			own.set(of, (own.get(of) ?? new Map<string, K8sEvent>()).set(uid, event));
			return before === undefined || before === of ? [of] : [before, of];
		},
	};
}

/** `until` (epoch ms): the moment from which on it may be another. */
type Judgement = {readonly finding: Finding | undefined; readonly until: number};

function judgementOf(pod: Pod, events: readonly K8sEvent[], logTails: LogTails, now: number): Judgement {
	let until = Number.POSITIVE_INFINITY;
	const isPast = (at: number) => {
		if (at > now) until = Math.min(until, at);
		return at <= now;
	};
	const cause = podCause({pod, events, logTails, isPast});
	return {finding: cause && {...cause, object: {kind: 'Pod', name: pod.name, uid: pod.uid}, count: 1}, until};
}

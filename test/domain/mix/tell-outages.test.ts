import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parsePod} from '../../../src/cluster/parse/pod.ts';
import {addToOutages, emptyOutageLog, type OutageLog} from '../../../src/domain/mix/outage-log.ts';
import {outageSummary} from '../../../src/domain/mix/outage-text.ts';
import {tellOutages} from '../../../src/domain/mix/tell-outages.ts';
import type {Pod} from '../../../src/domain/pod.ts';
import {podEntries} from '../../../src/domain/pod-entries.ts';
import type {Sample} from '../../../src/domain/sample.ts';
import type {TimelineEntry, TimelineKind} from '../../../src/domain/timeline-entry.ts';
import {failure, sample, start, version} from '../samples.ts';
import {podEvents, type Recording, requests} from './recordings.ts';
import {byAnswer, traffic} from './traffic.ts';

const teller = {key: '0', subject: undefined};

/** A line about a pod so many ms after the start. */
function happened(afterMs: number, kind: TimelineKind, podName: string | undefined): TimelineEntry {
	return {at: start + afterMs, kind, tone: 'change', subject: podName, text: kind, count: 1};
}

type Told = {readonly log: OutageLog; readonly timeline: readonly TimelineEntry[]};

/** The timeline after these samples, told one by one. */
function tell(samples: readonly Sample[], timeline: readonly TimelineEntry[] = []): Told {
	return samples.reduce<Told>(
		(told, next) => {
			const log = addToOutages(told.log, next);
			return {log, timeline: tellOutages(told.timeline, told.log, log, teller)};
		},
		{log: emptyOutageLog, timeline},
	);
}

const outageLines = (timeline: readonly TimelineEntry[]) => timeline.filter(({kind}) => kind === 'outage');
const texts = (timeline: readonly TimelineEntry[]) => outageLines(timeline).map(({text}) => text);
const good = (afterMs: number) => sample(afterMs, version('v1'));
const bad = (afterMs: number, podName?: string) => sample(afterMs, failure('http-502'), {podName, latencyMs: 200});

describe('a failure is joined with what happened to a pod', () => {
	it.each<[reason: string, failures: readonly Sample[], pods: readonly TimelineEntry[], text: string]>([
		['the pod was ending', [bad(1000), bad(1500), bad(2000)], [happened(700, 'terminating', 'kubia-a')], '3 × 502 within 1.2 s while kubia-a was terminating'],
		[
			'a cause before an effect that is nearer',
			[bad(3000)],
			[happened(500, 'terminating', 'kubia-a'), happened(2900, 'ready', 'kubia-b')],
			'1 × 502 while kubia-a was terminating',
		],
		[
			'of two causes the nearer',
			[bad(3000)],
			[happened(500, 'gone', 'kubia-a'), happened(2600, 'restarted', 'kubia-b')],
			'1 × 502, 0.4 s after kubia-b restarted',
		],
		['an effect where there is no cause', [bad(3000)], [happened(2600, 'ready', 'kubia-b')], '1 × 502, 0.4 s after kubia-b became ready'],
		['our watch was late', [bad(3000)], [happened(3900, 'unready', 'kubia-a')], '1 × 502, 0.7 s before kubia-a became unready'],
		['at the same moment', [bad(3000)], [happened(3100, 'restarted', 'kubia-a')], '1 × 502, as kubia-a restarted'],
		['too long before', [bad(9000)], [happened(3900, 'restarted', 'kubia-a')], '1 × 502'],
		['too long after', [bad(3000)], [happened(4300, 'restarted', 'kubia-a')], '1 × 502'],
		['not a pod', [bad(3000)], [happened(2900, 'gone', undefined), happened(2900, 'scaled', 'kubia')], '1 × 502'],
		[
			'the answer names the pod, and it has been ending for long',
			[bad(28_000, 'kubia-a')],
			[happened(500, 'terminating', 'kubia-a'), happened(27_900, 'terminating', 'kubia-b')],
			'1 × 502 while kubia-a was terminating',
		],
		[
			'the answer names the pod, which was ready again',
			[bad(28_000, 'kubia-a')],
			[happened(500, 'unready', 'kubia-a'), happened(9000, 'ready', 'kubia-a'), happened(27_900, 'terminating', 'kubia-b')],
			'1 × 502 from kubia-a',
		],
		['the answer names a pod that is not ready', [bad(28_000, 'kubia-a')], [happened(500, 'unready', 'kubia-a')], '1 × 502 while kubia-a was not ready'],
		[
			'most of the failures',
			[bad(1000), bad(6500), bad(7000)],
			[happened(900, 'restarted', 'kubia-a'), happened(6400, 'restarted', 'kubia-b')],
			'3 × 502 within 6.2 s, 0.1 s after kubia-b restarted',
		],
		[
			'a request that hung while it happened',
			[sample(1000, failure('timeout'), {latencyMs: 5000})],
			[happened(4000, 'gone', 'kubia-a')],
			'no answer for 5.1 s (1 × timeout), as kubia-a was gone',
		],
	])('%s', (_, failures, pods, text) => {
		const until = Math.max(...failures.map(({at, latencyMs}) => at + latencyMs)) - start;
		expect(texts(tell([good(0), ...failures, good(until + 100)], pods).timeline)).toEqual([text]);
	});

	it('also when the watch tells of it after the failure', () => {
		const early = tell([good(0), bad(1000)]);
		expect(texts(early.timeline)).toEqual(['1 × 502']);
		const late = [...early.timeline, happened(1600, 'terminating', 'kubia-a')];
		const after = addToOutages(early.log, good(2000));
		expect(texts(tellOutages(late, early.log, after, teller))).toEqual(['1 × 502, 0.4 s before kubia-a was seen terminating']);
	});

	it('and stays so when the other lines are let go', () => {
		const told = tell([good(0), bad(1000), ...Array.from({length: 20}, (_, index) => good(2000 + index * 1000))], [happened(900, 'restarted', 'kubia-a')]);
		const rest = outageLines(told.timeline);
		expect(rest.map(({text, outage}) => [text, outage?.isOver])).toEqual([['1 × 502, 0.1 s after kubia-a restarted', true]]);
		expect(tellOutages(rest, told.log, addToOutages(told.log, good(23_000)), teller)).toBe(rest);
	});
});

describe('the line of an outage', () => {
	it('stands where it began and grows there', () => {
		const other = happened(2500, 'scaled', 'kubia');
		let told = tell([good(0), bad(1000), bad(2000)], [other]);
		const first = told.timeline[0];
		expect(first).toMatchObject({kind: 'outage', at: start + 1000, text: '2 × 502 within 1.2 s', outage: {id: '0/1', isOver: false}});
		expect(told.timeline[1]).toBe(other);
		const after = addToOutages(told.log, bad(3000));
		told = {log: after, timeline: tellOutages(told.timeline, told.log, after, teller)};
		expect(told.timeline).toMatchObject([{text: '3 × 502 within 2.2 s', at: start + 1000}, {kind: 'scaled'}]);
	});

	it('is its own for each target', () => {
		const {log, timeline} = tell([good(0), bad(1000)]);
		const both = tellOutages(timeline, emptyOutageLog, log, {key: '1', subject: 'svc/other'});
		expect(both.map(({subject, outage}) => [subject, outage?.id])).toEqual([
			[undefined, '0/1'],
			['svc/other', '1/1'],
		]);
	});

	it('goes when a late answer shows that two were one', () => {
		const apart = tell([bad(1000), ...[2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000].map(good), bad(10_000)]);
		expect(texts(apart.timeline)).toEqual(['1 × 502', '1 × 502']);
		const log = addToOutages(apart.log, sample(5600, failure('timeout'), {latencyMs: 5000}));
		const joined = tellOutages(apart.timeline, apart.log, log, teller);
		expect(texts(joined)).toEqual(['2 × 502, 1 × timeout among 11 requests within 9.6 s']);
		expect(joined.map(({at}) => at)).toEqual([start + 1000]);
	});

	it('is there once for each outage, in order, whatever order answers come in', () => {
		fc.assert(
			fc.property(traffic, samples => {
				const pods = [happened(5000, 'terminating', 'kubia-a'), happened(90_000, 'gone', 'kubia-a')];
				const {log, timeline} = tell(byAnswer(samples), pods);
				const lines = outageLines(timeline);
				expect(lines.map(({outage}) => outage?.id).toSorted()).toEqual(log.now.list.map(({id}) => `0/${id}`).toSorted());
				expect(timeline.map(({at}) => at)).toEqual(timeline.map(({at}) => at).toSorted((left, right) => left - right));
				expect(timeline.filter(({kind}) => kind !== 'outage')).toEqual(pods);
				for (const {text} of lines) expect(text).toMatch(/^(\d+ × |no (good )?answer for \d)/);
			}),
		);
	});

	it('costs nothing while all is well', () => {
		const {log, timeline} = tell([good(0), good(1000)], [happened(500, 'ready', 'kubia-a')]);
		expect(tellOutages(timeline, log, addToOutages(log, good(2000)), teller)).toBe(timeline);
	});
});

/** The timeline of a recording's pods, as our watch makes it. */
function podTimeline(recording: Recording): readonly TimelineEntry[] {
	const pods = new Map<string, Pod>();
	return podEvents(recording).flatMap(({at, type, object}) => {
		const pod = parsePod(object);
		if (pod === undefined) throw new Error('not a pod');
		const entries = podEntries(pods.get(pod.uid), type === 'DELETED' ? undefined : pod, at, []);
		pods.set(pod.uid, pod);
		return type === 'ADDED' ? [] : entries;
	});
}

/** When each pod was told to end, by the recording itself. */
function deletions(recording: Recording): readonly {readonly at: number; readonly podName: string}[] {
	const ending = podEvents(recording).flatMap(({at, object}) => {
		const metadata = object.metadata as {readonly name: string; readonly deletionTimestamp?: string};
		return metadata.deletionTimestamp === undefined ? [] : [{at, podName: metadata.name}];
	});
	return ending.filter(({podName}, index) => ending.findIndex(other => other.podName === podName) === index);
}

describe.each<[Recording, number]>([
	['roll-v2', 3],
	['delete-pod', 1],
])('pods of a real cluster: %s', (recording, count) => {
	it('lost no request, and nothing is told', () => {
		const {log, timeline} = tell(requests(recording).map(({at, podName}) => ({...good(0), at, podName})));
		expect(timeline).toEqual([]);
		expect(outageSummary(log.now)).toBe(`no failed request in ${requests(recording).length}`);
	});

	it.each([false, true])('had requests been refused while a pod began to end, that pod is named (it is named by the answer: %s)', isNamed => {
		const ends = deletions(recording);
		expect(ends).toHaveLength(count);
		const samples = requests(recording).map(({at, podName}) => {
			const end = ends.find(next => at >= next.at && at < next.at + 1500);
			if (end === undefined) return {...good(0), at, podName};
			return {...bad(0), at, latencyMs: 5, outcome: failure('refused'), podName: isNamed ? end.podName : undefined};
		});
		const told = texts(tell(samples, podTimeline(recording)).timeline);
		expect(told).toHaveLength(count);
		for (const [index, {podName}] of ends.entries())
			expect(told[index]).toMatch(new RegExp(`^no answer for .* \\([23] × refused\\) while ${podName} was terminating$`));
	});
});

import {describe, expect, it} from 'vitest';
import {plainTraits} from '../../src/domain/mix/target-traits.ts';
import type {Outcome, Sample} from '../../src/domain/sample.ts';
import type {EndpointSlice} from '../../src/domain/service.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {mixView} from '../../src/store/selectors/mix/mix-view.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {pod, replicaSet, service, start, workload} from '../domain/cluster-objects.ts';

const target = {context: 'eu', server: 'https://cluster', namespace: 'prod', kind: 'Deployment', name: 'web'} as const;
const now = start + 30_000;
const started: Event = {type: 'sampler-started', id: 0, target: 'svc/web:80', route: 'service-proxy', intervalMs: 1000, traits: plainTraits, at: now};

function endpoint(podUid: string, ready = true) {
	return {addresses: [`10.1.0.${podUid.length}`], podUid, podName: podUid, ready, serving: ready, terminating: false};
}

function slice(...podUids: readonly string[]): EndpointSlice {
	return {uid: 'e', name: 'web-x', resourceVersion: podUids.join(), serviceName: 'web', addressType: 'IPv4', endpoints: podUids.map(uid => endpoint(uid))};
}

function sampled(outcome: Outcome, more: Partial<Sample> = {}): Event {
	return {type: 'sampled', id: 0, sample: {at: now, latencyMs: 3, outcome, podName: undefined, ownerUid: undefined, ...more}};
}

const version = (name: string): Outcome => ({kind: 'version', version: name, rule: 'auto:word'});

/** Two revisions, two pods of the first and one of the second, all behind the Service. */
function stateAfter(...events: readonly Event[]): State {
	const objects: readonly Event[] = [
		{type: 'listed', stream: 'workloads', items: [workload()], at: start},
		{type: 'listed', stream: 'revisions', items: [replicaSet('web-a', 1, 'app:v1'), replicaSet('web-b', 2, 'app:v2')], at: start},
		{type: 'listed', stream: 'pods', items: [pod('a1', 'web-a', true), pod('a2', 'web-a', true), pod('b1', 'web-b', true)], at: start},
		{type: 'listed', stream: 'services', items: [service()], at: start},
		{type: 'listed', stream: 'endpointslices', items: [slice('a1', 'a2', 'b1')], at: start},
	];
	return [...objects, ...events].reduce(reduce, initialState(target, now, 60));
}

describe('the rows of the mix', () => {
	it('put what was measured next to what the ready endpoints should give', () => {
		const answers = [
			sampled(version('v1'), {ownerUid: 'web-a'}),
			sampled(version('v1'), {ownerUid: 'web-a'}),
			sampled(version('v2'), {ownerUid: 'web-b'}),
			sampled(version('v1'), {ownerUid: 'web-a'}),
		];
		expect(mixView(stateAfter(started, ...answers)).rows).toMatchObject([
			{label: 'v1', count: 3, share: 0.75, expectedShare: 2 / 3, revision: 1, slot: 0},
			{label: 'v2', count: 1, share: 0.25, expectedShare: 1 / 3, revision: 2, slot: 1},
		]);
	});

	it('name a revision that should answer and never does', () => {
		expect(mixView(stateAfter(started, sampled(version('v1'), {ownerUid: 'web-a'}))).rows[1]).toMatchObject({
			label: 'rev 2',
			count: 0,
			share: 0,
			expectedShare: 1 / 3,
			slot: 1,
		});
	});

	it('name none where answers can’t be told by revision at all', () => {
		expect(mixView(stateAfter(started, sampled(version('v1')))).rows).toMatchObject([{label: 'v1', expectedShare: undefined}]);
	});

	it('expect nothing of a revision that no ready endpoint has', () => {
		const moved: Event = {type: 'changed', stream: 'endpointslices', changes: [{kind: 'observed', object: slice('a1')}], at: now};
		expect(mixView(stateAfter(started, moved, sampled(version('v2'), {ownerUid: 'web-b'}))).rows[0]).toMatchObject({label: 'v2', expectedShare: 0});
	});

	it('count answers under the new number of a ReplicaSet that an undo has used again', () => {
		const renumbered = replicaSet('web-a', 3, 'app:v1', {resourceVersion: '2', annotations: {'deployment.kubernetes.io/revision-history': '1'}});
		const undone: Event = {type: 'changed', stream: 'revisions', changes: [{kind: 'observed', object: renumbered}], at: now};
		expect(mixView(stateAfter(started, sampled(version('v1'), {ownerUid: 'web-a'}), undone)).rows[0]).toMatchObject({
			label: 'v1',
			revision: 3,
			expectedShare: 2 / 3,
		});
	});

	it.each<[reason: string, events: readonly Event[], row: object]>([
		[
			'with the pod',
			[sampled({kind: 'failure', reason: 'http-500', detail: 'oops'}, {podName: 'b1'})],
			{label: 'http-500', detail: '500 ×1 from b1', slot: -1},
		],
		[
			'with the worst pod and how many more',
			['b1', 'b1', 'a1'].map(podName => sampled({kind: 'failure', reason: 'http-500', detail: ''}, {podName})),
			{count: 3, detail: '500 ×3 from b1 and 1 more'},
		],
		[
			'in the words of what failed',
			[sampled({kind: 'failure', reason: 'refused', detail: 'ECONNREFUSED'})],
			{label: 'refused', detail: 'refused ×1: ECONNREFUSED'},
		],
		['by their number alone', [sampled({kind: 'failure', reason: 'timeout', detail: ''})], {detail: 'timeout ×1'}],
	])('tell failures by kind, %s', (_reason, events, row) => expect(mixView(stateAfter(started, ...events)).rows[0]).toMatchObject(row));
});

describe('the rule of the mix', () => {
	it('is said in words', () => {
		expect(mixView(stateAfter(started, sampled(version('v1')))).rule).toEqual({name: 'auto:word', text: 'version by a word in the body', tone: 'quiet'});
	});

	it('that found nothing is said loudly', () => {
		const view = mixView(stateAfter(started, sampled({kind: 'unrecognised', status: 200})));
		expect(view.rule).toEqual({name: undefined, text: 'the version rule matched none of 1 answers', tone: 'bad'});
		expect(view.rows[0]).toMatchObject({label: '?', kind: 'unrecognised', count: 1, slot: -2});
	});

	it('is marked where bodies alone were told apart', () => {
		expect(mixView(stateAfter(started, sampled({kind: 'version', version: 'A', rule: 'auto:body'}))).rule.tone).toBe('change');
	});

	it('is none before an answer', () => expect(mixView(stateAfter(started)).rule.text).toBe(''));
});

describe('the curl loop', () => {
	it('runs, stops, and keeps what it has measured', () => {
		const running = stateAfter(started, sampled(version('v1')));
		expect(mixView(running)).toMatchObject({mode: 'running', target: 'svc/web:80', route: 'service-proxy', intervalMs: 1000, samples: 1, latencyMs: {p50: 3}});
		expect(mixView(reduce(running, {type: 'sampler-stopped', at: now}))).toMatchObject({mode: 'stopped', samples: 1});
	});

	const refused = (second: number) => sampled({kind: 'failure', reason: 'refused', detail: ''}, {at: now + second * 1000});
	const outageTexts = (state: State) => state.timeline.filter(({kind}) => kind === 'outage').map(({text}) => text);

	it('counts no downtime while it was stopped: nobody knows whether it still failed', () => {
		const failing = stateAfter(started, refused(0), refused(2));
		expect(outageTexts(failing)).toEqual(['no answer for 2.0 s so far (2 × refused)']);
		const stopped = reduce(failing, {type: 'sampler-stopped', at: now + 3000});
		expect(outageTexts(stopped)).toEqual(['no answer for 2.0 s (2 × refused)']);
		const again = [{...started, at: now + 60_000}, sampled(version('v1'), {at: now + 60_000})].reduce(reduce, stopped);
		expect(mixView(again).downtime?.text).toBe('downtime 2.0 s in 1 outage, 2 failed of 3');
		expect(outageTexts(again)).toEqual(['no answer for 2.0 s (2 × refused)']);
	});

	it('leaves the outages of a target in the timeline when another one is asked instead', () => {
		const left = reduce(stateAfter(started, refused(0), refused(2)), {type: 'targets-left'});
		expect(outageTexts(left)).toEqual(['no answer for 2.0 s (2 × refused)']);
		const other: Event = {...started, target: 'svc/other', at: now + 3000} as Event;
		const both = [other, refused(4), sampled(version('v1'), {at: now + 5000})].reduce(reduce, left);
		expect(outageTexts(both)).toEqual(['no answer for 2.0 s (2 × refused)', '1 × refused']);
		expect(mixView(both).outages.map(({text}) => text)).toEqual(['1 × refused']);
	});

	it('that could not start says why until it starts', () => {
		const refused = stateAfter({type: 'sampler-refused', problem: 'no such port', at: now});
		expect(mixView(refused).offReason).toBe('no such port');
		expect(mixView(reduce(refused, started)).offReason).toBeUndefined();
	});

	it('measures over the window that was chosen', () => {
		const old = sampled(version('v1'), {at: now - 20_000});
		const state = stateAfter(started, old, sampled(version('v2')));
		expect(mixView(state).samples).toBe(2);
		expect(mixView(reduce(state, {type: 'window-changed', seconds: 10})).samples).toBe(1);
	});

	it('tells the first answer of a version in the timeline', () => {
		const kinds = stateAfter(started, sampled(version('v1')), sampled(version('v2'))).timeline.map(({kind}) => kind);
		expect(kinds).toContain('first-answer');
	});

	it('follows the endpoints as they come and go', () => {
		const gone: Event = {type: 'changed', stream: 'endpointslices', changes: [{kind: 'gone', uid: 'e'}], at: now};
		expect(mixView(stateAfter(started, gone, sampled(version('v1'), {ownerUid: 'web-a'}))).rows[0]?.expectedShare).toBeUndefined();
		const noService: Event = {type: 'changed', stream: 'services', changes: [{kind: 'gone', uid: 's'}], at: now};
		expect(mixView(stateAfter(noService)).offReason).toContain('no Service selects these pods');
	});
});

describe('several targets', () => {
	const canary: Event = {type: 'sampler-started', id: 1, target: 'svc/web/canary', route: 'service-proxy', intervalMs: 1000, traits: plainTraits, at: now};
	const pods: Event = {type: 'sampler-started', id: 2, target: 'pods:8080', route: 'pod-proxy', intervalMs: 1000, traits: plainTraits, at: now};
	const of = (id: number, event: Event): Event => ({...event, id}) as Event;

	it('are a line each, with one of them in full; single pods are no target of a mix', () => {
		const events = [started, canary, pods, sampled(version('v1')), of(1, sampled(version('v2'))), of(1, sampled(version('v2')))];
		const view = mixView(stateAfter(...events));
		expect(view.targets).toMatchObject([
			{id: 0, target: 'svc/web:80', chosen: true, samples: 1, rows: [{label: 'v1', count: 1}]},
			{id: 1, target: 'svc/web/canary', chosen: false, samples: 2, rows: [{label: 'v2', count: 2}]},
		]);
		const other = mixView(stateAfter(...events, {type: 'target-chosen', id: 1}));
		expect(other).toMatchObject({target: 'svc/web/canary', samples: 2, rows: [{label: 'v2'}]});
	});

	it('of which there is one need no line of their own', () => {
		expect(mixView(stateAfter(started, sampled(version('v1')))).targets).toEqual([]);
		expect(mixView(stateAfter(pods))).toMatchObject({mode: 'running', route: 'pod-proxy', rows: []});
	});

	it('say when less is sent than was asked for, and no more once that is over', () => {
		const slowed = stateAfter(started, {type: 'sampler-paced', id: 0, intervalMs: 4000, reason: 'it answers 429'});
		expect(mixView(slowed).pace).toBe('a request every 4 s instead of 1 s: it answers 429');
		expect(mixView(reduce(slowed, {type: 'sampler-paced', id: 0, intervalMs: 1000, reason: undefined})).pace).toBeUndefined();
		expect(mixView(reduce(slowed, {type: 'sampler-stopped', at: now})).pace).toBeUndefined();
	});

	it('say what one waits for that asks nothing yet', () => {
		const waiting = stateAfter(started, {type: 'sampler-paced', id: 0, intervalMs: 1000, reason: 'waits for the curl pod'});
		expect(mixView(waiting).pace).toBe('waits for the curl pod');
	});

	it('say it as a rate where they are asked more often than each second', () => {
		const slowed = stateAfter({...started, intervalMs: 5}, {type: 'sampler-paced', id: 0, intervalMs: 7.2, reason: 'why'});
		expect(mixView(slowed).pace).toBe('asked 139 times a second instead of 200: why');
	});
});

describe('the verdict on the shares', () => {
	const answer = (second: number, name: string, ownerUid: string): Event => ({
		type: 'sampled',
		id: 0,
		sample: {at: now + second * 1000, latencyMs: 3, outcome: version(name), podName: undefined, ownerUid},
	});
	const uidOf = (state: State, name: string) => [...state.replicaSets.values()].find(replicaSet => replicaSet.name === name)?.uid ?? '';
	/** Second by second, as the clock ticks; `turn` says which ReplicaSet answers. */
	function watched(seconds: number, turn: (second: number) => 'web-a' | 'web-b', changes: ReadonlyMap<number, Event> = new Map()): State {
		let state = stateAfter(started);
		for (let second = 1; second <= seconds; second += 1) {
			const change = changes.get(second);
			if (change !== undefined) state = reduce(state, change);
			const name = turn(second);
			state = reduce(reduce(state, answer(second, name === 'web-a' ? 'v1' : 'v2', uidOf(state, name))), {type: 'ticked', at: now + second * 1000});
		}
		return state;
	}

	it('is withheld at first, and good where each revision gets its share', () => {
		const fair = (second: number) => (second % 3 === 0 ? 'web-b' : 'web-a');
		expect(mixView(watched(5, fair)).verdict).toEqual({tone: 'quiet', text: expect.stringMatching(/^too few answers yet/)});
		expect(mixView(watched(120, fair)).verdict).toEqual({tone: 'good', text: 'as expected'});
	});

	it('names the version that gets more or less than its ready endpoints', () => {
		const {verdict} = mixView(watched(300, () => 'web-a'));
		expect(verdict?.tone).toBe('bad');
		expect(verdict?.text).toMatch(/^(more v1|less (v2|revision 2)) than its share \(p<0\.0+1\)$/);
	});

	it('compares answers with the endpoints of their time, not with those of now', () => {
		// For five minutes only the old one is ready, then only the new one: each time exactly it answers.
		const listed = (at: number, ...podUids: readonly string[]): Event => ({
			type: 'listed',
			stream: 'endpointslices',
			items: [slice(...podUids)],
			at: now + at * 1000,
		});
		const changes = new Map([
			[1, listed(1, 'a1', 'a2')],
			[150, listed(150, 'b1')],
		]);
		const state = watched(300, second => (second < 150 ? 'web-a' : 'web-b'), changes);
		expect(mixView(state).verdict).toEqual({tone: 'good', text: 'as expected'});
		const rows = mixView(reduce(state, {type: 'window-changed', seconds: 300})).rows;
		for (const {share, expectedShare} of rows) expect(expectedShare).toBeCloseTo(share, 2);
		expect(rows.map(({expectedShare}) => expectedShare)).toEqual([expect.closeTo(0.5, 1), expect.closeTo(0.5, 1)]);
	});

	it('does not stand over rows that say otherwise: what is over is told as such', () => {
		// Two minutes of nothing but v1, then each its share for long enough that nobody is suspected any more.
		const state = watched(500, second => (second < 120 ? 'web-a' : second % 3 === 0 ? 'web-b' : 'web-a'));
		const whole = mixView(reduce(state, {type: 'window-changed', seconds: 600}));
		expect(whole.verdict).toEqual({tone: 'quiet', text: 'as expected now, but not in all of the last 600 s'});
		expect(mixView(state).verdict).toEqual({tone: 'good', text: 'as expected'});
	});

	it('is not given without endpoints to compare with', () => {
		const lost: Event = {type: 'stream-changed', stream: 'endpointslices', condition: {kind: 'lost', since: now + 1000, reason: 'EOF', retryAt: undefined}};
		expect(mixView(watched(60, () => 'web-a', new Map([[1, lost]]))).verdict?.text).toContain('no expectation');
	});
});

describe('failed requests', () => {
	const failed = (ms: number, podName?: string): Event => ({
		type: 'sampled',
		id: 0,
		sample: {at: now + ms, latencyMs: 5, outcome: {kind: 'failure', reason: 'http-502', detail: ''}, podName, ownerUid: undefined},
	});
	const good = (ms: number): Event => ({
		type: 'sampled',
		id: 0,
		sample: {at: now + ms, latencyMs: 5, outcome: version('v1'), podName: undefined, ownerUid: undefined},
	});
	const lines = (state: State) => state.timeline.filter(({kind}) => kind === 'outage').map(({text}) => text);

	it('close to one another are one line of the timeline, which grows in its place, and one of the panel', () => {
		const one = stateAfter(started, good(0), failed(200));
		expect(lines(one)).toEqual(['1 × 502']);
		const three = [failed(700), failed(1200), good(1700)].reduce(reduce, one);
		expect(lines(three)).toEqual(['3 × 502 within 1.0 s']);
		const view = mixView(three);
		expect(view.outages).toEqual([{at: now + 200, tone: 'bad', text: '3 × 502 within 1.0 s'}]);
		expect(view.downtime).toEqual({tone: 'bad', text: expect.stringMatching(/^downtime 1\.5 s in 1 outage, 3 failed of 5$/)});
		expect(mixView(stateAfter(started, good(0))).downtime).toEqual({tone: 'quiet', text: 'no failed request in 1'});
	});

	it('are joined with what happened to the pod, also when that is heard of later', () => {
		const pods = stateAfter(started, good(0), failed(200, 'a1'));
		const leaving = pod('a1', 'web-a', true, {resourceVersion: '9', deletedAt: now + 100});
		const told = [{type: 'changed', stream: 'pods', changes: [{kind: 'observed', object: leaving}], at: now + 600} as Event, good(1200)].reduce(reduce, pods);
		expect(lines(pods)).toEqual(['1 × 502 from a1']);
		expect(lines(told)).toHaveLength(1);
		expect(lines(told)[0]).toMatch(/^1 × 502.* a1 was (seen )?terminating$/);
	});
});

describe('who answers', () => {
	const byPod = (index: number, name: string, podName: string, ownerUid: string): Event => ({
		type: 'sampled',
		id: 0,
		sample: {at: now + 10_000 + index * 100, latencyMs: 3, outcome: version(name), podName, ownerUid},
	});
	const later = {type: 'ticked', at: now + 25_000} as const;
	const remarks = (...events: readonly Event[]) => mixView(stateAfter(started, ...events, later)).remarks.map(({text}) => text);

	it('is said where it is always the same one of several, with the likeliest cause', () => {
		const pinned: Event = {...started, traits: {...plainTraits, keepsConnections: true}} as Event;
		const answers = Array.from({length: 60}, (_, index) => byPod(index, 'v1', 'a1', 'web-a'));
		const [first] = mixView(stateAfter(pinned, ...answers, later)).remarks;
		expect(first?.text).toMatch(/^all 60 answers come from one pod \(a1\) although 3 pods share the traffic: the connection is kept alive/);
	});

	it('names a ready pod that gets nothing', () => {
		const answers = Array.from({length: 80}, (_, index) => byPod(index, 'v1', index % 2 === 0 ? 'a1' : 'a2', 'web-a'));
		expect(remarks(...answers)).toContain('b1 is ready but has given none of 80 answers');
	});

	it('blames no pod of several Services that declared weights share the requests out over: equal parts are not what it is to get', () => {
		const answers = Array.from({length: 80}, (_, index) => byPod(index, 'v1', index % 2 === 0 ? 'a1' : 'a2', 'web-a'));
		const silent = (...weights: readonly [string, number][]) => {
			const traits = {...plainTraits, weights: weights.map(([name, weight]) => ({service: name, weight}))};
			const asked: Event = {...started, target: 'http://shop/', route: 'url', traits} as Event;
			return mixView(stateAfter(asked, ...answers, later)).remarks.filter(({text}) => text.includes('ready but'));
		};
		expect(silent(['stable', 95], ['web', 5])).toEqual([]);
		expect(silent(['stable', 100], ['web', 0])).toEqual([]);
		expect(silent(['stable', 0], ['web', 100])).toHaveLength(1);
	});

	it('compares the later made one with the other where two Deployments answer: their revisions are no common count', () => {
		const stable = replicaSet('stable-a', 7, 'app:v1', {ownerUid: 'stable', createdAt: start});
		const canary = replicaSet('canary-a', 1, 'app:v2', {ownerUid: 'canary', createdAt: start + 60_000});
		const both: Event = {type: 'listed', stream: 'revisions', items: [stable, canary], at: start};
		const failed = sampled({kind: 'failure', reason: 'http-500', detail: ''}, {ownerUid: 'canary-a'});
		const answers = Array.from({length: 40}, () => sampled(version('v1'), {ownerUid: 'stable-a'}));
		const state = stateAfter(both, started, ...answers, sampled(version('v2'), {ownerUid: 'canary-a'}), ...Array.from({length: 9}, () => failed));
		expect(mixView(state).remarks).toContainEqual({tone: 'bad', text: 'v2 fails 9 of 10 requests, v1 none'});
	});

	it('is nothing to tell of where each gets its part', () => {
		const pods = ['a1', 'a2', 'b1'] as const;
		const answers = Array.from({length: 90}, (_, index) => {
			const podName = pods[index % 3] ?? 'a1';
			return byPod(index, podName === 'b1' ? 'v2' : 'v1', podName, podName === 'b1' ? 'web-b' : 'web-a');
		});
		expect(remarks(...answers).filter(text => /ready but|come from one|only .* fails/.test(text))).toEqual([]);
	});
});

describe('all since the first request', () => {
	it('is counted by version however short the window is', () => {
		const early: Event = {type: 'sampled', id: 0, sample: {at: now - 900_000, latencyMs: 3, outcome: version('v0'), podName: undefined, ownerUid: undefined}};
		const {total, rows} = mixView(stateAfter(started, early, sampled(version('v1')), sampled(version('v1'))));
		expect(rows.map(({label}) => label)).toEqual(['v1']);
		expect(total).toMatchObject({
			since: now - 900_000,
			rows: [
				{label: 'v0', count: 1},
				{label: 'v1', count: 2},
			],
		});
	});
});

describe('declared weights', () => {
	it('are what answers are compared with, not the number of endpoints', () => {
		const weights = [{service: 'web', weight: 100}];
		const weighted: Event = {...started, traits: {...plainTraits, weights}} as Event;
		const state = stateAfter(weighted, sampled(version('v1'), {ownerUid: 'web-a'}));
		expect(mixView(state).rows[0]?.expectedShare).toBeCloseTo(2 / 3);
		const unknown: Event = {...started, traits: {...plainTraits, weights: [...weights, {service: 'canary', weight: 5}]}} as Event;
		expect(mixView(stateAfter(unknown, sampled(version('v1'), {ownerUid: 'web-a'}))).rows[0]?.expectedShare).toBeUndefined();
	});
});

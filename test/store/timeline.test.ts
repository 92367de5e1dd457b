import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {TimelineEntry} from '../../src/domain/timeline-entry.ts';
import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import type {RolloutView} from '../../src/store/views.ts';
import {type Delays, lastOf, replay, type Scenario, type Step, scenarios} from './replay.ts';

/** What the screen says in its order while a recording is replayed, and what its timeline tells in the end. */

function clock(at: number): string {
	return new Date(at).toISOString().slice(11, 23);
}

/** The rollout panel after each event, equal neighbours once. */
function shown(steps: readonly Step[]): readonly {readonly at: number; readonly rollout: RolloutView}[] {
	const view = createScreenView();
	const all = steps.flatMap(({at, state}) => {
		const {rollout} = view(state);
		return rollout === undefined ? [] : [{at, rollout}];
	});
	return all.filter(({rollout}, index) => rollout !== all[index - 1]?.rollout);
}

/** The phases with the time of their beginning. */
function phases(steps: readonly Step[]): readonly string[] {
	const all = shown(steps);
	return all.filter(({rollout}, index) => rollout.phase !== all[index - 1]?.rollout.phase).map(({at, rollout}) => `${clock(at)} ${rollout.phase}`);
}

function timelineOf(steps: readonly Step[]): readonly TimelineEntry[] {
	return lastOf(steps).timeline;
}

function linesAbout(steps: readonly Step[], subject: string | undefined): readonly string[] {
	return timelineOf(steps)
		.filter(entry => entry.subject === subject)
		.map(({at, text}) => `${clock(at)} ${text}`);
}

describe('the phase through a recording', () => {
	it.each<[scenario: Scenario, reason: string, expected: readonly string[]]>([
		['create', 'from nothing to three available pods', ['02:27:03.530 progressing', '02:27:14.015 complete']],
		['roll-v2', 'kubectl is done at 02:28:01, the last old pod 31 s later', ['02:27:26.137 complete', '02:27:29.496 progressing', '02:28:32.202 complete']],
		['undo', 'a blocked v3 is no failure, and the undo is done when its pod is gone', ['02:29:57.918 progressing', '02:30:30.205 complete']],
		['bad-image', 'an image that can’t be pulled is waited for', ['02:30:47.448 complete', '02:30:50.478 progressing', '02:32:08.045 complete']],
		['crash', 'a crash loop is waited for', ['02:32:17.014 complete', '02:32:18.394 progressing', '02:33:50.226 complete']],
		[
			'deadline',
			'stalled only until the undo, though the cluster still says so then',
			[
				'02:33:57.852 complete',
				'02:33:59.853 progressing',
				'02:33:59.863 complete',
				'02:34:00.149 progressing',
				'02:34:21.009 stalled',
				'02:34:21.322 progressing',
				'02:34:51.592 complete',
			],
		],
		['recreate-testpage', 'both old pods end before the first new one', ['02:47:43.095 complete', '02:47:44.442 progressing', '02:47:46.753 complete']],
	])('%s: %s', (scenario, _reason, expected) => expect(phases(replay(scenario))).toEqual(expected));
});

describe('what the screen says', () => {
	it('names the probe that blocks v3, and the way back', () => {
		const blocked = shown(replay('undo')).find(({rollout}) => rollout.notes.length > 1);
		expect(blocked?.rollout).toMatchObject({
			phase: 'progressing',
			message: 'Waiting for deployment "kubia" rollout to finish: 1 out of 3 new replicas have been updated...',
		});
		expect(blocked?.rollout.notes.map(({text}) => text)).toEqual([
			'kubia-7db74498c-hd7tq is not ready: readiness probe GET :8080/ has not succeeded yet, for 61s → read its log (l)',
			'It may still recover. Deadline in 8m54s. → u undo to revision 2   p pause',
			'May run 4, must keep 3 available; now waits for hd7tq to be ready for 10s.',
		]);
	});

	it('says what the probe was answered once its events come', () => {
		const texts = shown(replay('deadline')).flatMap(({rollout}) => rollout.notes.map(({text}) => text));
		expect(texts).toContain(
			'kubia-7db74498c-jvvx8 is not ready: readiness probe GET :8080/ answered 500 (18 times in 16s) after it had been ready → read its log (l); check what the probe asks',
		);
		expect(texts).toContain('It may still recover. The deadline has passed; the controller is about to say so. → u undo to revision 8   p pause');
		expect(texts).toContain('The rollout has stalled. → u undo to revision 8   p pause');
	});

	it('calls an exceeded deadline the earlier template’s right after the undo, while kubectl’s own line stays as it is', () => {
		const [stalled, ...after] = shown(replay('deadline')).filter(({at}) => at >= Date.parse('2026-11-21T02:34:21.009Z'));
		expect(stalled?.rollout).toMatchObject({
			word: 'STALLED',
			tone: 'bad',
			message: 'deployment "kubia" exceeded its progress deadline',
		});
		expect(after[0]?.rollout).toMatchObject({word: 'PROGRESSING', notes: [{text: expect.stringContaining('of the earlier template')}]});
		expect(after.map(({rollout}) => rollout.tone)).not.toContain('bad');
	});

	it('says that old pods are still terminating for the half minute after kubectl is done', () => {
		const done = shown(replay('roll-v2')).filter(
			({at, rollout}) => rollout.message.endsWith('successfully rolled out') && at > Date.parse('2026-11-21T02:27:29Z'),
		);
		const waiting = done.filter(({rollout}) => rollout.phase === 'progressing');
		expect(waiting.map(({rollout}) => rollout.notes[0]?.text).filter((text, index, texts) => text !== texts[index - 1])).toEqual([
			'All new pods are available; 3 old pods still terminating.',
			'All new pods are available; 2 old pods still terminating.',
			'All new pods are available; 1 old pod still terminating.',
		]);
		const [first, last] = [done[0]?.at ?? 0, done.at(-1)?.at ?? 0];
		expect(Math.round((last - first) / 1000)).toBe(31);
	});

	it('says what keeps the image from being pulled, once, however often it is tried', () => {
		const notes = shown(replay('bad-image')).flatMap(({rollout}) =>
			rollout.notes.filter(({tone}) => tone === 'bad').map(({text}) => text.replace(/, for .*/, '')),
		);
		expect([...new Set(notes.filter(text => text.startsWith('kubia')))]).toEqual(["kubia-98f4f879c-frmrq can't pull image luksa/kubia:v9: not found"]);
	});

	it('says how a container ends that crashes again and again', () => {
		const texts = shown(replay('crash')).flatMap(({rollout}) => rollout.notes.map(({text}) => text));
		expect(texts).toContain(
			'kubia-6b74d78987-sddm7 container nodejs crashes again and again: exit code 1, 1s after its start (2 restarts), for 15s → read its log (l)',
		);
	});

	it('is never complete while a pod of an old revision runs, whichever watch is late', () => {
		fc.assert(
			fc.property(fc.constantFrom<Scenario>('roll-v2', 'undo', 'bad-image', 'crash'), delays(), (scenario, late) => {
				const view = createScreenView();
				for (const {state} of replay(scenario, late)) {
					const {rollout, pods} = view(state);
					const running = pods.filter(pod => !pod.isNew && pod.status !== 'Error' && pod.status !== 'ContainerStatusUnknown');
					if (rollout?.phase === 'complete') expect(running).toEqual([]);
				}
			}),
			{numRuns: 40},
		);
	});
});

/** Up to a second and a half for each of the watches. */
function delays(): fc.Arbitrary<Delays> {
	const late = fc.integer({min: 0, max: 1500});
	return fc.record({workloads: late, revisions: late, pods: late, events: late});
}

describe('the timeline of a recording', () => {
	it('tells a new pod’s life in its order, with the times of the cluster', () => {
		expect(linesAbout(replay('roll-v2'), 'kubia-74cc8fb6f4-khtl6')).toEqual([
			'02:27:40.069 created',
			'02:27:40.069 scheduled to node-1',
			'02:27:40.802 running but not ready',
			'02:27:40.839 ready',
			'02:27:50.000 available',
		]);
	});

	it('tells an old pod’s end', () => {
		expect(linesAbout(replay('roll-v2'), 'kubia-776c96d4cc-v4dtv')).toEqual(['02:27:40.042 terminating', '02:28:10.878 gone']);
	});

	it.each<[scenario: Scenario, reason: string, expected: readonly string[]]>([
		['create', 'the first revision', ['revision 1 began: image luksa/kubia:v1', 'revision 1 is rolled out: 3 available']],
		['roll-v2', 'a new image', ['revision 2 began: image luksa/kubia:v1 → v2', 'revision 2 is rolled out: 3 available']],
		[
			'undo',
			'the old ReplicaSet gets a new number',
			['rolled back to revision 2: image luksa/kubia:v3 → v2', 'revision 4 began: image luksa/kubia:v3 → v2', 'revision 4 is rolled out: 3 available'],
		],
		[
			'crash',
			'a ReplicaSet that was seen before the change it was made for is no roll-back',
			[
				'revision 7 began: image luksa/kubia:v2 → crash:1',
				'cannot succeed: every new pod crashes: exit code 1, 1s after its start',
				'rolled back to revision 6: image crash:1 → luksa/kubia:v2',
				'revision 8 began: image crash:1 → luksa/kubia:v2',
				'revision 8 is rolled out: 3 available',
			],
		],
		[
			'deadline',
			'a changed deadline rolls nothing out; v3 comes back under its old template',
			[
				'rolled back to revision 3: image luksa/kubia:v2 → v3',
				'revision 9 began: image luksa/kubia:v2 → v3',
				'stalled: the progress deadline is exceeded',
				'rolled back to revision 8: image luksa/kubia:v3 → v2',
				'revision 10 began: image luksa/kubia:v3 → v2',
				'revision 10 is rolled out: 3 available',
			],
		],
		['scale', 'fewer replicas roll nothing out', ['scaled from 3 to 5 replicas', 'revision 11 is rolled out: 5 available', 'scaled from 5 to 3 replicas']],
		['recreate-testpage', 'strategy Recreate', ['revision 2 began: image testpage:0.7 → 0.8', 'revision 2 is rolled out: 2 available']],
	])('tells of the workload in %s: %s', (scenario, _reason, expected) => {
		expect(linesAbout(replay(scenario), undefined).map(line => line.slice(13))).toEqual(expected);
	});

	it('tells of an image that can’t be pulled in one line, though the pod says ErrImagePull and ImagePullBackOff by turns', () => {
		const entries = timelineOf(replay('bad-image')).filter(({subject}) => subject === 'kubia-98f4f879c-frmrq');
		expect(entries.filter(({kind}) => kind === 'waiting').map(({text}) => text)).toEqual(['ErrImagePull: not found']);
		expect(entries.filter(({kind}) => kind === 'pulling')).toMatchObject([{text: 'pulling image "luksa/kubia:v9"', count: 3}]);
	});

	it('counts the restarts of a crashing container, with how it ended', () => {
		const restarts = timelineOf(replay('crash')).filter(({kind}) => kind === 'restarted');
		expect(restarts.map(({text}) => text)).toEqual([1, 2, 3].map(count => `restarted after exit code 1 (${count} so far)`));
	});

	it('says why a pod became unready', () => {
		expect(linesAbout(replay('deadline'), 'kubia-7db74498c-jvvx8')).toContain('02:34:06.712 became unready: HTTP probe failed with statuscode: 500');
	});

	it.each(scenarios)('is in the order of its times, and says each thing once, in %s', scenario => {
		const entries = timelineOf(replay(scenario));
		expect(entries.map(({at}) => at)).toEqual(entries.map(({at}) => at).toSorted((left, right) => left - right));
		const oneTime = entries.filter(({kind}) => ['created', 'scheduled', 'available', 'terminating', 'gone'].includes(kind));
		expect(new Set(oneTime.map(({subject, kind}) => `${subject} ${kind}`)).size).toBe(oneTime.length);
		for (const {count} of oneTime) expect(count).toBe(1);
	});

	it('tells the same of revisions and roll-backs, whichever watch is late', () => {
		const told = (steps: readonly Step[]) =>
			timelineOf(steps)
				.filter(({kind}) => kind === 'revision-began' || kind === 'rolled-back')
				.map(({text}) => text)
				.sort();
		fc.assert(
			fc.property(fc.constantFrom(...scenarios.filter(name => name !== 'create')), delays(), (scenario, late) => {
				expect(told(replay(scenario, late))).toEqual(told(replay(scenario)));
			}),
			{numRuns: 60},
		);
	});
});

describe('a program that comes late', () => {
	it.each(scenarios)('sees at the end of %s what one saw that watched all the time', scenario => {
		const end = lastOf(replay(scenario));
		const {rollout, pods, replicaSets} = createScreenView()(end);
		// Everything is listed at once in the end, which is what the maps hold.
		const late = createScreenView()({
			...end,
			workloads: new Map(Array.from(end.workloads, ([name, followed]) => [name, {...followed, rollout: undefined}])),
			timeline: [],
		});
		expect({pods: late.pods, replicaSets: late.replicaSets}).toEqual({pods, replicaSets});
		expect(late.rollout).toMatchObject({phase: rollout?.phase, message: rollout?.message, lanes: rollout?.lanes});
	});
});

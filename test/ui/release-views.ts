import type {ConfirmView} from '../../src/store/confirm-views.ts';
import type {ReleaseStepsView} from '../../src/store/release-views.ts';
import type {RolloutView, ScreenView} from '../../src/store/views.ts';
import {at, blocked, entry, mix, mixRow, pod, undoConfirm} from './views.ts';

/** Views of rollouts that go by steps, as the selectors make them. */

const texts = ['setWeight: 20', 'pause', 'setWeight: 60', 'pause: 10s'] as const;
const weights = ['20%', undefined, '60%', undefined] as const;
const pauses = [undefined, 'a person', undefined, '10s'] as const;

/** Four steps, with the given one (1-based) current. */
export function stepsAt(current: number, change: Partial<ReleaseStepsView> = {}): ReleaseStepsView {
	return {
		rows: texts.map((text, index) => ({
			number: index + 1,
			text,
			weight: weights[index],
			pods: undefined,
			pause: pauses[index],
			state: index + 1 < current ? 'done' : index + 1 === current ? 'current' : 'left',
		})),
		current,
		active: true,
		waitsForPerson: false,
		wait: undefined,
		weights: {set: 20, actual: 20, measured: 18},
		checks: [],
		...change,
	};
}

const paused: RolloutView = {
	phase: 'paused',
	word: 'WAITS FOR YOU',
	tone: 'change',
	busy: false,
	message: 'Paused - CanaryPauseStep',
	steps: stepsAt(2, {waitsForPerson: true, wait: {text: 'waits for you: n continues', brief: 'n continues'}}),
	lanes: [
		{label: 'new', filled: 1, whole: 5, text: '1/5 updated · 1 ready · 1 available'},
		{label: 'old', filled: 4, whole: 5, text: '4/5 left · 0 terminating'},
	],
	surge: {used: 0, allowed: 2},
	unavailable: {used: 0, allowed: 0},
	elapsed: '48s',
	notes: [],
};

/** An Argo Rollout at a step that waits for a person. */
export const waiting: ScreenView = {
	...blocked,
	isStuck: false,
	header: {
		...blocked.header,
		target: 'rollout/canary-demo',
		images: {from: 'barnett/canarydemo:v1', to: 'barnett/canarydemo:v2'},
		revision: {from: 1, to: 2},
		changeCause: undefined,
	},
	rollout: paused,
	abilities: {resume: 'not paused; nothing to resume', retry: 'not aborted', 'set-partition': 'a Rollout can’t be given a partition'},
	replicaSets: [
		{name: 'canary-demo-7d9f5b', revision: 2, current: true, desired: 1, currentReplicas: 1, ready: 1, age: '48s'},
		{name: 'canary-demo-5c8d7f', revision: 1, current: false, desired: 4, currentReplicas: 4, ready: 4, age: '12m'},
	],
	pods: ['a', 'b', 'c', 'd', 'e'].map((end, index) =>
		pod({name: `canary-demo-${index === 0 ? '7d9f5b' : '5c8d7f'}-${end}`, revision: index === 0 ? 2 : 1, isNew: index === 0}),
	),
	mix: {
		...mix,
		target: 'svc/canary-demo',
		rows: [
			mixRow({label: 'v1', count: 49, share: 49 / 60, expectedShare: 5 / 6, declaredShare: 0.8, interval: {low: 0.7, high: 0.89}, revision: 1, slot: 0}),
			mixRow({label: 'v2', count: 11, share: 11 / 60, expectedShare: 1 / 6, declaredShare: 0.2, interval: {low: 0.11, high: 0.3}, revision: 2, slot: 1}),
		],
		downtime: undefined,
	},
	timeline: [entry(48, 'revision-began', 'change', 'revision 2 began: image barnett/canarydemo:v1 → v2')],
};

/** The same in the middle of a pause that ends by itself. */
export const timed: ScreenView = {
	...waiting,
	rollout: {
		...paused,
		word: 'PAUSED',
		steps: stepsAt(4, {wait: {text: 'until 14:03:32', brief: 'until 14:03:32'}, weights: {set: 60, actual: 60, measured: undefined}}),
	},
	header: {...waiting.header, clock: {at, seconds: false}},
};

/** Aborted: back on the old version, with the new template. */
export const aborted: ScreenView = {
	...waiting,
	rollout: {
		...paused,
		phase: 'stalled',
		word: 'ABORTED',
		tone: 'bad',
		message: 'Degraded - RolloutAborted: Rollout aborted update to revision 2',
		steps: stepsAt(1, {weights: {set: 0, actual: 0, measured: 0}, checks: [{tone: 'bad', text: 'success-rate: Failed (result[0] < 0.95)'}]}),
		notes: [{tone: 'bad', text: 'Aborted is not rolled back: the template is still the new one. A tries it again, u goes back.'}],
	},
	abilities: {
		'set-partition': 'a Rollout can’t be given a partition',
		resume: 'not paused; nothing to resume',
		abort: 'already aborted',
		continue: 'aborted; A retries it',
	},
};

/** A Deployment that OpenKruise releases: steps with pods and traffic, any of which one may go to. */
export const kruise: ScreenView = {
	...waiting,
	header: {...waiting.header, target: 'rollout/canary-demo › deploy/canary-demo'},
	rollout: {
		...paused,
		steps: {
			...stepsAt(1, {waitsForPerson: true, wait: {text: 'waits for you: n continues', brief: 'n continues'}}),
			rows: [
				{number: 1, text: '20% of pods, 20% of traffic', weight: '20%', pods: '20%', pause: 'a person', state: 'current'},
				{number: 2, text: '90% of pods, 90% of traffic', weight: '90%', pods: '90%', pause: 'a person', state: 'left'},
				{number: 3, text: '100% of pods', weight: '100%', pods: '100%', pause: undefined, state: 'left'},
			],
		},
	},
};

/** What n asks. */
export const continueConfirm: ConfirmView = {
	...undoConfirm,
	command: {kind: 'continue'},
	title: 'Continue the rollout of canary-demo?',
	object: 'rollout.argoproj.io/canary-demo',
	changes: [
		{label: 'step', from: '2 of 4 (pause)', to: '3 of 4 (setWeight: 60)'},
		{label: 'weight', from: '20%', to: '60%'},
	],
	keeps: [],
	facts: ['1 of 5 pods is of revision 2, 4 of revision 1.', 'Measured: v2 answered 18% of 60 requests, none failed.'],
	notes: ['The rollout goes on at once.'],
	kubectl: 'kubectl argo rollouts promote canary-demo --context=staging --namespace=web',
};

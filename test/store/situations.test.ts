import {expect, it} from 'vitest';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {rolloutFacts} from '../../src/store/selectors/rollout-facts.ts';
import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import type {State} from '../../src/store/state.ts';
import {focused} from '../../src/store/workload-state.ts';
import {situationState} from './situation-state.ts';

function said(state: State): readonly string[] {
	return rolloutFacts(focused(state), state.now)?.findings.map(({kind, message}) => `${kind}: ${message}`) ?? [];
}

const isReady = 'min-ready-seconds: is ready and has to stay so for 60s (minReadySeconds)';

it.each<[situation: string, reason: string, said: readonly string[]]>([
	['min-ready-seconds', 'its old pods, ready for 3s, were made without minReadySeconds and are available', [isReady]],
	[
		'old-pods-unhealthy',
		'its controllers count all that are left as available',
		[
			"image-not-found: can't pull image registry.example/shop/testpage:9.9: not found",
			'too-few-available: may not end another old pod: 2 available, 2 must stay so (surge 0, maxUnavailable 1)',
		],
	],
])('says of %s all that holds it up, as the API counts: %s', (situation, _reason, sentences) => {
	expect(said(situationState(situation))).toEqual(sentences);
});

it('tells when a pod is available by what its own ReplicaSet was made with', () => {
	const state = situationState('min-ready-seconds');
	const tick = (current: State, seconds: number) => reduce(current, {type: 'ticked', at: state.now + seconds * 1000} satisfies Event);
	const later = Array.from({length: 13}, (_, index) => (index + 1) * 5).reduce(tick, state);
	const available = later.timeline.filter(({kind}) => kind === 'available').map(({subject}) => subject);
	// The new one, after a minute; the old ones have been so all along.
	expect(available).toEqual([expect.stringContaining('shop-587b5ff4d4')]);
});

it.each<[situation: string, isStuck: boolean]>([
	['crash-exit-code', true],
	['image-not-found', true],
	['readiness-500', true],
	['readiness-in-grace', false],
	['min-ready-seconds', false],
	['image-slow', false],
	['scaled-to-zero', false],
])('%s is something to ask why about: %s, second after second', (situation, isStuck) => {
	const state = situationState(situation);
	const view = createScreenView();
	const seconds = Array.from({length: 20}, (_, second) => reduce(state, {type: 'ticked', at: state.now + second * 1000}));
	expect(new Set(seconds.map(each => view(each).isStuck))).toEqual(new Set([isStuck]));
});

import {describe, expect, it} from 'vitest';
import {endingOf, snapshotEnding} from '../../src/app/ending.ts';
import type {RolloutFacts} from '../../src/store/selectors/rollout-facts.ts';
import {initialState} from '../../src/store/state.ts';
import {focused, type WorkloadState} from '../../src/store/workload-state.ts';

const state = focused(initialState({context: 'c', server: 'https://s', namespace: 'n', kind: 'Deployment', name: 'd'}, 0, 60));
const facts = (phase: RolloutFacts['phase']) => ({phase}) as RolloutFacts;
const complete = facts({phase: 'complete'});
const progressing = facts({phase: 'progressing', waitingFor: {kind: 'termination', old: 1}, staleDeadline: false});
const paused = facts({phase: 'paused', waitingFor: undefined, since: undefined, deadlineExceeded: false});
const stalled = facts({phase: 'stalled', waitingFor: undefined, since: undefined});
const seen: WorkloadState['rollout'] = {startedAt: 1, fromRevision: 1, fromImages: [], rolledBack: true};

describe('endingOf', () => {
	it('goes on while old pods still terminate, though kubectl would be done', () => {
		expect(endingOf(state, progressing)).toBeUndefined();
	});

	it('goes on before the workload was seen', () => {
		expect(endingOf(state, undefined)).toBeUndefined();
	});

	it.each([
		[complete, 'complete'],
		[stalled, 'failed'],
		[paused, 'paused'],
	] as const)('ends with the phase', (phase, ending) => {
		expect(endingOf(state, phase)).toBe(ending);
	});

	it('says superseded when the rollout that was watched is not the one that completed', () => {
		expect(endingOf({...state, rollout: seen}, complete)).toBe('superseded');
	});

	it('says not found when the workload was deleted, whatever was known of it', () => {
		expect(endingOf({...state, gone: true}, complete)).toBe('notFound');
	});
});

describe('snapshotEnding', () => {
	it('takes a rollout that goes on for a snapshot well taken', () => {
		expect([complete, progressing, paused, stalled].map(snapshotEnding)).toEqual(['complete', 'complete', 'paused', 'failed']);
	});
});

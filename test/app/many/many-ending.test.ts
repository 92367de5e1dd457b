import fc from 'fast-check';
import {expect, it} from 'vitest';
import {manyEnding, manySnapshotEnding} from '../../../src/app/many/many-ending.ts';
import type {Ending} from '../../../src/cli/exit-code.ts';
import type {PhaseName} from '../../../src/store/views.ts';
import {row} from './rows.ts';

const rows = (...phases: readonly (PhaseName | undefined)[]) => phases.map((phase, index) => row(`w${index}`, {phase}));

type Case = readonly [readonly (PhaseName | undefined)[], 'complete' | 'stalled' | 'paused' | undefined, Ending | undefined, string];

it.each([
	[['complete', 'complete'], undefined, 'complete', 'all are done'],
	[['complete', 'progressing'], undefined, undefined, 'one goes on'],
	[['stalled', 'progressing'], undefined, undefined, 'all are waited for, whatever one of them came to'],
	[['stalled', 'paused', 'complete'], undefined, 'failed', 'the worst counts'],
	[['paused', 'complete'], undefined, 'paused', 'paused is worse than complete'],
	[['complete', undefined], undefined, 'notFound', 'one that was named is gone'],
	[['stalled', undefined], undefined, 'failed', 'failed is worse than gone'],
	[['stalled', 'complete'], 'complete', undefined, 'a stalled one may still come to it'],
	[['paused', 'complete'], 'complete', undefined, 'a paused one, too'],
	[['complete', 'complete'], 'complete', 'complete', 'all have come to it'],
	[['complete', undefined], 'complete', 'notFound', 'one that was named can’t come to it any more'],
	[['progressing', 'stalled'], 'stalled', 'failed', 'one is enough where something else than complete is wanted'],
	[['progressing', 'paused'], 'paused', 'paused', 'the same for paused'],
	[[undefined], undefined, 'notFound', 'nothing is left'],
	[[], 'complete', 'notFound', 'nothing is left of what matched'],
] as readonly Case[])('%j until %s is %s: %s', (phases, wanted, ending) => {
	expect(manyEnding(rows(...phases), wanted)).toBe(ending);
});

const phase = fc.constantFrom<PhaseName | undefined>('complete', 'progressing', 'stalled', 'paused', undefined);
const badness = ['complete', 'paused', 'notFound', 'failed'];

it('never gets better by one workload more, and does not depend on their order', () => {
	fc.assert(
		fc.property(fc.array(phase, {minLength: 1}), phase, fc.infiniteStream(fc.nat()), (phases, more, shuffle) => {
			const of = (all: readonly (PhaseName | undefined)[]) => manySnapshotEnding(rows(...all));
			expect(badness.indexOf(of([...phases, more]))).toBeGreaterThanOrEqual(badness.indexOf(of(phases)));
			const shuffled = phases.map(one => ({one, key: shuffle.next().value ?? 0})).toSorted((left, right) => left.key - right.key);
			expect(of(shuffled.map(({one}) => one))).toBe(of(phases));
			expect(manyEnding(rows(...phases, 'progressing'), undefined)).toBeUndefined();
		}),
	);
});

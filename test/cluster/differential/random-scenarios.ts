import fc from 'fast-check';
import {app, badImage, goodImages, type Scenario, type Step, type Strategy} from './scenario.ts';

const limit = fc.constantFrom<number | string>(0, 1, 2, '25%', '50%', '100%');
const strategy: fc.Arbitrary<Strategy> = fc.oneof(
	{weight: 4, arbitrary: fc.tuple(limit, limit).filter(([surge, unavailable]) => surge !== 0 || unavailable !== 0)},
	{weight: 1, arbitrary: fc.constant('Recreate' as const)},
);

type Move = {readonly kind: 'image' | 'bad' | 'grow' | 'shrink' | 'pause' | 'resume' | 'undo' | 'open' | 'finish'; readonly number: number};
const move: fc.Arbitrary<Move> = fc.record({
	kind: fc.constantFrom('image', 'image', 'bad', 'grow', 'shrink', 'pause', 'resume', 'undo', 'undo', 'open', 'open', 'finish'),
	number: fc.integer({min: 1, max: 4}),
});

/** Scenarios by chance: any strategy and size, actions at any count of ready pods. */
export function randomScenarios(seed: number, count: number): readonly Scenario[] {
	const scenario = fc.record({
		strategy,
		replicas: fc.integer({min: 1, max: 7}),
		minReadySeconds: fc.constantFrom(0, 0, 1),
		moves: fc.array(move, {minLength: 2, maxLength: 6}),
	});
	return fc.sample(scenario, {seed, numRuns: count}).map(({strategy, replicas, minReadySeconds, moves}, index) => ({
		name: `random ${seed}/${index}`,
		steps: [app(strategy, replicas, {minReadySeconds}), {do: 'finish'}, ...stepsOf(moves, replicas), {do: 'resume'}, {do: 'finish'}],
	}));
}

function stepsOf(moves: readonly Move[], replicas: number): readonly Step[] {
	let size = replicas;
	let isPaused = false;
	return moves.flatMap(({kind, number}): readonly Step[] => {
		switch (kind) {
			case 'image':
				return [{do: 'set-image', image: goodImages[number] ?? goodImages[0]}];
			case 'bad':
				return [{do: 'set-image', image: badImage}];
			case 'grow':
				size += number;
				return [{do: 'scale', replicas: size}];
			case 'shrink': {
				// In the midst of a rollout it is a race which old pods are ended too (matrix.ts).
				const steps: readonly Step[] = isPaused
					? []
					: [{do: 'set-image', image: goodImages[0]}, {do: 'finish'}, {do: 'scale', replicas: Math.max(0, size - number)}];
				if (!isPaused) size = Math.max(0, size - number);
				return steps;
			}
			case 'undo':
				return [{do: 'undo', revision: number - 1}];
			case 'open':
				return [{do: 'open', pods: number}];
			case 'finish':
				return [{do: 'finish'}];
			default:
				isPaused = kind === 'pause';
				return [{do: kind}];
		}
	});
}

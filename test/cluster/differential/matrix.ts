import {app, badImage, goodImages, type Scenario, type Step, type Strategy} from './scenario.ts';

const strategies: readonly (readonly [name: string, strategy: Strategy])[] = [
	['25%/25%', ['25%', '25%']],
	['1/0', [1, 0]],
	['0/1', [0, 1]],
	['100%/0', ['100%', 0]],
	['Recreate', 'Recreate'],
];
const sizes = [1, 3, 4, 10];

/** What somebody does in the middle of the rollout of a second image, and how it goes on from there. */
const interruptions: Readonly<Record<string, (replicas: number) => readonly Step[]>> = {
	'undo mid-way': () => [{do: 'undo', revision: 0}],
	// A pod becomes ready during the pause, and nothing may follow from it.
	'pause mid-way': () => [{do: 'pause'}, {do: 'open', pods: 1}, {do: 'resume'}],
	// Up only: on the way down a pass may still count pods as available that are about to be ended, and end more of the others.
	'scale mid-way': replicas => [{do: 'scale', replicas: replicas === 10 ? 13 : 2 * replicas + 1}],
	'second image mid-way': () => [{do: 'set-image', image: goodImages[2]}],
	'bad image': () => [
		{do: 'set-image', image: badImage},
		{do: 'undo', revision: 0},
	],
};

/** Every strategy × size × interruption. Mid-way: half of the new pods (none of one) are ready. */
export const matrix: readonly Scenario[] = strategies.flatMap(([name, strategy]) =>
	sizes.flatMap(replicas =>
		Object.entries(interruptions).map(([interruption, steps]) => ({
			name: `${name} × ${replicas} × ${interruption}`,
			steps: [
				app(strategy, replicas),
				{do: 'finish'},
				{do: 'set-image', image: goodImages[1]},
				{do: 'open', pods: Math.floor(replicas / 2)},
				...steps(replicas),
				{do: 'finish'},
			],
		})),
	),
);

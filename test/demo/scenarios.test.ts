import {expect, test} from 'vitest';
import type {Seen, SeenDeployment} from '../../src/demo/scenarios/scenario.ts';
import {scenarios} from '../../src/demo/scenarios/scenarios.ts';

const phases = ['progressing', 'paused', 'complete', 'stalled'] as const;
const images = [
	...['luksa/kubia:v1', 'luksa/kubia:v2', 'luksa/kubia:v22', 'luksa/kubia:v3', 'luksa/kubia:v4', 'luksa/kubia:mine'],
	...['nginx', 'nginx:1.16.1', 'nginx:1.18.0', 'harbor.example/demo/testpage:0.8', 'harbor.example/demo/testpage:0.9'],
	...['registry.example/shop/testpage:0.7', 'registry.example/shop/testpage:0.8', 'registry.example/shop/testpage:0.9'],
	...['private.example/shop/testpage:0.9', 'registry.example/shop/kubia:v3', 'busybox:1.36'],
	...['registry.example/shop/crash:0.9', 'registry.example/load/tiny:v1', 'registry.example/load/tiny:v2'],
];

const selectors: readonly Seen['selector'][] = [
	{},
	{app: 'nginx-web'},
	{app: 'nginx-web', version: 'v2'},
	{app: 'canary-demo', track: 'canary'},
	{app: 'canary-demo', track: 'stable'},
	{app: 'nobody'},
];

/** Everything that a person could bring about, and more. */
function situations(name: string): readonly Seen[] {
	const acts = [new Set<string>(), new Set(['v4', 'v2', 'grow', 'leave']), new Set(['private', 'memory', 'liveness', 'command'])];
	const watched = images.flatMap(image =>
		phases.flatMap(phase => [0, 1, 6].map((replicas): SeenDeployment => ({name, image, phase, replicas, available: 4_999}))),
	);
	const others = ['nginx-dm', 'nginx-deployment-v1'];
	const both = watched.flatMap(one => others.flatMap(other => [0, 3, 6].map(replicas => [one, {...one, name: other, replicas}] as const)));
	return both.flatMap(([one, other]) =>
		acts.flatMap(done =>
			selectors.map(selector => ({watched: one, deployments: new Map([one, other].map(each => [each.name, each])), objects: new Map(), selector, acts: done})),
		),
	);
}

test.each(scenarios.map(scenario => ({name: scenario.name, scenario})))('$name has a word for every situation, which fits 80 columns', ({scenario}) => {
	for (const seen of situations(scenario.deployment)) {
		const {hint} = scenario.next(seen);
		expect(hint).toMatch(/[.?]$/);
		expect(` ${hint}`.length, hint).toBeLessThanOrEqual(79);
	}
});

test('what somebody else will do is announced', () => {
	for (const scenario of scenarios) {
		for (const seen of situations(scenario.deployment)) {
			const {act, hint} = scenario.next(seen);
			if (act !== undefined) expect(hint).toMatch(/soon|in some seconds/i);
		}
	}
});

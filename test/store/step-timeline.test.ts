import {expect, test} from 'vitest';
import {argoWatched} from './argo-watched.ts';
import {openReplay, recorded, startOf} from './progressive-replay.ts';
import {releaseWatched} from './release-watched.ts';

const kinds = new Set(['step', 'aborted', 'paused', 'resumed', 'rolled-back', 'revision-began', 'complete', 'stalled']);
const watchedOf = (scenario: string) =>
	scenario.startsWith('argo') ? argoWatched : releaseWatched(scenario.startsWith('vela') ? 'Application' : 'KruiseRollout');

/** What the timeline tells of a recording from a moment on, oldest first, without pods and their warnings. */
function linesOf(scenario: string, from?: number): readonly string[] {
	const end = Math.max(...['rollouts', 'applications', 'deployments'].flatMap(file => recorded(scenario, file).map(({t}) => t)));
	const {timeline} = openReplay(scenario, watchedOf(scenario), from).at(end);
	const told = timeline.filter(({kind}) => kinds.has(kind)).toSorted((left, right) => left.at - right.at);
	return told.map(({at, text}) => `${at - startOf(scenario)} ${text}`);
}

const scenarios = [
	'argo-canary',
	'argo-abort-undo',
	'argo-bluegreen',
	'argo-canary-nginx',
	'argo-degraded',
	'argo-pause-promote',
	'argo-workloadref',
	'kruise-partition',
	'kruise-partition-undo',
	'kruise-canary-ingress',
	'kruise-bluegreen',
	'vela-canary',
	'vela-suspend-step',
	'vela-rollback',
];

test.each(scenarios)('the steps of %s are told as they were gone through', async scenario => {
	await expect(`${linesOf(scenario).join('\n')}\n`).toMatchFileSnapshot(`../fixtures/progressive/told/timeline-${scenario}.txt`);
});

test('who comes in the middle is told of all steps that follow', () => {
	const ofSteps = (lines: readonly string[], t: number) => lines.filter(line => Number(line.split(' ')[0]) > t && /step \d/.test(line));
	const whole = linesOf('argo-canary');
	for (const {t} of recorded('argo-canary', 'rollouts')) expect(ofSteps(linesOf('argo-canary', t), t)).toEqual(ofSteps(whole, t));
});

test.each(scenarios)('nothing of %s is told twice in one rollout', scenario => {
	const rollouts: Set<string>[] = [new Set()];
	const twice = linesOf(scenario).flatMap(line => {
		const text = line.slice(line.indexOf(' ') + 1);
		if (/ is rolled out|^rolled back/.test(text)) rollouts.push(new Set());
		const told = rollouts.at(-1);
		if (told?.has(text)) return [line];
		told?.add(text);
		return [];
	});
	expect(twice).toEqual([]);
});

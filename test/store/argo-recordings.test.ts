import {expect, test} from 'vitest';
import {argoWatched} from './argo-watched.ts';
import {factsAt, openReplay} from './progressive-replay.ts';

test('a Rollout without a template of its own has that of the Deployment that it names', () => {
	const replay = openReplay('argo-workloadref', argoWatched);
	const seen = [4_500, 5_400, 24_200].map(t => factsAt(replay.at(t)).workload.template.images);
	expect(seen).toEqual([['barnett/canarydemo:v1'], ['barnett/canarydemo:v2'], ['barnett/canarydemo:v1']]);
});

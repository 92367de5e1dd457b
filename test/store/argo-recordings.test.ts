import {expect, test} from 'vitest';
import {rulesOf} from '../../src/domain/kinds/rules-of.ts';
import {argoWatched} from './argo-watched.ts';
import {factsAt, openReplay} from './progressive-replay.ts';

test('a Rollout without a template of its own has that of the Deployment that it names', () => {
	const replay = openReplay('argo-workloadref', argoWatched);
	const seen = [4_500, 5_400, 24_200].map(t => factsAt(replay.at(t)).workload.template.images);
	expect(seen).toEqual([['barnett/canarydemo:v1'], ['barnett/canarydemo:v2'], ['barnett/canarydemo:v1']]);
});

test('aborted is not rolled back', () => {
	const replay = openReplay('argo-abort-undo', argoWatched);
	const {phase, workload, newReplicaSet, undoRevision} = factsAt(replay.at(10_000));
	expect(phase).toMatchObject({phase: 'stalled', word: 'ABORTED'});
	expect(workload.template.images).toEqual(['barnett/canarydemo:v2']);
	expect(newReplicaSet?.template.images).toEqual(['barnett/canarydemo:v2']);
	expect(undoRevision).toBe(1);
	expect(rulesOf(workload).refusal({kind: 'retry'}, [])).toBeUndefined();
	expect(factsAt(replay.at(12_600)).phase.phase).toBe('complete');
});

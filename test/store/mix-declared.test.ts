import {expect, test} from 'vitest';
import {rulesOf} from '../../src/domain/kinds/rules-of.ts';
import {newReplicaSet, revisionOf} from '../../src/domain/revisions.ts';
import {withDeclared} from '../../src/store/selectors/mix/declared.ts';
import type {MixRow} from '../../src/store/views.ts';
import {mixRow} from '../ui/views.ts';
import {argoWatched} from './argo-watched.ts';
import {factsAt, openReplay} from './progressive-replay.ts';

const state = openReplay('argo-canary', argoWatched).at(9000);
const {workload} = factsAt(state);
const current = newReplicaSet(workload, [...state.replicaSets.values()]);
const revision = current && revisionOf(current);
const declared = (rows: readonly MixRow[]) => withDeclared(rows, state).map(row => row.declaredShare);

test('the version of the new revision has the weight that its step asks for, the only old one the rest', () => {
	expect(rulesOf(workload).steps()?.weight?.set).toBe(20);
	expect(declared([mixRow({label: 'v1', revision: 1}), mixRow({label: 'v2', revision})])).toEqual([0.8, 0.2]);
});

test('versions that share the rest, or that nobody knows, have none', () => {
	const rows = [mixRow({label: 'v0', revision: 7}), mixRow({label: 'v1', revision: 1}), mixRow({label: 'v2', revision}), mixRow({label: '?'})];
	expect(declared(rows)).toEqual([undefined, undefined, 0.2, undefined]);
});

test('nothing is declared once the rollout is through', () => {
	const done = openReplay('argo-canary', argoWatched).at(26_000);
	const rows = [mixRow({label: 'v2', revision})];
	expect(withDeclared(rows, done)).toBe(rows);
});

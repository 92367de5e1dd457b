import {type ShareVerdict, verdictOf} from '../../../domain/mix/share-test.ts';
import {verdictText} from '../../../domain/mix/verdict-text.ts';
import {revisionOf} from '../../../domain/revisions.ts';
import type {TargetState} from '../../sampler-state.ts';
import type {State} from '../../state.ts';
import type {Remark, Tone} from '../../views.ts';

const tones: Readonly<Record<ShareVerdict['kind'], Tone>> = {
	'as-expected': 'good',
	more: 'bad',
	less: 'bad',
	'too-few': 'quiet',
	'unknown-expectation': 'quiet',
};

/** The version that each owner's pods answer with; of those that never answered their revision. */
function namesOf({window}: TargetState, {replicaSets}: State): ReadonlyMap<string, string> {
	const bySlot = new Map(window.versions.map(({slot, version}) => [slot, version]));
	const revisions = [...replicaSets.values()].map(replicaSet => [replicaSet.uid, `revision ${revisionOf(replicaSet) ?? '?'}`] as const);
	const versions = [...window.slotByOwner].flatMap(([uid, slot]) => {
		const version = bySlot.get(slot);
		return version === undefined ? [] : [[uid, version] as const];
	});
	return new Map([...revisions, ...versions]);
}

/** Whether the versions get what the ready endpoints let expect, in words. */
export function verdictView(target: TargetState, state: State): Remark {
	const verdict = verdictOf(target.shareTest);
	return {tone: tones[verdict.kind], text: verdictText(verdict, namesOf(target, state))};
}

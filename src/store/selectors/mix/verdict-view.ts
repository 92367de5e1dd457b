import {type ShareVerdict, verdictOf} from '../../../domain/mix/share-test.ts';
import {verdictText} from '../../../domain/mix/verdict-text.ts';
import {revisionOf} from '../../../domain/revisions.ts';
import type {TargetState} from '../../sampler-state.ts';
import type {State} from '../../state.ts';
import type {MixRow, Remark, Tone} from '../../views.ts';

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

/** True where a share is so far from what was expected of it that chance is out of the question: twice as far as its interval reaches. */
function isFarOff({expectedShare, interval}: MixRow): boolean {
	if (expectedShare === undefined || interval === undefined) return false;
	const reach = (interval.high - interval.low) / 2;
	return expectedShare < interval.low - reach || expectedShare > interval.high + reach;
}

/** Whether the versions get what the ready endpoints let expect, in words. The test is of now, the rows are of the window: where these differ it says so. */
export function verdictView(target: TargetState, rows: readonly MixRow[], state: State): Remark {
	const verdict = verdictOf(target.shareTest);
	const text = verdictText(verdict, namesOf(target, state));
	if (verdict.kind === 'as-expected' && rows.some(isFarOff)) {
		return {tone: 'quiet', text: `${text} now, but not in all of the last ${state.sampler.windowSeconds} s`};
	}
	return {tone: tones[verdict.kind], text};
}

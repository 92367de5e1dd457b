import {type ComparedVersion, type ComparisonFinding, compareVersions} from '../../../domain/mix/compare-versions.ts';
import type {MixRow, Remark, Tone} from '../../views.ts';
import type {Measured} from './mix-rows.ts';

const comparisonTones: Readonly<Record<ComparisonFinding['kind'], Tone>> = {
	'fails-more': 'bad',
	'fails-less': 'good',
	'fails-unsure': 'quiet',
	slower: 'change',
	faster: 'good',
	'as-fast': 'quiet',
	'too-few': 'quiet',
};

/** The newest revision next to the one that gave most answers besides; of versions of no revision that which came last. */
function pairOf({numbers}: Measured, rows: readonly MixRow[]): readonly [older: ComparedVersion, newer: ComparedVersion] | undefined {
	const versions = numbers.versions.map((version, index) => ({...version, name: rows[index]?.label ?? '?', revision: rows[index]?.revision ?? -1}));
	const newer = versions.toSorted((left, right) => right.revision - left.revision || (right.slot ?? 0) - (left.slot ?? 0))[0];
	const others = versions.filter(version => version !== newer);
	const older = others.toSorted((left, right) => right.answers + right.failures - left.answers - left.failures)[0];
	return newer === undefined || older === undefined ? undefined : [older, newer];
}

/** Old against new in words. */
export function comparisonRemarks(measured: Measured, rows: readonly MixRow[]): readonly Remark[] {
	const pair = pairOf(measured, rows);
	return pair === undefined ? [] : compareVersions(...pair).map(({kind, text}) => ({tone: comparisonTones[kind], text}));
}

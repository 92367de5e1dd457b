import type {ExpectedShare} from '../../../domain/expected-share.ts';
import type {FailureShare, VersionMix} from '../../../domain/mix/version-mix.ts';
import {revisionOf} from '../../../domain/revisions.ts';
import type {State} from '../../state.ts';
import type {MixRow} from '../../views.ts';

/** Revision of a ReplicaSet, by uid. An undo gives it a new number: answers that were counted before are of the same pods. */
type RevisionByUid = (uid: string | undefined) => number | undefined;

function revisionsByUid({replicaSets}: State): RevisionByUid {
	return uid => {
		const replicaSet = replicaSets.get(uid ?? '');
		return replicaSet && revisionOf(replicaSet);
	};
}

const noNumbers = {expectedShare: undefined, revision: undefined, detail: undefined, interval: undefined, failures: 0, latencyMs: undefined} as const;

/** A row per version, per revision that should answer and never does, and per kind of failure. */
export function mixRows(mix: VersionMix, expected: readonly ExpectedShare[], state: State): readonly MixRow[] {
	const revisionByUid = revisionsByUid(state);
	return [...versionRows(mix, expected, revisionByUid), ...silentRows(mix, expected, revisionByUid), ...unrecognisedRows(mix), ...failureRows(mix)];
}

function versionRows({versions}: VersionMix, expected: readonly ExpectedShare[], revisionByUid: RevisionByUid): readonly MixRow[] {
	const shareOf = new Map(expected.map(({ownerUid, share}) => [ownerUid, share]));
	return versions.map(({version, slot, count, share, ownerUid}) => ({
		...noNumbers,
		label: version,
		kind: 'version',
		count,
		share,
		expectedShare: ownerUid === undefined ? undefined : (shareOf.get(ownerUid) ?? (expected.length > 0 ? 0 : undefined)),
		revision: revisionByUid(ownerUid),
		slot,
	}));
}

/** A revision that should answer and never does is the news; but only where answers can be told by revision at all. */
function silentRows({versions, samples}: VersionMix, expected: readonly ExpectedShare[], revisionByUid: RevisionByUid): readonly MixRow[] {
	if (samples === 0 || !versions.some(({ownerUid}) => ownerUid !== undefined)) return [];
	const known = new Set(versions.map(({ownerUid}) => ownerUid));
	const silent = expected.flatMap(({ownerUid, share}) => {
		const revision = known.has(ownerUid) ? undefined : revisionByUid(ownerUid);
		return revision === undefined ? [] : [{revision, share}];
	});
	const nextSlot = Math.max(-1, ...versions.map(({slot}) => slot)) + 1;
	return silent.map(({revision, share}, index) => ({
		...noNumbers,
		label: `rev ${revision}`,
		kind: 'version',
		count: 0,
		share: 0,
		expectedShare: share,
		revision,
		slot: nextSlot + index,
	}));
}

function unrecognisedRows({unrecognised: {count, share}}: VersionMix): readonly MixRow[] {
	return count === 0 ? [] : [{...noNumbers, label: '?', kind: 'unrecognised', count, share, detail: 'the rule found no version', slot: -2}];
}

function failureRows({failures}: VersionMix): readonly MixRow[] {
	return failures.map(failure => ({
		...noNumbers,
		label: failure.reason,
		kind: 'failure',
		count: failure.count,
		share: failure.share,
		detail: failureDetail(failure),
		slot: -1,
	}));
}

/** `500 ×2 from kubia-x2x7k`, or in the words of what failed where no pod is known. */
function failureDetail({reason, count, pods, detail}: FailureShare): string {
	const what = `${reason.replace(/^http-/, '')} ×${count}`;
	const [worst, ...rest] = pods;
	if (worst === undefined) return detail === '' ? what : `${what}: ${detail}`;
	return `${what} from ${worst.podName}${rest.length === 0 ? '' : ` and ${rest.length} more`}`;
}

import type {ExpectedShare} from '../../../domain/expected-share.ts';
import {roundedMs} from '../../../domain/latency-text.ts';
import type {FailureShare, VersionMix} from '../../../domain/mix/version-mix.ts';
import type {NumbersByVersion, VersionNumbers} from '../../../domain/mix/version-numbers.ts';
import {wilsonInterval} from '../../../domain/mix/wilson.ts';
import {revisionOf} from '../../../domain/revisions.ts';
import type {State} from '../../state.ts';
import type {Latencies, MixRow} from '../../views.ts';

/** A ReplicaSet as the mix tells of it: its number, and what it is called where no answer gives it a version. */
type Revision = {readonly number: number; readonly label: string};

/** By uid: an undo gives a ReplicaSet a new number, and answers that were counted before are of the same pods. */
type RevisionByUid = (uid: string | undefined) => Revision | undefined;

function revisionsByUid({target, workloads, replicaSets}: State): RevisionByUid {
	const names = new Map(Array.from(workloads.values(), ({workload}) => [workload.uid, workload.name]));
	return uid => {
		const replicaSet = replicaSets.get(uid ?? '');
		const number = replicaSet && revisionOf(replicaSet);
		if (replicaSet === undefined || number === undefined) return undefined;
		// Behind a Service several workloads have a revision of the same number.
		const name = target.kind === 'Service' ? names.get(replicaSet.ownerUid ?? '') : undefined;
		return {number, label: name === undefined ? `rev ${number}` : `${name} rev ${number}`};
	};
}

const noNumbers = {expectedShare: undefined, revision: undefined, detail: undefined, interval: undefined, failures: 0, latencyMs: undefined} as const;

/** What the rows tell of: the mix, what each version's requests came to, and what was to be expected. */
export type Measured = {readonly mix: VersionMix; readonly numbers: NumbersByVersion; readonly expected: readonly ExpectedShare[]};

/** A row per version, per revision that should answer and never does, and per kind of failure. */
export function mixRows(measured: Measured, state: State): readonly MixRow[] {
	const revisionByUid = revisionsByUid(state);
	return [...versionRows(measured, revisionByUid), ...silentRows(measured, revisionByUid), ...unrecognisedRows(measured.mix), ...failureRows(measured.mix)];
}

/** A row per version of all requests since the first one: nothing is expected of these, since nobody keeps what was expected for days. */
export function totalRows(numbers: NumbersByVersion, {mix}: Measured, state: State): readonly MixRow[] {
	return versionRows({mix, numbers, expected: []}, revisionsByUid(state));
}

/** What a pod of nobody's is called whose requests have only failed. */
function nameOf({version, ownerUid}: VersionNumbers, revisionByUid: RevisionByUid): string {
	return version ?? revisionByUid(ownerUid)?.label ?? 'no version';
}

function versionRows({mix, numbers: {versions, samples}, expected}: Measured, revisionByUid: RevisionByUid): readonly MixRow[] {
	const ownersBySlot = new Map(mix.versions.map(({slot, ownerUids}) => [slot, ownerUids]));
	const lastSlot = Math.max(-1, ...versions.map(({slot}) => slot ?? -1));
	return versions.map((numbers, index) => ({
		...noNumbers,
		label: nameOf(numbers, revisionByUid),
		kind: 'version',
		count: numbers.answers,
		share: numbers.answers / samples,
		expectedShare: expectedOf(ownersBySlot.get(numbers.slot ?? -1) ?? [numbers.ownerUid], expected),
		revision: revisionByUid(numbers.ownerUid)?.number,
		slot: numbers.slot ?? lastSlot + 1 + index,
		interval: wilsonInterval(numbers.answers, samples),
		failures: numbers.failures,
		latencyMs: numbers.latencyMs && roundedLatencies(numbers.latencyMs),
	}));
}

/** What all pods that answer with the same version ought to get together; undefined where it is not known whose they are. */
function expectedOf(ownerUids: readonly (string | undefined)[], expected: readonly ExpectedShare[]): number | undefined {
	const owners = new Set(ownerUids.filter(uid => uid !== undefined));
	if (owners.size === 0 || expected.length === 0) return undefined;
	return expected.reduce((sum, {ownerUid, share}) => (ownerUid !== undefined && owners.has(ownerUid) ? sum + share : sum), 0);
}

/** A revision that should answer and never does is the news; but only where answers can be told by revision at all. */
function silentRows({mix: {versions}, numbers, expected}: Measured, revisionByUid: RevisionByUid): readonly MixRow[] {
	if (!versions.some(({ownerUid}) => ownerUid !== undefined)) return [];
	const known = new Set([...versions.flatMap(({ownerUids}) => ownerUids), ...numbers.versions.map(({ownerUid}) => ownerUid)]);
	const silent = expected.flatMap(({ownerUid, share}) => {
		const revision = known.has(ownerUid) ? undefined : revisionByUid(ownerUid);
		return revision === undefined ? [] : [{revision, share}];
	});
	const nextSlot = Math.max(-1, ...versions.map(({slot}) => slot)) + 1 + numbers.versions.filter(({slot}) => slot === undefined).length;
	return silent.map(({revision, share}, index) => ({
		...noNumbers,
		label: revision.label,
		kind: 'version',
		count: 0,
		share: 0,
		expectedShare: share,
		revision: revision.number,
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

/** Latencies in ms as they are shown: no more digits than they are good for. */
export function roundedLatencies({p50, p95, p99}: Latencies): Latencies {
	return {p50: roundedMs(p50), p95: roundedMs(p95), p99: roundedMs(p99)};
}

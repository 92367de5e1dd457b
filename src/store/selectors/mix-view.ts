import {type ExpectedShare, expectedShares} from '../../domain/expected-share.ts';
import {revisionOf} from '../../domain/revisions.ts';
import type {RuleName} from '../../domain/sample.ts';
import {emptyWindow, type FailureShare, lastOutcomes, latencyQuantiles, type VersionMix, versionMix} from '../../domain/sample-window.ts';
import type {Service} from '../../domain/service.ts';
import {chosenTarget} from '../sampler-state.ts';
import type {State} from '../state.ts';
import type {MixRow, MixView} from '../views.ts';
import {focused} from '../workload-state.ts';

const ruleTexts: Readonly<Record<RuleName, string>> = {
	header: 'version by the header asked for',
	body: 'version by the pattern asked for',
	json: 'version by the JSON path asked for',
	title: 'version by page title',
	pod: 'version by pod',
	'auto:word': 'version by a word in the body',
	'auto:header': 'version by a header',
	'auto:pod': 'version by the pod named in the body',
	'auto:title': 'version by page title',
	'auto:body': 'no version found: told apart by body',
};

/** As many answers as the widest strip shows. */
const stripLength = 200;

/** The Services whose selector matches the workload's pods, by name; or the Service that is watched. */
export function servicesOf(state: State): readonly Service[] {
	if (state.target.kind === 'Service') return [...state.services.values()];
	const labels = focused(state).workload?.template.labels ?? {};
	const matches = ({selector}: Service) => Object.keys(selector).length > 0 && Object.entries(selector).every(([key, value]) => labels[key] === value);
	return [...state.services.values()].filter(matches).toSorted((left, right) => left.name.localeCompare(right.name));
}

/** Which version users get, measured; next to what the ready endpoints should give. */
export function mixView(state: State): MixView {
	const {sampler, now} = state;
	const chosen = chosenTarget(sampler);
	const window = chosen?.window ?? emptyWindow;
	const mix = versionMix(window, now, sampler.windowSeconds);
	const service = serviceOfTarget(state);
	const expected = service === undefined ? [] : expectedShares({slices: state.endpointSlices.values(), serviceName: service, pods: state.pods});
	return {
		mode: sampler.mode,
		target: chosen?.target ?? (service === undefined ? undefined : `svc/${service}`),
		offReason: sampler.problem?.text ?? (chosen === undefined && service === undefined ? noServiceReason(state) : undefined),
		route: chosen?.route,
		intervalMs: chosen?.intervalMs ?? 0,
		windowSeconds: sampler.windowSeconds,
		samples: mix.samples,
		rows: [...versionRows(mix, expected, revisions(state)), ...unrecognisedRows(mix), ...failureRows(mix)],
		strip: lastOutcomes(window, stripLength),
		latencyMs: roundedLatencies(latencyQuantiles(window, now, sampler.windowSeconds)),
		rule: ruleOf(mix),
		pace: undefined,
		verdict: undefined,
		downtime: undefined,
		remarks: [],
		outages: [],
		targets: [],
	};
}

/** Revision of a ReplicaSet, by uid. An undo gives it a new number: answers that were counted before are of the same pods. */
type RevisionByUid = (uid: string | undefined) => number | undefined;

function revisions({replicaSets}: State): RevisionByUid {
	return uid => {
		const replicaSet = replicaSets.get(uid ?? '');
		return replicaSet && revisionOf(replicaSet);
	};
}

function serviceOfTarget(state: State): string | undefined {
	const named = /^svc\/([^:/]+)/.exec(chosenTarget(state.sampler)?.target ?? '')?.[1];
	return named ?? servicesOf(state)[0]?.name;
}

function noServiceReason(state: State): string {
	const {condition, synced} = state.streams.services;
	if (condition.kind === 'forbidden') return 'Services may not be listed: give --curl TARGET';
	return synced ? 'no Service selects these pods: give --curl TARGET' : 'looking for a Service';
}

const noNumbers = {interval: undefined, failures: 0, latencyMs: undefined} as const;

function versionRows({versions, samples}: VersionMix, expected: readonly ExpectedShare[], revisionByUid: RevisionByUid): readonly MixRow[] {
	const shareOf = new Map(expected.map(({ownerUid, share}) => [ownerUid, share]));
	const measured = versions.map(
		({version, slot, count, share, ownerUid}): MixRow => ({
			label: version,
			kind: 'version',
			count,
			share,
			expectedShare: ownerUid === undefined ? undefined : (shareOf.get(ownerUid) ?? (expected.length > 0 ? 0 : undefined)),
			revision: revisionByUid(ownerUid),
			detail: undefined,
			slot,
			...noNumbers,
		}),
	);
	const known = new Set(versions.map(({ownerUid}) => ownerUid));
	// A revision that should answer and never does is the news; but only where answers can be told by revision at all.
	if (samples === 0 || !versions.some(({ownerUid}) => ownerUid !== undefined)) return measured;
	const silent = expected.flatMap(({ownerUid, share}) => {
		const revision = known.has(ownerUid) ? undefined : revisionByUid(ownerUid);
		return revision === undefined ? [] : [{revision, share}];
	});
	const nextSlot = Math.max(-1, ...versions.map(({slot}) => slot)) + 1;
	return [
		...measured,
		...silent.map(
			({revision, share}, index): MixRow => ({
				label: `rev ${revision}`,
				kind: 'version',
				count: 0,
				share: 0,
				expectedShare: share,
				revision,
				detail: undefined,
				slot: nextSlot + index,
				...noNumbers,
			}),
		),
	];
}

function unrecognisedRows({unrecognised}: VersionMix): readonly MixRow[] {
	if (unrecognised.count === 0) return [];
	const {count, share} = unrecognised;
	return [
		{
			label: '?',
			kind: 'unrecognised',
			count,
			share,
			expectedShare: undefined,
			revision: undefined,
			detail: 'the rule found no version',
			slot: -2,
			...noNumbers,
		},
	];
}

function failureRows({failures}: VersionMix): readonly MixRow[] {
	return failures.map(failure => ({
		label: failure.reason,
		kind: 'failure',
		count: failure.count,
		share: failure.share,
		expectedShare: undefined,
		revision: undefined,
		detail: failureDetail(failure),
		slot: -1,
		...noNumbers,
	}));
}

/** `500 ×2 from kubia-x2x7k`, or in the words of what failed where no pod is known. */
function failureDetail({reason, count, pods, detail}: FailureShare): string {
	const what = `${reason.replace(/^http-/, '')} ×${count}`;
	const [worst, ...rest] = pods;
	if (worst === undefined) return detail === '' ? what : `${what}: ${detail}`;
	return `${what} from ${worst.podName}${rest.length === 0 ? '' : ` and ${rest.length} more`}`;
}

function roundedLatencies(latency: MixView['latencyMs']): MixView['latencyMs'] {
	if (latency === undefined) return undefined;
	const round = (ms: number) => (ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms));
	return {p50: round(latency.p50), p95: round(latency.p95), p99: round(latency.p99)};
}

function ruleOf({versions, unrecognised, failures, samples}: VersionMix): MixView['rule'] {
	if (failures.some(({reason}) => reason === 'proxy-forbidden'))
		return {name: undefined, text: 'forbidden: needs the right to get services/proxy', tone: 'bad'};
	const [first] = versions;
	if (first === undefined) {
		if (unrecognised.count > 0) return {name: undefined, text: `the version rule matched none of ${samples} answers`, tone: 'bad'};
		return {name: undefined, text: '', tone: 'quiet'};
	}
	return {name: first.rule, text: ruleTexts[first.rule], tone: first.rule === 'auto:body' ? 'change' : 'quiet'};
}

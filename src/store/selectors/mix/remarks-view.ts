import {conditionOf} from '../../../domain/condition-of.ts';
import {type ExpectedShare, endpointsOf, receivingEndpoints} from '../../../domain/expected-share.ts';
import {type ComparedVersion, type ComparisonFinding, compareVersions} from '../../../domain/mix/compare-versions.ts';
import {type ExpectedPod, podSpread} from '../../../domain/mix/pod-spread.ts';
import {type Stickiness, stickiness} from '../../../domain/mix/stickiness.ts';
import type {ReplicaSet} from '../../../domain/replica-set.ts';
import {expectedShares} from '../../expected-shares.ts';
import type {TargetState} from '../../sampler-state.ts';
import type {State} from '../../state.ts';
import {serviceNamed, serviceOfTarget} from '../../target-service.ts';
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

type Candidate = ComparedVersion & {readonly slot: number | undefined; readonly revision: number; readonly replicaSet: ReplicaSet | undefined};

/**
 * Newest first: by revision, since an undo makes an old ReplicaSet the new one. Revisions of two workloads are no common count: then by when their
 * ReplicaSets were made. Versions of no revision come last, the later one first.
 */
function byAge(left: Candidate, right: Candidate): number {
	const [known, other] = [left.replicaSet, right.replicaSet];
	if (known !== undefined && other !== undefined && known.ownerUid !== other.ownerUid) return (other.createdAt ?? 0) - (known.createdAt ?? 0);
	return right.revision - left.revision || (right.slot ?? 0) - (left.slot ?? 0);
}

/** The newest version next to the one that gave most answers besides. */
function pairOf({numbers}: Measured, rows: readonly MixRow[], {replicaSets}: State): readonly [older: ComparedVersion, newer: ComparedVersion] | undefined {
	const versions = numbers.versions.map((version, index): Candidate => {
		const row = rows[index];
		return {...version, name: row?.label ?? '?', revision: row?.revision ?? -1, replicaSet: replicaSets.get(version.ownerUid ?? '')};
	});
	const newer = versions.toSorted(byAge)[0];
	const others = versions.filter(version => version !== newer);
	const older = others.toSorted((left, right) => right.answers + right.failures - left.answers - left.failures)[0];
	return newer === undefined || older === undefined ? undefined : [older, newer];
}

/** Old against new in words. */
export function comparisonRemarks(measured: Measured, rows: readonly MixRow[], state: State): readonly Remark[] {
	const pair = pairOf(measured, rows, state);
	return pair === undefined ? [] : compareVersions(...pair).map(({kind, text}) => ({tone: comparisonTones[kind], text}));
}

/** Of more pods each is asked so rarely that nothing could be said for hours. */
const mostPods = 100;

function readyPods(target: TargetState, state: State): readonly ExpectedPod[] {
	const serviceName = serviceOfTarget(state, target);
	if (serviceName === undefined) return [];
	if (expectedShares(state, serviceName).reduce((sum, {ready}) => sum + ready, 0) > mostPods) return [];
	const receiving = receivingEndpoints(endpointsOf({slices: state.endpointSlices.values(), serviceName}));
	return receiving.flatMap(({podName, podUid}) => {
		const conditions = state.pods.get(podUid ?? '')?.conditions ?? [];
		return podName === undefined ? [] : [{podName, readySince: conditionOf(conditions, 'Ready')?.lastTransitionAt}];
	});
}

/** Shares of what answers can tell apart: ReplicaSets with the same images answer alike. */
function sharesByImages(expected: readonly ExpectedShare[], {replicaSets}: State): readonly number[] {
	const shares = new Map<string, number>();
	for (const {ownerUid, share} of expected) {
		const key = replicaSets.get(ownerUid ?? '')?.template.images.join(' ') ?? ownerUid ?? '';
		shares.set(key, (shares.get(key) ?? 0) + share);
	}
	return [...shares.values()];
}

/** That one pod or version gives all the answers although several share the traffic. */
function stickinessOf(target: TargetState, pods: number, state: State): Stickiness | undefined {
	const now = target.expectations.at(-1);
	const service = state.sampler.targets.length === 0 ? undefined : serviceNamed(state, serviceOfTarget(state, target));
	return stickiness(target.window, state.now, state.sampler.windowSeconds, {
		pods,
		shares: sharesByImages(now?.shares ?? [], state),
		since: now?.since,
		keepAlive: target.traits.keepsConnections,
		// The API server's proxy knows no affinity.
		clientIpAffinity: service?.sessionAffinity === 'ClientIP' && target.route !== 'service-proxy',
		cookies: target.traits.sendsCookies,
	});
}

/** What is strange about who answers: always the same one, a pod that gets nothing, a pod that alone fails. */
export function spreadRemarks(target: TargetState, state: State): readonly Remark[] {
	const pods = readyPods(target, state);
	const sticky = stickinessOf(target, pods.length, state);
	const {findings} = podSpread(target.window, state.now, state.sampler.windowSeconds, pods);
	// Where one pod answers all there is nothing to say of the others.
	const told = findings.filter(({kind}) => kind === 'failing-pod' || sticky?.podName === undefined);
	const always: readonly Remark[] = sticky === undefined ? [] : [{tone: 'change', text: sticky.text}];
	return [...always, ...told.map(({text}): Remark => ({tone: 'bad', text}))];
}

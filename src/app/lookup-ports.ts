import type {ClusterConnection} from '../cluster/connect.ts';
import {podLogs} from '../cluster/pod-logs.ts';
import {mixHistory} from '../domain/mix/mix-history.ts';
import {partitionOf} from '../domain/ordinals.ts';
import {revisionOf} from '../domain/revisions.ts';
import {emptyWindow} from '../domain/sample-window.ts';
import {templateContainers} from '../domain/template-containers.ts';
import {chosenTarget} from '../store/sampler-state.ts';
import {podDetailsView} from '../store/selectors/pod-details-view.ts';
import {revisionRows} from '../store/selectors/revision-rows.ts';
import type {RolloutFacts} from '../store/selectors/rollout-facts.ts';
import {stepsView} from '../store/selectors/steps-view.ts';
import {whyView} from '../store/selectors/why-view.ts';
import {share} from '../store/share.ts';
import type {State} from '../store/state.ts';
import type {WhyView} from '../store/why-views.ts';
import {focused} from '../store/workload-state.ts';
import type {ShownHistory} from '../ui/dialogs/mix.ts';
import type {ScreenPorts} from '../ui/ports.ts';
import {diffOf} from './diffing.ts';
import {quotedLines} from './quoted-lines.ts';
import type {Session} from './session.ts';

/** The facts of a workload; without a name: of the one whose screen it is. Undefined before it was seen. */
export type FactsOf = (workload?: string) => RolloutFacts | undefined;

type LookupPorts = Pick<
	ScreenPorts,
	'scaleOf' | 'partitionOf' | 'containersOf' | 'revisions' | 'steps' | 'diff' | 'mixHistory' | 'podDetails' | 'podLogs' | 'why'
>;

/** What an open dialog shows, looked up when it is asked for. */
export function lookupPorts({store}: Pick<Session, 'store'>, connection: ClusterConnection, factsOf: FactsOf): LookupPorts {
	return {
		scaleOf(name) {
			const {workload} = focused(store.snapshot(), name);
			return workload && {name: workload.name, replicas: workload.replicas.desired};
		},
		partitionOf(name) {
			const {workload} = focused(store.snapshot(), name);
			return workload?.kind === 'StatefulSet' ? {name: workload.name, partition: partitionOf(workload)} : undefined;
		},
		containersOf(name) {
			const {workload} = focused(store.snapshot(), name);
			return workload && {name: workload.name, containers: templateContainers(workload.template)};
		},
		revisions(workload) {
			const known = factsOf(workload);
			return known === undefined ? [] : revisionRows(known, store.snapshot(), store.snapshot().now);
		},
		steps(workload) {
			const known = factsOf(workload);
			return known && stepsView(known, store.snapshot(), store.snapshot().now);
		},
		diff: command => diffOf(store.snapshot(), command),
		mixHistory: (seconds, columns) => shownHistory(store.snapshot(), seconds, columns),
		podDetails(uid) {
			const replicaSet = store.snapshot().replicaSets.get(store.snapshot().pods.get(uid)?.ownerUid ?? '');
			return podDetailsView(store.snapshot(), uid, replicaSet && revisionOf(replicaSet));
		},
		async podLogs(uid, container, previous) {
			const pod = store.snapshot().pods.get(uid);
			if (pod === undefined) throw new Error('the pod is gone');
			return quotedLines(await podLogs(connection, {pod: pod.name, container, previous}), store.snapshot().guard);
		},
		why: createWhy(store.snapshot, factsOf),
	};
}

/** Why a rollout stands where it stands, with the identity of what is the same. */
function createWhy(stateOf: () => State, factsOf: FactsOf): ScreenPorts['why'] {
	let of: {readonly state: State; readonly workload: string | undefined} | undefined;
	let last: WhyView | undefined;
	return workload => {
		const state = stateOf();
		if (of?.state === state && of.workload === workload) return last;
		const facts = factsOf(workload);
		last = share(last, facts && whyView(state, facts, state.now));
		of = {state, workload};
		return last;
	};
}

function shownHistory({sampler, now}: State, seconds: number, columns: number): ShownHistory {
	const target = chosenTarget(sampler);
	const history = mixHistory(target?.window ?? emptyWindow, now, {seconds, columns, intervalMs: target?.intervalMs ?? 1000});
	return {...history, seconds, now};
}

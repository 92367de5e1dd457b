import type {ClusterConnection} from '../cluster/connect.ts';
import {podLogs} from '../cluster/pod-logs.ts';
import {mixHistory} from '../domain/mix/mix-history.ts';
import {revisionOf} from '../domain/revisions.ts';
import {emptyWindow} from '../domain/sample-window.ts';
import {templateContainers} from '../domain/template-containers.ts';
import type {LogScope} from '../store/log-feed.ts';
import {chosenTarget} from '../store/sampler-state.ts';
import {podDetailsView} from '../store/selectors/pod-details-view.ts';
import {revisionRows} from '../store/selectors/revision-rows.ts';
import {type RolloutFacts, rolloutFacts} from '../store/selectors/rollout-facts.ts';
import {stepsView} from '../store/selectors/steps-view.ts';
import {whyView} from '../store/selectors/why-view.ts';
import {share} from '../store/share.ts';
import type {State} from '../store/state.ts';
import type {WhyView} from '../store/why-views.ts';
import {focused, focusOf} from '../store/workload-state.ts';
import type {ShownHistory} from '../ui/dialogs/mix.ts';
import type {ScreenPorts} from '../ui/ports.ts';
import {createConfirming} from './confirming.ts';
import {diffOf} from './diffing.ts';
import {createLogs} from './logs.ts';
import {routePorts} from './route-ports.ts';
import {runCommand} from './run-command.ts';
import type {Session} from './session.ts';
import {startCurl} from './start-curl.ts';

/** From where the session came, and where it ends. */
type Surroundings = {readonly kubeconfig: string | undefined; readonly unreachable: string | undefined; readonly quit: () => void};

/** What the keys do, for one session. */
export function screenPorts(session: Session, connection: ClusterConnection, {kubeconfig, unreachable, quit}: Surroundings): ScreenPorts {
	const {store, sampler, actions, rights, now, signal} = session;
	const {send} = actions;
	const stateOf = (workload?: string) => focused(store.snapshot(), workload ?? focusOf(store.snapshot()));
	const factsOf = (workload?: string) => rolloutFacts(stateOf(workload), store.snapshot().now);
	const published = (run: () => void) => {
		run();
		store.flush();
	};
	return {
		async send(command, {dryRun = false} = {}) {
			if (dryRun) return send(command, {dryRun});
			return runCommand(command, send, event => published(() => store.dispatch(event)), now);
		},
		...createConfirming(store.snapshot, connection, kubeconfig, signal),
		askRight: action => rights.ask(action, focusOf(store.snapshot())),
		scaleOf(name) {
			const {workload} = stateOf(name);
			return workload && {name: workload.name, replicas: workload.replicas.desired};
		},
		containersOf(name) {
			const {workload} = stateOf(name);
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
		openWorkload: name => published(() => store.dispatch({type: 'workload-opened', name})),
		toggleCurl() {
			if (sampler.isRunning()) published(sampler.stop);
			else startCurl(session);
		},
		agree: session.agreement.answer,
		...routePorts(session, connection, unreachable),
		setWindow: seconds => published(() => store.dispatch({type: 'window-changed', seconds})),
		chooseTarget: id => published(() => store.dispatch({type: 'target-chosen', id})),
		mixHistory: (seconds, columns) => shownHistory(store.snapshot(), seconds, columns),
		podDetails(uid) {
			const replicaSet = store.snapshot().replicaSets.get(store.snapshot().pods.get(uid)?.ownerUid ?? '');
			return podDetailsView(store.snapshot(), uid, replicaSet && revisionOf(replicaSet));
		},
		async podLogs(uid, container, previous) {
			const pod = store.snapshot().pods.get(uid);
			if (pod === undefined) throw new Error('the pod is gone');
			return podLogs(connection, {pod: pod.name, container, previous});
		},
		why: createWhy(store.snapshot, factsOf),
		logs: {...createLogs({connection, store, signal}), ofRevision: (podUid, workload) => revisionScope(store.snapshot(), podUid, factsOf(workload))},
		quit,
	};
}

/** Why a rollout stands where it stands, with the identity of what is the same. */
function createWhy(stateOf: () => State, factsOf: (workload?: string) => RolloutFacts | undefined): ScreenPorts['why'] {
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

/** The revision of a pod, else the new one. */
function revisionScope({pods, replicaSets}: State, podUid: string | undefined, facts: RolloutFacts | undefined): LogScope | undefined {
	const owner = podUid === undefined ? undefined : pods.get(podUid)?.ownerUid;
	const replicaSet = (owner === undefined ? undefined : replicaSets.get(owner)) ?? facts?.newReplicaSet;
	return replicaSet && {kind: 'revision', replicaSetUid: replicaSet.uid, revision: revisionOf(replicaSet)};
}

function shownHistory({sampler, now}: State, seconds: number, columns: number): ShownHistory {
	const target = chosenTarget(sampler);
	const history = mixHistory(target?.window ?? emptyWindow, now, {seconds, columns, intervalMs: target?.intervalMs ?? 1000});
	return {...history, seconds, now};
}

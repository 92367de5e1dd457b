import type {ClusterConnection} from '../cluster/connect.ts';
import {revisionOf} from '../domain/revisions.ts';
import type {LogScope} from '../store/log-feed.ts';
import {type RolloutFacts, rolloutFacts} from '../store/selectors/rollout-facts.ts';
import type {State} from '../store/state.ts';
import {focused, focusOf} from '../store/workload-state.ts';
import type {ScreenPorts} from '../ui/ports.ts';
import {createConfirming} from './confirming.ts';
import {createLogs} from './logs.ts';
import {type FactsOf, lookupPorts} from './lookup-ports.ts';
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
	const factsOf: FactsOf = workload => rolloutFacts(focused(store.snapshot(), workload), store.snapshot().now);
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
		...lookupPorts(session, connection, factsOf),
		openWorkload: name => published(() => store.dispatch({type: 'workload-opened', name})),
		toggleCurl() {
			if (sampler.isRunning()) published(sampler.stop);
			else startCurl(session);
		},
		agree: session.agreement.answer,
		...routePorts(session, connection, unreachable),
		setWindow: seconds => published(() => store.dispatch({type: 'window-changed', seconds})),
		chooseTarget: id => published(() => store.dispatch({type: 'target-chosen', id})),
		logs: {...createLogs({connection, store, signal}), ofRevision: (podUid, workload) => revisionScope(store.snapshot(), podUid, factsOf(workload))},
		quit,
	};
}

/** The revision of a pod, else the new one. */
function revisionScope({pods, replicaSets}: State, podUid: string | undefined, facts: RolloutFacts | undefined): LogScope | undefined {
	const owner = podUid === undefined ? undefined : pods.get(podUid)?.ownerUid;
	const replicaSet = (owner === undefined ? undefined : replicaSets.get(owner)) ?? facts?.newReplicaSet;
	return replicaSet && {kind: 'revision', replicaSetUid: replicaSet.uid, revision: revisionOf(replicaSet)};
}

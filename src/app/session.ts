import type {Options} from '../cli/options.ts';
import type {ClusterConnection} from '../cluster/connect.ts';
import {followTarget} from '../cluster/follow-target.ts';
import {defaultPolicy} from '../cluster/informer/policy.ts';
import {podLogs} from '../cluster/pod-logs.ts';
import type {TargetKind} from '../domain/kinds/kind-words.ts';
import type {VersionRule} from '../domain/version-rule.ts';
import type {Event} from '../store/event.ts';
import {reduce} from '../store/reduce.ts';
import {createScreenView} from '../store/selectors/screen-view.ts';
import {initialState, type State} from '../store/state.ts';
import {createStore, type Store} from '../store/store.ts';
import {servicesOf} from '../store/target-service.ts';
import type {ScreenView} from '../store/views.ts';
import {type Actions, createActions} from './act/actions.ts';
import {createRightsLearning, type RightsLearning} from './act/learn-rights.ts';
import {type Agreement, createAgreement} from './agreement.ts';
import {runClock} from './clock.ts';
import {hasFirstFrame} from './first-sight.ts';
import type {ConfirmCurlPod} from './in-cluster-sampling.ts';
import type {ReadLogTail} from './log-tails.ts';
import {machineTimers, publishSchedule} from './publish-schedule.ts';
import {quotedLines} from './quoted-lines.ts';
import {roomForMany} from './room-for-many.ts';
import type {Safety} from './safety.ts';
import {createSamplerControl, type SamplerControl} from './sampler-control.ts';

/** Frames cost most: the state is published at most this often. */
const publishEveryMs = 100;

export type SessionOptions = {
	readonly connection: ClusterConnection;
	/** What is watched. */
	readonly watched: {readonly kind: TargetKind; readonly name: string};
	readonly options: Options;
	readonly rule: VersionRule;
	readonly safety: Safety;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Epoch ms. */
	readonly now: () => number;
	/** Whether a pod may be created in the cluster; absent: the screen is asked. */
	readonly confirmCurlPod?: ConfirmCurlPod | undefined;
	/** Ends everything that the session started. */
	readonly signal: AbortSignal;
};

/** One followed workload, or a Service with all behind it: its state, its views, and what can be done with it. */
export type Session = {
	readonly store: Store<State, Event>;
	/** Epoch ms. */
	readonly now: () => number;
	readonly view: {readonly subscribe: Store<State, Event>['subscribe']; readonly snapshot: () => ScreenView};
	readonly sampler: SamplerControl;
	readonly actions: Pick<Actions, 'send' | 'who'>;
	readonly rights: RightsLearning;
	readonly agreement: Agreement;
	readonly readLogTail: ReadLogTail;
	/** Aborted when the session ends. */
	readonly signal: AbortSignal;
	/** Resolves when all has ended; rejects never. */
	readonly followed: Promise<void>;
};

/** Wires streams, clock and sampler to a store. Follows at once; sends nothing to the Service unless --curl asks for it. */
export function startSession({connection, watched, options, rule, safety, env, now, confirmCurlPod, signal}: SessionOptions): Session {
	const target = {context: connection.context, server: connection.server, namespace: connection.namespace, ...watched};
	// Until the first frame is complete nobody looks, and every list that comes is waited for.
	const interval = () => (hasFirstFrame(store.snapshot()) ? publishEveryMs : 0);
	const store: Session['store'] = createStore(
		initialState(target, now(), options.sampler.windowSeconds, safety.guard),
		reduce,
		publishSchedule(interval, machineTimers),
	);
	const {dispatch} = store;
	roomForMany(store);
	const besideAtOnce = options.mode !== 'screen';
	const following = {connection, name: watched.name, emit: dispatch, policy: {...defaultPolicy, now}, besideAtOnce, signal};
	const followed = followTarget({...following, kind: watched.kind});
	runClock(now, (at, setBy) => dispatch({type: 'ticked', at, setBy}), signal);
	const rights = createRightsLearning({connection, store, curlNamespace: options.sampler.fromCluster.namespace, now, signal});
	const actions = createActions({connection, audit: safety.audit, state: store.snapshot, dispatch, askRight: rights.ask, now, signal});
	const pods = () => [...store.snapshot().pods.values()];
	const agreement = createAgreement(event => {
		dispatch(event);
		store.flush();
	});
	const sampler = createSamplerControl({
		targets: options.sampler.targets,
		fromCluster: options.sampler.fromCluster.asked,
		intervalMs: options.sampler.intervalMs,
		traits: {keepsConnections: options.sampler.keepAlive || options.sampler.http2, sendsCookies: options.sampler.cookies},
		load: async directory =>
			(await import('./sampling.ts')).createSampling({
				connection,
				actions,
				options: options.sampler,
				rule,
				directory,
				pods,
				services: () => servicesOf(store.snapshot()),
				env,
				confirmCurlPod: confirmCurlPod ?? agreement.ask,
				now,
			}),
		state: store.snapshot,
		dispatch,
		now,
		signal,
	});
	const readLogTail: ReadLogTail = async (pod, container, previous) => {
		return quotedLines(await podLogs(connection, {pod, container, previous, lines: 20, signal}), safety.guard);
	};
	return {store, now, view: createView(store), sampler, actions, rights, agreement, readLogTail, signal, followed};
}

/** The screen's view of the store: computed once for each published state. */
function createView(store: Store<State, Event>): Session['view'] {
	const viewOf = createScreenView();
	let of: State | undefined;
	let view: ScreenView | undefined;
	return {
		subscribe: store.subscribe,
		snapshot() {
			const state = store.snapshot();
			if (view === undefined || of !== state) view = viewOf(state);
			of = state;
			return view;
		},
	};
}

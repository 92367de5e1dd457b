import type {ClusterConnection} from '../../cluster/connect.ts';
import type {CurlPod, OpenCurlPodOptions} from '../../cluster/curl-pod/open-curl-pod.ts';
import {ClusterError} from '../../cluster/errors.ts';
import {whoAmI} from '../../cluster/who-am-i.ts';
import {readOnlyReason} from '../../domain/guard.ts';
import type {ActionName} from '../../domain/rights.ts';
import type {AuditLostEvent} from '../../store/event.ts';
import type {State} from '../../store/state.ts';
import type {AuditFile} from '../audit/audit-file.ts';
import type {SendCommand} from '../run-command.ts';
import {createAuditing} from './auditing.ts';
import {createCurlPods} from './curl-pods.ts';
import {createSending} from './sending.ts';

/** All that this program can do to a cluster: the linter lets nobody else have what sends writes. */
export type Actions = {
	/** Sends a command, or (`dryRun`) has the API server check it. Never throws. */
	readonly send: SendCommand;
	/** Has the API server say whether it would create the curl pod. Throws ClusterError, with a sentence that says what to do. */
	readonly tryCurlPod: (spec: OpenCurlPodOptions['spec']) => Promise<void>;
	/** Creates the curl pod that a person has agreed to and waits until its loops run; however it ends, it is deleted. Throws ClusterError. */
	readonly openCurlPod: (options: Omit<OpenCurlPodOptions, 'connection'>) => Promise<CurlPod>;
	/** Whom the API server takes us for: asked before anybody acts, so that no action waits for it. Never rejects. */
	readonly who: () => Promise<string | undefined>;
};

export type ActionsOptions = {
	readonly connection: ClusterConnection;
	/** The log of actions; absent: nobody wants one. */
	readonly audit: AuditFile | undefined;
	readonly state: () => State;
	readonly dispatch: (event: AuditLostEvent) => void;
	/** Asks again what may be done: an action was refused. */
	readonly askRight: (action: ActionName, workload: string | undefined) => void;
	/** Epoch ms, by the cluster's clock. */
	readonly now: () => number;
	readonly signal: AbortSignal;
};

/** Nobody's action waits longer to be written down. */
const whoTimeoutMs = 3000;

/**
 * The one layer through which every write goes, and so the one place where read-only is enforced. Dry runs are writes too: the API server wants the same
 * right for them, logs them as the same verb and calls admission webhooks; who promises to write nothing sends none.
 */
export function createActions(options: ActionsOptions): Actions {
	const {connection, audit, state, dispatch, now, signal} = options;
	let asked: ReturnType<Actions['who']> | undefined;
	const who = () => {
		asked ??= whoAmI(connection, AbortSignal.any([signal, AbortSignal.timeout(whoTimeoutMs)])).then(user => user ?? connection.as ?? connection.user);
		return asked;
	};
	const record = createAuditing({
		file: audit,
		place: {context: connection.context, server: connection.server, kubeconfigUser: connection.user, as: connection.as},
		who,
		onLost: problem => dispatch({type: 'audit-lost', problem, at: now()}),
		now: Date.now,
	});
	const send = createSending(options, record, who);
	const curlPods = createCurlPods(connection, record);
	const refuseReadOnly = () => {
		if (state().guard.readOnly) throw new ClusterError(readOnlyReason, {kind: 'forbidden', hint: 'no pod is created; sample without --curl-from-cluster'});
	};
	return {
		send: async (command, dryRun) => (state().guard.readOnly ? {kind: 'refused', message: readOnlyReason, hint: undefined} : send(command, dryRun)),
		async tryCurlPod(spec) {
			refuseReadOnly();
			await curlPods.dryRun(spec);
		},
		async openCurlPod(wanted) {
			refuseReadOnly();
			return curlPods.open(wanted);
		},
		who,
	};
}

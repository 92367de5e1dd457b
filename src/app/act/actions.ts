import type {ClusterConnection} from '../../cluster/connect.ts';
import type {CurlPod, OpenCurlPodOptions} from '../../cluster/curl-pod/open-curl-pod.ts';
import {ClusterError} from '../../cluster/errors.ts';
import {readOnlyReason} from '../../domain/guard.ts';
import type {ActionName} from '../../domain/rights.ts';
import type {State} from '../../store/state.ts';
import type {SendCommand} from '../run-command.ts';
import {createSendCommand} from './send-command.ts';

/** All that this program can do to a cluster: the linter lets nobody else have what sends writes. */
export type Actions = {
	/** Sends a command, or (`dryRun`) has the API server check it. Never throws. */
	readonly send: SendCommand;
	/** Has the API server say whether it would create the curl pod. Throws ClusterError, with a sentence that says what to do. */
	readonly tryCurlPod: (spec: CurlPodOptions['spec']) => Promise<void>;
	/** Creates the curl pod that a person has agreed to and waits until its loops run; however it ends, it is deleted. Throws ClusterError. */
	readonly openCurlPod: (options: CurlPodOptions) => Promise<CurlPod>;
};

type CurlPodOptions = Omit<OpenCurlPodOptions, 'connection'>;

type ActionsOptions = {
	readonly connection: ClusterConnection;
	readonly state: () => State;
	/** Asks again what may be done: an action was refused. */
	readonly askRight: (action: ActionName, workload: string | undefined) => void;
};

// Dear to load, and hardly anybody needs it.
const curlPods = () => import('../../cluster/curl-pod/open-curl-pod.ts');

/**
 * The one layer through which every write goes, and so the one place where read-only is enforced. Dry runs are writes too: the API server wants the same
 * right for them, logs them as the same verb, and admission webhooks are called; who promises to write nothing sends none.
 */
export function createActions({connection, state, askRight}: ActionsOptions): Actions {
	const send = createSendCommand(connection, state);
	const isReadOnly = () => state().guard.readOnly;
	const refuseReadOnly = () => {
		if (isReadOnly()) throw new ClusterError(readOnlyReason, {kind: 'forbidden', hint: 'no pod is created; sample without --curl-from-cluster'});
	};
	return {
		async send(command, options) {
			if (isReadOnly()) return {kind: 'refused', message: readOnlyReason, hint: undefined};
			const result = await send(command, options);
			if (result.kind === 'refused') askRight(command.kind, command.workload);
			return result;
		},
		async tryCurlPod(spec) {
			refuseReadOnly();
			const {createCurlPod} = await curlPods();
			await createCurlPod(connection, spec, true);
		},
		async openCurlPod(options) {
			refuseReadOnly();
			const {openCurlPod} = await curlPods();
			return openCurlPod({...options, connection});
		},
	};
}

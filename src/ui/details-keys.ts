import {selectedPod} from './chosen.ts';
import {fitsDialog} from './frame.ts';
import type {KeyContext} from './key-context.ts';
import {notice, open} from './key-context.ts';

/** Reads a container's log for the details that are open. */
function loadLogs({ports, dispatch}: Pick<KeyContext, 'ports' | 'dispatch'>, uid: string, container: number, previous: boolean): void {
	const name = ports.podDetails(uid)?.containers[container]?.name;
	const put = (state: 'loading' | 'shown' | 'failed', lines: readonly string[]) =>
		dispatch({type: 'logs-changed', uid, logs: {container, previous, state, lines}});
	if (name === undefined) {
		put('shown', []);
		return;
	}
	put('loading', []);
	ports.podLogs(uid, name, previous).then(
		lines => put('shown', lines.slice(-50)),
		(error: unknown) => put('failed', [error instanceof Error ? error.message : String(error)]),
	);
}

/** Opens the details of the selected pod. */
export function openPod(context: KeyContext): void {
	const {ui, view} = context;
	const pod = selectedPod(ui, view);
	if (pod === undefined) {
		notice(context, 'no pod matches the filter');
		return;
	}
	// Of a container that keeps crashing, what it said before the last crash is what is asked for.
	const previous = pod.status === 'CrashLoopBackOff';
	open(context, {kind: 'details', uid: pod.uid, logs: {container: 0, previous, state: 'loading', lines: []}});
	if (fitsDialog(context.size)) loadLogs(context, pod.uid, 0, previous);
}

/** The last lines of the next container, or of its other run. */
export function changeTail(context: KeyContext, what: 'container' | 'previous'): void {
	const {dialog} = context.ui;
	if (dialog?.kind !== 'details') return;
	const count = context.ports.podDetails(dialog.uid)?.containers.length ?? 0;
	const container = what === 'container' && count > 0 ? (dialog.logs.container + 1) % count : dialog.logs.container;
	loadLogs(context, dialog.uid, container, what === 'previous' ? !dialog.logs.previous : dialog.logs.previous);
}

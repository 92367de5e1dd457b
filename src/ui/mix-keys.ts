import {historySpans} from './dialogs/mix.ts';
import type {KeyContext} from './key-context.ts';
import {open} from './key-context.ts';
import {type Step, stepped} from './ui-state.ts';

/** Seconds that the mix may be measured over, in the order of the keys `-` and `+`. */
export const windows = [10, 30, 60, 120, 300, 600] as const;

/** Measures over the next longer or shorter time. */
export function changeWindow({view, ports}: KeyContext, by: 1 | -1): void {
	const {windowSeconds} = view.mix;
	const next = by > 0 ? windows.find(seconds => seconds > windowSeconds) : windows.findLast(seconds => seconds < windowSeconds);
	if (next !== undefined) ports.setWindow(next);
}

/** Shows the numbers of the next target. */
export function nextTarget({view, ports}: KeyContext): void {
	const {targets} = view.mix;
	const next = targets[(targets.findIndex(({chosen}) => chosen) + 1) % targets.length];
	if (next !== undefined) ports.chooseTarget(next.id);
}

/** Shows the history of the next longer time, after the longest the shortest. */
export function nextHistory({ui, dispatch}: KeyContext): void {
	const seconds = historySpans.find(longer => longer > ui.historySeconds) ?? historySpans[0];
	dispatch({type: 'history-changed', seconds});
}

/** Opens the list of routes, which is there once the API has been asked. */
export function openRoutes(context: KeyContext): void {
	open(context, {kind: 'routes', routes: {state: 'loading'}});
	context.ports.routes().then(
		rows => {
			const current = rows.findIndex(row => row.current);
			context.dispatch({type: 'routes-changed', routes: {state: 'shown', rows, index: Math.max(0, current)}});
		},
		(error: unknown) => context.dispatch({type: 'routes-changed', routes: {state: 'failed', problem: error instanceof Error ? error.message : String(error)}}),
	);
}

/** Marks another route. */
export function moveRoute({ui: {dialog}, dispatch}: KeyContext, step: Step): void {
	if (dialog?.kind !== 'routes' || dialog.routes.state !== 'shown') return;
	const {rows, index} = dialog.routes;
	dispatch({type: 'routes-changed', routes: {...dialog.routes, index: stepped(index, step, rows.length - 1)}});
}

/** Sends the requests by the marked route. */
export function takeRoute({ui: {dialog}, ports, dispatch}: KeyContext): void {
	if (dialog?.kind !== 'routes' || dialog.routes.state !== 'shown') return;
	const row = dialog.routes.rows[dialog.routes.index];
	if (row === undefined || row.unavailable !== undefined) return;
	dispatch({type: 'dialog-closed'});
	ports.chooseRoute(row.id);
}

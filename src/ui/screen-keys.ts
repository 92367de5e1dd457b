import type {KeyCommand, Mode} from '../app/keymap.ts';
import {bindingFor, guardReason, keyWord} from '../app/keymap.ts';
import type {PanelName} from '../store/views.ts';
import {agree} from './agree-keys.ts';
import {chosenSide, focusedPanel, sideNames} from './chosen.ts';
import {answersFirst, ask, askUnlessYes, confirm, decline, dryRunAgain} from './confirm-keys.ts';
import {changeTail, openPod} from './details-keys.ts';
import {diffHere} from './diff-keys.ts';
import {changeNumber, editLabel, keepImage, moveInEditor, openImage, openPartition, openScale, openSelector, takeContainer} from './edit-keys.ts';
import type {KeyContext} from './key-context.ts';
import {notice, open, suspend} from './key-context.ts';
import {beginSearch, changeLog, closeLog, endSearch, goToMatch, moveLog, openPodLog, openRevisionLog, toggleFollow, toggleLog} from './log-keys.ts';
import {changeWindow, moveRoute, nextHistory, nextTarget, openRoutes, takeRoute} from './mix-keys.ts';
import {filterPods} from './panels/pods.ts';
import {moveReleaseStep, openReleaseSteps, takeReleaseStep} from './release-keys.ts';
import {changeSteps, openSteps, takeSteps} from './steps-keys.ts';
import type {Step} from './ui-state.ts';

/** Which of the workloads behind a Service a command is for; nothing on a workload's own screen. */
function onWorkload({view, ui}: KeyContext): {readonly workload?: string | undefined} {
	return view.kind === 'service' ? {workload: chosenSide(ui, view)} : {};
}

function openRevisions(context: KeyContext): void {
	const {workload} = onWorkload(context);
	const rows = context.ports.revisions(workload);
	if (rows.length < 2) notice(context, 'there is only one revision');
	else open(context, {kind: 'revisions', rows, workload});
}

/** The pod whose details are open, or that was marked: never one that happens to stand first. */
function deletePod(context: KeyContext): void {
	const {ui, view} = context;
	const uid = ui.dialog?.kind === 'details' ? ui.dialog.uid : ui.selected?.uid;
	const pod = view.pods.find(one => one.uid === uid);
	if (pod !== undefined) ask(context, {kind: 'delete-pod', pod: pod.name, uid: pod.uid});
	else notice(context, uid === undefined ? 'mark the pod first (↓)' : 'that pod is gone');
}

function move(context: KeyContext, step: Step): void {
	const {ui, view, frame, dispatch} = context;
	if (ui.dialog?.kind === 'routes') {
		moveRoute(context, step);
		return;
	}
	if (ui.dialog?.kind === 'release-steps') {
		moveReleaseStep(context, step);
		return;
	}
	if (ui.dialog?.kind === 'logs') {
		moveLog(context, step);
		return;
	}
	const isLabelStep = step === 1 || (step === -1 && ui.dialogTop === 0);
	if (isLabelStep && moveInEditor(context, step)) return;
	if (ui.dialog !== undefined) {
		dispatch({type: 'dialog-scrolled', step, last: frame.dialogLast});
		return;
	}
	const focus = focusedPanel(ui, view);
	if (focus === 'workloads') {
		dispatch({type: 'side-moved', step, names: sideNames(view)});
		return;
	}
	if (focus === 'timeline') {
		dispatch({type: 'panel-scrolled', panel: 'timeline', step, count: view.timeline.length});
		return;
	}
	if (focus === 'revisions') {
		dispatch({type: 'panel-scrolled', panel: 'revisions', step, count: view.replicaSets.length});
		return;
	}
	dispatch({type: 'selection-moved', step, uids: filterPods(view.pods, ui.filter).map(pod => pod.uid)});
}

/** Of the log in full, or of the last lines in a pod's details. */
function changeContainer(context: KeyContext, what: 'container' | 'previous'): void {
	if (context.ui.dialog?.kind === 'logs') changeLog(context, what);
	else changeTail(context, what);
}

function page({ui, view, frame, size}: KeyContext): number {
	const height = ui.dialog === undefined ? frame.arrangement.panels.get(focusedPanel(ui, view))?.height : size.rows - 6;
	return Math.max(1, (height ?? 6) - 4);
}

const focusable: ReadonlySet<PanelName> = new Set(['workloads', 'pods', 'timeline', 'revisions']);

function moveFocus({ui, view, frame, dispatch}: KeyContext, by: 1 | -1): void {
	const panels = [...frame.arrangement.panels.keys()].filter(name => focusable.has(name));
	dispatch({type: 'focus-moved', by, from: focusedPanel(ui, view), panels});
}

function back(context: KeyContext): void {
	const {dialog} = context.ui;
	if (dialog?.kind === 'agree' && answersFirst(context)) context.ports.agree(false);
	if (dialog !== undefined) decline(context);
	else if (context.ui.filtering || context.ui.filter !== '') context.dispatch({type: 'filter-closed', keep: false});
	else if (context.view.behind !== undefined) openWorkload(context, undefined);
	else context.ports.toList?.();
}

function openWorkload({ports, dispatch}: KeyContext, name: string | undefined): void {
	dispatch({type: 'screen-changed'});
	ports.openWorkload(name);
}

/** A workload, or a pod where the keys move among pods. */
function openSelected(context: KeyContext): void {
	const {ui, view} = context;
	if (focusedPanel(ui, view) === 'workloads') openWorkload(context, chosenSide(ui, view));
	else openPod(context);
}

const openings: Readonly<Partial<Record<Mode, (context: KeyContext) => void>>> = {
	filter: context => context.dispatch({type: 'filter-closed', keep: true}),
	screen: openPod,
	service: openSelected,
	routes: takeRoute,
};

const acts: Readonly<Record<KeyCommand, (context: KeyContext) => void>> = {
	pause: context => askUnlessYes(context, {kind: 'pause', ...onWorkload(context)}),
	resume: context => askUnlessYes(context, {kind: 'resume', ...onWorkload(context)}),
	continue: context => ask(context, {kind: 'continue', ...onWorkload(context)}),
	'promote-full': context => ask(context, {kind: 'promote-full', ...onWorkload(context)}),
	abort: context => ask(context, {kind: 'abort', ...onWorkload(context)}),
	retry: context => ask(context, {kind: 'retry', ...onWorkload(context)}),
	'set-partition': context => openPartition(context, onWorkload(context).workload),
	'release-steps': openReleaseSteps,
	'take-step': takeReleaseStep,
	undo: context => ask(context, {kind: 'undo', toRevision: undefined, ...onWorkload(context)}),
	'to-revision': openRevisions,
	restart: context => ask(context, {kind: 'restart', ...onWorkload(context)}),
	'set-image': context => openImage(context, onWorkload(context).workload),
	'choose-container': takeContainer,
	'keep-image': keepImage,
	'delete-pod': deletePod,
	'toggle-curl': context => context.ports.toggleCurl(),
	routes: openRoutes,
	mix: context => open(context, {kind: 'mix'}),
	'next-target': nextTarget,
	'history-span': nextHistory,
	'window-longer': context => changeWindow(context, 1),
	'window-shorter': context => changeWindow(context, -1),
	filter: context => context.dispatch({type: 'filter-opened'}),
	'next-panel': context => moveFocus(context, 1),
	'previous-panel': context => moveFocus(context, -1),
	open: context => openings[context.mode]?.(context),
	up: context => move(context, -1),
	down: context => move(context, 1),
	'page-up': context => move(context, -page(context)),
	'page-down': context => move(context, page(context)),
	first: context => move(context, 'first'),
	last: context => move(context, 'last'),
	scale: context => openScale(context, onWorkload(context).workload),
	'edit-selector': openSelector,
	'one-more': context => changeNumber(context, 1),
	'one-fewer': context => changeNumber(context, -1),
	'change-label': context => editLabel(context, 'change'),
	'add-label': context => editLabel(context, 'add'),
	'remove-label': context => editLabel(context, 'remove'),
	'keep-label': context => editLabel(context, 'keep'),
	'discard-label': context => editLabel(context, 'discard'),
	confirm,
	agree,
	'dry-run': dryRunAgain,
	diff: diffHere,
	'undo-changes': context => openSteps(context, onWorkload(context).workload),
	'more-changes': context => changeSteps(context, 1),
	'fewer-changes': context => changeSteps(context, -1),
	'take-changes': takeSteps,
	'next-container': context => changeContainer(context, 'container'),
	'previous-logs': context => changeContainer(context, 'previous'),
	why: context => open(context, {kind: 'why', workload: onWorkload(context).workload}),
	logs: openPodLog,
	'revision-logs': openRevisionLog,
	search: beginSearch,
	'keep-search': context => endSearch(context, true),
	'clear-search': context => endSearch(context, false),
	'next-match': context => goToMatch(context, 1),
	'previous-match': context => goToMatch(context, -1),
	follow: toggleFollow,
	timestamps: context => toggleLog(context, 'timestamps'),
	wrap: context => toggleLog(context, 'wrap'),
	'close-logs': closeLog,
	help: context => open(context, {kind: 'help'}),
	back,
	quit: context => context.end('quit'),
	suspend,
	interrupt: context => context.end('interrupted'),
};

/** Does what a command of the keymap says, or says why it can't. */
export function act(command: KeyCommand, context: KeyContext): void {
	const binding = bindingFor(context.mode, command);
	const missing = binding && guardReason(binding, context.view);
	if (missing !== undefined) {
		notice(context, `${keyWord(binding?.keys[0] ?? '')}: ${missing}`);
		// Somebody may have given the right meanwhile.
		if (binding?.action !== undefined) context.ports.askRight(binding.action);
		return;
	}
	const reason = binding?.disabledReason?.(context.view);
	if (reason !== undefined) {
		notice(context, reason);
		return;
	}
	acts[command](context);
}

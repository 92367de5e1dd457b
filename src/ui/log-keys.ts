import {endPlace, type LogPlace, movedPlace} from '../domain/log/log-place.ts';
import {matchesOf} from '../domain/log/log-search.ts';
import type {LogScope, LogWish} from '../store/log-feed.ts';
import {chosenSide, selectedPod} from './chosen.ts';
import {logRows} from './dialogs/log-rows.ts';
import {logRoom} from './dialogs/logs.ts';
import type {KeyContext} from './key-context.ts';
import {notice, open} from './key-context.ts';
import type {KeyPress} from './keys.ts';
import {typedOnto} from './line-editor.ts';
import {atMatch, type LogScreen, openedLog, withQuery, withWish} from './log-screen.ts';
import {createTheme} from './theme.ts';
import type {Step} from './ui-state.ts';

function openLog(context: KeyContext, scope: LogScope): void {
	const {failing} = context.view;
	// What is wrong is in the container that is wrong.
	const container = failing !== undefined && scope.kind === 'pod' && failing.podUid === scope.uid ? failing.container : undefined;
	open(context, {kind: 'logs', screen: openedLog({scope, container, previous: false})});
}

/** The pod whose details are open; where it was asked why, the one that is worst; else the selected one. */
function podOf(ui: KeyContext['ui'], view: KeyContext['view']): {readonly uid: string; readonly name: string} | undefined {
	const {dialog} = ui;
	if (dialog?.kind === 'details') return view.pods.find(({uid}) => uid === dialog.uid);
	const worst = dialog?.kind === 'why' ? view.failing : undefined;
	return worst === undefined ? selectedPod(ui, view) : {uid: worst.podUid, name: worst.pod};
}

/** Opens the log of the pod whose details are open, or of the selected one. */
export function openPodLog(context: KeyContext): void {
	const {ui, view} = context;
	const pod = podOf(ui, view);
	if (pod === undefined) notice(context, 'there is no such pod');
	else openLog(context, {kind: 'pod', uid: pod.uid, name: pod.name});
}

/** Opens the log of all pods of a revision. */
export function openRevisionLog(context: KeyContext): void {
	const {ui, view, ports} = context;
	const selected = ui.selected === undefined ? undefined : selectedPod(ui, view)?.uid;
	const scope = ports.logs.ofRevision(selected, view.kind === 'service' ? chosenSide(ui, view) : undefined);
	if (scope === undefined) notice(context, 'the pods of that revision are not known yet');
	else openLog(context, scope);
}

/** Changes what is chosen of the log that is open. */
function change({ui, dispatch}: KeyContext, to: (screen: LogScreen) => LogScreen): void {
	if (ui.dialog?.kind === 'logs') dispatch({type: 'log-screen-changed', screen: to(ui.dialog.screen)});
}

// How rows look does not matter where they are counted.
const anyTheme = createTheme({color: false, ascii: true, motion: false});

/** So many rows further on in the log as it is shown, or back; undefined: the end, where new lines are followed. */
function placeAfter({size, frame, ports}: KeyContext, screen: LogScreen, step: number): LogPlace | undefined {
	const feed = ports.logs.feed.snapshot();
	const {entries} = feed.buffer;
	const {width, rows} = logRoom(frame.logRect ?? {width: size.columns, height: size.rows});
	const {rowsOf} = logRows(feed, screen, width, anyTheme);
	const from = screen.place ?? endPlace(entries, rows, rowsOf);
	if (step === 0 || from === undefined) return from;
	// Down from the newest line leads nowhere.
	return screen.place === undefined && step > 0 ? undefined : movedPlace(entries, from, step, rows, rowsOf);
}

/** Scrolls the log. Up stands still; down to the end follows again. */
export function moveLog(context: KeyContext, step: Step): void {
	const first = context.ports.logs.feed.snapshot().buffer.entries[0];
	change(context, screen => {
		if (step === 'last') return {...screen, place: undefined};
		if (step === 'first') return {...screen, place: first && {id: first.id, row: 0}};
		return {...screen, place: placeAfter(context, screen, step)};
	});
}

/** Follows new lines, or stands still where they are now. */
export function toggleFollow(context: KeyContext): void {
	const following = context.ui.dialog?.kind === 'logs' && context.ui.dialog.screen.place === undefined;
	if (following) moveLog(context, 0);
	else moveLog(context, 'last');
}

/** What stands before a match says what it means: a third of the room is for that. */
function withMatch(context: KeyContext, screen: LogScreen, by: 1 | -1): LogScreen {
	const {buffer} = context.ports.logs.feed.snapshot();
	const found = atMatch(screen, matchesOf(buffer.entries, screen.query), by);
	const {rows} = logRoom(context.frame.logRect ?? {width: context.size.columns, height: context.size.rows});
	return found === screen ? screen : {...found, place: placeAfter(context, found, -Math.floor(rows / 3))};
}

/** To the match behind or before. */
export function goToMatch(context: KeyContext, by: 1 | -1): void {
	const {dialog} = context.ui;
	if (dialog?.kind !== 'logs') return;
	if (dialog.screen.query === '') notice(context, 'nothing is looked for: / begins');
	else if (withMatch(context, dialog.screen, by) === dialog.screen) notice(context, `“${dialog.screen.query}” is not in the log`);
	else change(context, screen => withMatch(context, screen, by));
}

/** Shows or hides times, wraps or cuts long lines. */
export function toggleLog(context: KeyContext, what: 'timestamps' | 'wrap'): void {
	change(context, screen => ({...screen, [what]: !screen[what]}));
}

/** The other run of the container, or the next container. */
export function changeLog(context: KeyContext, what: 'container' | 'previous'): void {
	const {containers, container} = context.ports.logs.feed.snapshot();
	const next = containers[(containers.indexOf(container ?? '') + 1) % Math.max(1, containers.length)];
	if (what === 'container' && containers.length < 2) {
		notice(context, 'there is only one container');
		return;
	}
	const wish = (before: LogWish): Partial<LogWish> => (what === 'previous' ? {previous: !before.previous} : {container: next});
	change(context, screen => withWish(screen, wish(screen.wish)));
}

/** Begins to look for a text. */
export function beginSearch(context: KeyContext): void {
	change(context, screen => ({...withQuery(screen, ''), typing: true}));
}

/** Keeps what was typed and goes to its newest match; or looks for nothing. */
export function endSearch(context: KeyContext, keep: boolean): void {
	change(context, screen => (keep ? withMatch(context, {...screen, typing: false}, 1) : {...withQuery(screen, ''), typing: false}));
}

/** Closes the log; where something is looked for that goes first. */
export function closeLog(context: KeyContext): void {
	const {dialog} = context.ui;
	if (dialog?.kind === 'logs' && dialog.screen.query !== '') change(context, screen => withQuery(screen, ''));
	else context.dispatch({type: 'dialog-closed'});
}

/** Types into the search. True where the key was text. */
export function typeInSearch(press: KeyPress, context: KeyContext): boolean {
	const {dialog} = context.ui;
	const typed = dialog?.kind === 'logs' && dialog.screen.typing ? typedOnto(dialog.screen.query, press) : undefined;
	if (typed !== undefined) change(context, screen => withQuery(screen, typed));
	return typed !== undefined;
}

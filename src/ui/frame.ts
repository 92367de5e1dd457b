import type {Mode} from '../app/keymap.ts';
import {emptyLogFeed, type LogFeed} from '../store/log-feed.ts';
import type {PodDetailsView, ScreenView} from '../store/views.ts';
import type {WhyView} from '../store/why-views.ts';
import {agreeContent} from './dialogs/agree.ts';
import {confirmContent} from './dialogs/confirm.ts';
import {detailsContent} from './dialogs/details.ts';
import type {DialogContent} from './dialogs/dialog-lines.ts';
import {dialogChrome, dialogLines, dialogNeed, dialogRows, dialogWidth} from './dialogs/dialog-lines.ts';
import {diffContent} from './dialogs/diff.ts';
import {editContent} from './dialogs/edit.ts';
import {helpContent} from './dialogs/help.ts';
import {logLines} from './dialogs/logs.ts';
import type {ShownHistory} from './dialogs/mix.ts';
import {mixContent} from './dialogs/mix.ts';
import {releaseStepsContent} from './dialogs/release-steps.ts';
import {routesContent} from './dialogs/routes.ts';
import {stepsContent} from './dialogs/steps.ts';
import {whyContent} from './dialogs/why.ts';
import type {Editor} from './editors.ts';
import type {Arrangement, Rect, Size} from './layout.ts';
import {arrange, servicePanels, shapeOf, workloadPanels} from './layout.ts';
import type {Line} from './line.ts';
import {cutLine, emptyLine, fitLine, lineWidth, shareLines, span} from './line.ts';
import type {PanelInput} from './panel-lines.ts';
import {panelLines, panelNeeds} from './panel-lines.ts';
import {filterLine, keysLine, noticeLine} from './panels/footer.ts';
import {changeLine, headerLine} from './panels/header.ts';
import {mixSummary} from './panels/mix.ts';
import {filterPods} from './panels/pods.ts';
import {messageLines} from './panels/rollout.ts';
import {sidesSummary} from './panels/workloads.ts';
import type {Theme} from './theme.ts';
import {toneStyle} from './theme.ts';
import type {Dialog, UiState} from './ui-state.ts';

export type FrameInput = {
	readonly view: ScreenView;
	readonly ui: UiState;
	readonly size: Size;
	readonly theme: Theme;
	readonly podDetails: (uid: string) => PodDetailsView | undefined;
	/** The log that is open. */
	readonly logs: LogFeed | undefined;
	/** Why it is stuck, while that is asked for. */
	readonly why: WhyView | undefined;
	/** The chosen target's mix over the last so many seconds, in at most so many columns, oldest first. */
	readonly mixHistory: (seconds: number, columns: number) => ShownHistory;
};

/** A whole screen as lines. `hole`: room between `above` and `below` for the one dialog that is more than lines. */
export type ScreenFrame = {
	readonly above: readonly Line[];
	readonly hole: Rect | undefined;
	readonly below: readonly Line[];
	readonly arrangement: Arrangement;
	/** Highest line that may be the first in sight of an open dialog. */
	readonly dialogLast: number;
	/** Where an open log stands. */
	readonly logRect?: Rect;
};

/** Dialogs in which the keys mean the same all the time. */
const dialogModes = {
	confirm: 'dialog',
	revisions: 'list',
	diff: 'diff',
	steps: 'steps',
	'release-steps': 'release-steps',
	details: 'details',
	why: 'why',
	agree: 'agree',
	mix: 'mix',
	routes: 'routes',
	help: 'help',
} as const;

/** What has the keyboard. */
export function modeOf(ui: UiState, view: ScreenView): Mode {
	if (ui.filtering) return 'filter';
	if (ui.dialog === undefined) return view.kind === 'service' ? 'service' : 'screen';
	if (ui.dialog.kind === 'edit') return editModeOf(ui.dialog.editor);
	if (ui.dialog.kind === 'logs') return ui.dialog.screen.typing ? 'search' : 'logs';
	if (ui.dialog.kind === 'confirm' && ui.dialog.view.typeName !== undefined) return 'typed';
	return dialogModes[ui.dialog.kind];
}

function editModeOf(editor: Editor): Mode {
	if (editor.kind === 'image') return editor.line === undefined ? 'container' : 'image';
	if (editor.kind === 'selector') return editor.typing === undefined ? 'selector' : 'label';
	return 'scale';
}

function headerLines({view, size, theme}: FrameInput, rows: number): Line[] {
	const lines = [headerLine(view.header, view.isProtected, size.columns, theme), changeLine(view.header, size.columns), emptyLine];
	return lines.slice(0, rows);
}

function footerLine({view, ui, size, theme}: FrameInput): Line {
	if (ui.filtering) {
		const matches = `${filterPods(view.pods, ui.filter).length} of ${view.pods.length} pods`;
		return filterLine(ui.filter, matches, size.columns, theme);
	}
	const notice = ui.notice ?? (ui.dialog === undefined ? view.notice : undefined);
	return notice === undefined ? keysLine(modeOf(ui, view), view, size.columns, theme) : noticeLine(notice, size.columns, theme);
}

/** Everything in one line, on a terminal that is too small for more: phase, counts, mix. */
function oneLine({view, size, theme}: FrameInput): Line {
	const {rollout, service} = view;
	if (service !== undefined) return cutLine([...sidesSummary(service, size.columns, theme), ...mixSummary(view.mix, size.columns, theme)], size.columns);
	if (rollout === undefined) return cutLine([span(view.gone ? 'GONE' : 'reading…')], size.columns);
	const steps = rollout.steps?.active === true ? `step ${Math.min(rollout.steps.current, rollout.steps.rows.length)}/${rollout.steps.rows.length} ` : '';
	const counts = `${steps}${rollout.lanes.map(lane => `${lane.label} ${lane.filled}/${lane.whole}`).join(' ')}`;
	const word = size.columns < 30 ? theme.glyphs.phase[rollout.phase] : `${theme.glyphs.phase[rollout.phase]} ${rollout.word}`;
	return cutLine([span(`${word} `, toneStyle(rollout.tone)), span(`${counts} `), ...mixSummary(view.mix, size.columns, theme)], size.columns);
}

/** Where there is no header, what is old must still say so. */
function withConnection({view: {header}, size, theme}: FrameInput, first: Line): Line {
	const {kind, text} = header.connection;
	if (kind === 'live' || kind === 'syncing') return first;
	return cutLine([span(`${theme.glyphs.failure} ${text} `, 'bad'), ...first], size.columns);
}

/** Panels below and next to each other, as whole rows. */
function bodyLines(arrangement: Arrangement, input: PanelInput, size: Size): Line[] {
	const rows: Line[] = [];
	for (const [name, rect] of arrangement.panels) {
		const lines = panelLines(name, rect, arrangement.chrome, input);
		for (const [index, row] of lines.entries()) {
			const y = rect.y - arrangement.headerRows + index;
			const before = rows[y] ?? emptyLine;
			rows[y] = lineWidth(before) === 0 && rect.x === 0 ? row : [...fitLine(before, rect.x), ...row];
		}
	}
	return Array.from({length: arrangement.height - arrangement.headerRows - arrangement.footerRows}, (_, index) =>
		cutLine(rows[index] ?? emptyLine, size.columns),
	);
}

// Smaller than this, a line that is not about the rollout is one too many.
const leastRowsForHint = 16;

/** The screen for these views at this size; never more than rows − 1 lines, never wider than the columns. */
export function drawFrame(input: FrameInput): ScreenFrame {
	const {view, ui, size} = input;
	if (view.hint === undefined || ui.dialog !== undefined || size.rows < leastRowsForHint) return drawPanels(input);
	const frame = drawPanels({...input, size: {...size, rows: size.rows - 1}});
	return {...frame, above: [...frame.above, cutLine([span(` ${view.hint}`, 'quiet')], size.columns)]};
}

function drawPanels(input: FrameInput): ScreenFrame {
	const {view, ui, size, theme} = input;
	const set = view.kind === 'service' ? servicePanels : workloadPanels;
	const shape = shapeOf(size, set);
	const panelInput = {view, ui, theme};
	const arrangement = arrange(size, panelNeeds(shape, panelInput), set);
	if (shape.oneLine) return {above: [withConnection(input, oneLine(input))], hole: undefined, below: [], arrangement, dialogLast: 0};
	if (ui.dialog !== undefined && fitsDialog(size)) return dialogFrame(input, ui.dialog, arrangement);
	const header = headerLines(input, shape.headerRows);
	const footer = shape.footerRows > 0 ? [footerLine(input)] : [];
	const [first = emptyLine, ...rest] = bodyLines(arrangement, panelInput, size);
	const body = header.length > 0 ? [first, ...rest] : [withConnection(input, first), ...rest];
	return {above: [...header, ...body], hole: undefined, below: footer, arrangement, dialogLast: 0};
}

/** Whether a question can be shown with all that belongs to it. Where it can't, nothing may be asked. */
export function fitsDialog(size: Size): boolean {
	return size.columns >= 30 && size.rows >= 8;
}

/** With a dialog: header, the rollout and the footer stay, so that nobody answers a question without seeing what happens meanwhile. */
function dialogFrame(input: FrameInput, dialog: Dialog, arrangement: Arrangement): ScreenFrame {
	const {view, ui, size, theme} = input;
	const header = headerLines(input, Math.min(arrangement.headerRows, size.rows < 16 ? 1 : 2));
	const below = [footerLine(input)];
	const message = standing(input).map(row => cutLine([span(' '), ...row], size.columns));
	const above = [...header, ...message];
	const rect = {x: 0, y: above.length, width: size.columns, height: arrangement.height - above.length - 1};
	if (dialog.kind === 'revisions') return {above, hole: rect, below, arrangement, dialogLast: 0};
	if (dialog.kind === 'logs') return logFrame(input, dialog, arrangement, size.rows < 16 ? header : above);
	const content = dialogContent(input, dialog, rect);
	const main = view.kind === 'service' ? 'workloads' : 'rollout';
	const place = arrangement.panels.get(main);
	const panel = place === undefined ? [] : panelLines(main, place, arrangement.chrome, input);
	// A short question leaves room for the whole panel that says how it stands.
	const need = dialogNeed(content, rect);
	const isRoomy = header.length + panel.length + need < arrangement.height;
	const start = isRoomy ? [...header, ...panel] : above;
	const room = arrangement.height - start.length - 1;
	const {lines, last} = dialogLines(content, {...rect, height: Math.min(need, room)}, ui.dialogTop, theme, dialogChrome(rect.width, rect.height));
	const filled = Array.from({length: room}, (_, index) => lines[index] ?? emptyLine);
	return {above: [...start, ...filled], hole: undefined, below, arrangement, dialogLast: last};
}

/** A log takes all the room below the header: each line of it counts. */
function logFrame(input: FrameInput, {screen}: Extract<Dialog, {kind: 'logs'}>, arrangement: Arrangement, above: readonly Line[]): ScreenFrame {
	const rect = {x: 0, y: above.length, width: input.size.columns, height: arrangement.height - above.length - 1};
	const lines = logLines(input.logs ?? emptyLogFeed, screen, rect, input.theme);
	return {above: [...above, ...lines], hole: undefined, below: [footerLine(input)], arrangement, dialogLast: 0, logRect: rect};
}

/** How it stands, in one line. */
function standing({view: {rollout, service}, size, theme}: FrameInput): readonly Line[] {
	if (service !== undefined) return [sidesSummary(service, size.columns - 2, theme)];
	return rollout === undefined ? [] : messageLines(rollout, size.columns - 2, 1, theme).slice(0, 1);
}

function dialogContent(
	{view, ui, why, theme, podDetails, mixHistory}: FrameInput,
	dialog: Exclude<Dialog, {kind: 'revisions' | 'logs'}>,
	rect: Rect,
): DialogContent {
	const width = dialogWidth(rect);
	if (dialog.kind === 'confirm') return confirmContent(dialog, width, dialogRows(rect), theme);
	if (dialog.kind === 'edit') return editContent(dialog, width, dialogRows(rect), theme);
	if (dialog.kind === 'steps') return stepsContent(dialog, width, dialogRows(rect), theme);
	if (dialog.kind === 'release-steps') return releaseStepsContent(view, dialog.index, width, dialogRows(rect), theme);
	if (dialog.kind === 'diff') return diffContent(dialog, width);
	if (dialog.kind === 'why') return whyContent(why, width, theme);
	if (dialog.kind === 'details') return detailsContent(podDetails(dialog.uid), dialog.logs, width, theme);
	if (dialog.kind === 'agree') return agreeContent(dialog.view, view.isProtected, width);
	if (dialog.kind === 'mix') return mixContent(view.mix, mixHistory(ui.historySeconds, width), width, theme);
	if (dialog.kind === 'routes') return routesContent(dialog.routes, width, theme);
	return helpContent(view, width);
}

/** `next` with all that is equal to `previous` replaced by it; `previous` itself when nothing visible differs. */
export function shareFrame(previous: ScreenFrame | undefined, next: ScreenFrame): ScreenFrame {
	if (previous === undefined) return next;
	const above = shareLines(previous.above, next.above);
	const below = shareLines(previous.below, next.below);
	const sameHole = previous.hole?.y === next.hole?.y && previous.hole?.width === next.hole?.width && previous.hole?.height === next.hole?.height;
	if (above === previous.above && below === previous.below && sameHole && previous.dialogLast === next.dialogLast) return previous;
	return {...next, above, below, hole: sameHole ? previous.hole : next.hole};
}

import {historyKind} from '../domain/kinds/kind-words.ts';
import {digestTimeline} from '../domain/timeline-digest.ts';
import type {PanelName, ScreenView} from '../store/views.ts';
import {chosenSide, focusedPanel, selectedPodIndex} from './chosen.ts';
import type {Chrome, Frame} from './elements/box.ts';
import {frameLines, innerWidth} from './elements/box.ts';
import {sightHint, sightOf} from './elements/scroll.ts';
import type {Need, Rect, Shape} from './layout.ts';
import type {Line} from './line.ts';
import {line, span} from './line.ts';
import {mixLines, mixTitle} from './panels/mix.ts';
import {filterPods, podGrid, podLines} from './panels/pods.ts';
import {replicaSetLines} from './panels/replica-sets.ts';
import {rolloutLines} from './panels/rollout.ts';
import {serviceLines} from './panels/service.ts';
import {timelineLine} from './panels/timeline.ts';
import {sideLines} from './panels/workloads.ts';
import {wrapAtMost} from './text.ts';
import type {Theme} from './theme.ts';
import type {UiState} from './ui-state.ts';

export type PanelInput = {readonly view: ScreenView; readonly ui: UiState; readonly theme: Theme};
type Content = {readonly title: Line; readonly right?: Line; readonly hint?: string | undefined; readonly lines: readonly Line[]; readonly isEmpty?: boolean};
type Room = {readonly width: number; readonly rows: number};

const gridRows = 3;
const endless = 1000;

function rolloutContent({view, theme}: PanelInput, room: Room): Content {
	const right = view.rollout?.elapsed === undefined ? [] : [span(view.rollout.elapsed)];
	if (view.rollout !== undefined) return {title: line('Rollout', 'title'), right, lines: rolloutLines(view.rollout, room.width, room.rows, theme)};
	return {title: line('Rollout', 'title'), lines: [unknownLine(view, theme)]};
}

/** What is watched is gone, or not read yet. */
function unknownLine({gone, header}: ScreenView, theme: Theme): Line {
	if (!gone) return line(`${theme.glyphs.phase.progressing} reading ${header.target}…`, 'change');
	return [span(`${theme.glyphs.failure} GONE`, 'bad'), span(`  ${header.target} does not exist in namespace ${header.namespace}.`)];
}

function areReplicaSets({subject}: ScreenView): boolean {
	return historyKind(subject.kind) === 'ReplicaSet';
}

function replicaSetContent({view, ui, theme}: PanelInput, room: Room): Content {
	const all = replicaSetLines(view.replicaSets, room.width, theme, areReplicaSets(view));
	const sight = sightOf({count: all.rows.length, rows: room.rows - 1, top: ui.tops.revisions, selected: undefined});
	const lines = all.rows.length === 0 ? [line('none', 'quiet')] : [all.heading, ...all.rows.slice(sight.top, sight.top + sight.shown)];
	return {title: line(areReplicaSets(view) ? 'ReplicaSets' : 'Revisions', 'title'), hint: sightHint(sight), lines, isEmpty: all.rows.length === 0};
}

function podTitle(shown: number, all: number, filter: string): Line {
	if (filter === '') return all > 0 ? [span('Pods', 'title'), span(` · ${all}`, 'quiet')] : line('Pods', 'title');
	return [span('Pods', 'title'), span(` · ${shown} of ${all} with “${filter}”`, 'change')];
}

function podContent({view, ui, theme}: PanelInput, room: Room): Content {
	const pods = filterPods(view.pods, ui.filter);
	const title = podTitle(pods.length, view.pods.length, ui.filter);
	if (pods.length === 0) return {title, lines: [line(view.pods.length === 0 ? 'none' : 'no pod matches', 'quiet')], isEmpty: true};
	const grid = pods.length > room.rows - 1 && room.rows >= gridRows + 4 ? podGrid(pods, room.width, gridRows, theme) : undefined;
	const rows = room.rows - 1 - (grid?.lines.length ?? 0);
	const index = selectedPodIndex(ui, pods);
	const sight = sightOf({count: pods.length, rows, top: ui.tops.pods, selected: index});
	const inSight = pods.slice(sight.top, sight.top + sight.shown);
	const answers = {mix: view.mix.mode !== 'off', own: view.podsAsked};
	const table = podLines(inSight, view.podsAt, room.width, answers, theme);
	const marked = ui.focus === 'pods' && index !== undefined ? table.rows.map((row, at) => (at + sight.top === index ? selectedLine(row) : row)) : table.rows;
	const hint = grid !== undefined && grid.podsPerGlyph > 1 ? `${sightHint(sight)} · one mark is ${grid.podsPerGlyph} pods` : sightHint(sight);
	return {title, hint, lines: [table.heading, ...marked, ...(grid?.lines ?? [])]};
}

/** The timeline as it is shown, made once for each. */
function digested(timeline: ScreenView['timeline']): ScreenView['timeline'] {
	const known = digests.get(timeline) ?? digestTimeline(timeline);
	digests.set(timeline, known);
	return known;
}

const digests = new WeakMap<ScreenView['timeline'], ScreenView['timeline']>();

function timelineContent({view, ui, theme}: PanelInput, room: Room): Content {
	const timeline = digested(view.timeline);
	const sight = sightOf({count: timeline.length, rows: room.rows, top: ui.tops.timeline, selected: undefined});
	const shown = timeline.slice(sight.top, sight.top + sight.shown);
	// Older lines below are the ordinary case; only what hides newer ones needs saying.
	const hint = sight.above > 0 ? `${sight.above} newer above` : undefined;
	return {
		title: line('Timeline', 'title'),
		hint,
		isEmpty: shown.length === 0,
		lines: shown.length === 0 ? [line('nothing has changed yet', 'quiet')] : shown.map(entry => timelineLine(entry, room.width, theme)),
	};
}

function workloadsContent({view, ui, theme}: PanelInput, room: Room): Content {
	const {service} = view;
	const title = line('Workloads', 'title');
	if (service === undefined) return {title, lines: [unknownLine(view, theme)]};
	if (service.sides.length === 0) return {title, lines: [line('no workload has pods that this selector matches', 'change')], isEmpty: true};
	const chosen = chosenSide(ui, view);
	const index = service.sides.findIndex(({name}) => name === chosen);
	const sight = sightOf({count: service.sides.length, rows: room.rows - 1, top: 0, selected: index});
	const table = sideLines(service.sides, chosen, room.width, theme);
	const marked = table.rows.map((row, at) => (focusedPanel(ui, view) === 'workloads' && ui.focusShown && at === index ? selectedLine(row) : row));
	return {title, hint: sightHint(sight), lines: [table.heading, ...marked.slice(sight.top, sight.top + sight.shown)]};
}

function selectedLine(row: Line): Line {
	return row.map(part => ({...part, style: 'selected' as const}));
}

function serviceContent({view: {service}, theme}: PanelInput, room: Room): Content {
	if (service === undefined) return {title: line('Service', 'title'), lines: [], isEmpty: true};
	return {title: [span('Service', 'title'), span(` · ${service.name}`, 'quiet')], lines: serviceLines(service, room.width, room.rows, theme)};
}

const contents: Readonly<Record<PanelName, (input: PanelInput, room: Room) => Content>> = {
	rollout: rolloutContent,
	workloads: workloadsContent,
	service: serviceContent,
	revisions: replicaSetContent,
	mix: ({view, theme}, room) => ({
		title: [span('Version mix', 'title'), span(mixTitle(view.mix, room.width - 12))],
		lines: mixLines(view.mix, room.width, room.rows, theme),
	}),
	pods: podContent,
	timeline: timelineContent,
};

/** Old data is never shown as new: the title says how the stream stands, and the content fades. */
function withCondition(content: Content, {view}: PanelInput, name: PanelName, room: Room): Content {
	const found = view.conditions.find(one => one.panel === name);
	if (found === undefined || found.condition.kind === 'live') return content;
	const style = found.condition.kind === 'syncing' ? 'change' : 'bad';
	const title: Line = [...content.title, span(' '), span(`· ${found.text}`, style)];
	if (found.condition.kind === 'syncing' && content.isEmpty === true) return {title, lines: []};
	if (found.condition.kind === 'forbidden') return {title, lines: wrapAtMost(found.condition.reason, room.width, room.rows).map(text => line(text))};
	const faded = found.condition.kind === 'lost' ? content.lines.map(row => row.map(part => ({...part, style: 'quiet' as const}))) : content.lines;
	return {...content, title, lines: faded};
}

/** A panel's lines in its place. */
export function panelLines(name: PanelName, rect: Rect, chrome: Chrome, input: PanelInput): Line[] {
	const frame = {box: 2, rule: 1, none: 0}[chrome];
	const room = {width: innerWidth(chrome, rect.width), rows: rect.height - frame};
	const content = withCondition(contents[name](input, room), input, name, room);
	const framed: Frame = {
		title: content.title,
		lines: content.lines,
		...(content.right === undefined ? {} : {right: content.right}),
		...(content.hint === undefined ? {} : {hint: content.hint}),
		width: rect.width,
		height: rect.height,
		focused: focusedPanel(input.ui, input.view) === name && input.ui.focusShown,
		chrome,
	};
	return frameLines(framed, input.theme);
}

/** Rows that each panel needs and would fill at its width. */
export function panelNeeds(shape: Shape, input: PanelInput): Readonly<Record<PanelName, Need>> {
	const {view, theme} = input;
	const bare = shape.chrome === 'none';
	const width = (name: PanelName) => innerWidth(shape.chrome, shape.widths[name]);
	const rollout = view.rollout === undefined ? 1 : rolloutLines(view.rollout, width('rollout'), endless, theme).length;
	const mix = mixLines(view.mix, width('mix'), endless, theme).length;
	const pods = filterPods(view.pods, input.ui.filter).length;
	const sets = view.replicaSets.length;
	const sides = view.service?.sides.length ?? 0;
	const service = view.service === undefined ? 1 : serviceLines(view.service, width('service'), endless, theme).length;
	const need = (name: PanelName, least: number, comfort: number, wish: number): Need => {
		const reason = view.conditions.find(one => one.panel === name && one.condition.kind === 'forbidden')?.condition;
		if (reason?.kind === 'forbidden') return fixedNeed(wrapAtMost(reason.reason, width(name), 4).length);
		return {least: Math.min(least, wish), comfort: Math.min(comfort, wish), wish};
	};
	return {
		rollout: need('rollout', bare ? 3 : 4, bare ? 4 : 6, rollout),
		// What is more than this stands in the mix's own dialog, too: pods need the room.
		mix: need('mix', bare ? 1 : 2, bare ? 2 : 5, Math.min(mix, shape.height < 40 ? Math.max(6, view.mix.rows.length + 3) : 12)),
		pods: need('pods', bare ? 2 : 3, 5, Math.max(1, pods + 1)),
		workloads: need('workloads', Math.min(sides, 2) + 1, Math.min(sides, 4) + 1, Math.min(Math.max(sides, 1), 12) + 1),
		service: need('service', bare ? 1 : 2, 4, service),
		revisions: need('revisions', 2, 4, Math.min(Math.max(sets, 1), 8) + 1),
		timeline: need('timeline', bare ? 1 : 2, 4, Math.max(1, digested(view.timeline).length)),
	};
}

function fixedNeed(rows: number): Need {
	return {least: 1, comfort: rows, wish: rows};
}

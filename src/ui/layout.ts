import type {PanelName} from '../store/views.ts';
import type {Chrome} from './elements/box.ts';
import {chromeRows} from './elements/box.ts';

export type Size = {readonly columns: number; readonly rows: number};
export type Rect = {readonly x: number; readonly y: number; readonly width: number; readonly height: number};

/** Rows of content that a panel can't do without, those with which it says what matters, and those that it would fill. */
export type Need = {readonly least: number; readonly comfort: number; readonly wish: number};

/** What a size alone decides, before anything is known of the content. */
export type Shape = {
	/** Rows that a frame may have. */
	readonly height: number;
	/** Too small for panels: everything in one line. */
	readonly oneLine: boolean;
	readonly chrome: Chrome;
	/** Mix and what stands next to it share rows. */
	readonly beside: boolean;
	readonly headerRows: number;
	readonly footerRows: number;
	readonly widths: Readonly<Record<PanelName, number>>;
};

/** The panels that not every screen has: how what is watched stands, and what is next to the mix. */
export type PanelSet = {readonly main: 'rollout' | 'workloads'; readonly side: 'revisions' | 'service'};

export const workloadPanels: PanelSet = {main: 'rollout', side: 'revisions'};
export const servicePanels: PanelSet = {main: 'workloads', side: 'service'};

export type Arrangement = Shape & {
	readonly panels: ReadonlyMap<PanelName, Rect>;
	/** Panels for which there was no room. */
	readonly hidden: readonly PanelName[];
};

const leastReplicaSets = 46;
// All of kubectl's columns with an ordinary name.
const fullReplicaSets = 58;
const leastMix = 34;
const leastService = 36;

function chromeOf(columns: number, height: number): Chrome {
	if (columns >= 72 && height >= 22) return 'box';
	return columns >= 44 && height >= 12 ? 'rule' : 'none';
}

function headerRowsOf(height: number): number {
	if (height >= 30) return 3;
	if (height >= 16) return 2;
	return height >= 5 ? 1 : 0;
}

/** Columns of what stands next to the mix. A Service says little of itself: its mix is given the rest. */
function sideWidth(columns: number, {side}: PanelSet): number {
	const wanted = side === 'service' ? Math.max(leastService, Math.floor(columns * 0.36)) : Math.max(fullReplicaSets, Math.floor(columns * 0.48));
	return Math.min(wanted, columns - leastMix);
}

/** How a terminal of this size is used. */
export function shapeOf({columns, rows}: Size, set: PanelSet = workloadPanels): Shape {
	// One row stays free: ink 6 clears the terminal, scrollback included, when a frame is as tall as the screen.
	const height = Math.max(1, rows - 1);
	const oneLine = columns < 20 || height < 3;
	const beside = columns >= leastReplicaSets + leastMix;
	const side = beside ? sideWidth(columns, set) : columns;
	return {
		height,
		oneLine,
		chrome: chromeOf(columns, height),
		beside,
		headerRows: oneLine ? 0 : headerRowsOf(height),
		footerRows: oneLine || height < 5 ? 0 : 1,
		widths: {rollout: columns, workloads: columns, pods: columns, timeline: columns, revisions: side, service: side, mix: beside ? columns - side : columns},
	};
}

/** Panels that share rows; one next to the other. */
type Band = readonly PanelName[];

function drawn({main, side}: PanelSet): readonly PanelName[] {
	return [main, side, 'mix', 'pods', 'timeline'];
}

/**
 * Who is given room first. Where there are no frames at all, one line of mix says more than a list of pods. Behind a Service the mix is what it is
 * all about.
 */
function byImportance({chrome, beside}: Shape, {main, side}: PanelSet): readonly Band[] {
	if (main === 'workloads') return beside ? [[main], [side, 'mix'], ['pods'], ['timeline']] : [[main], ['mix'], [side], ['pods'], ['timeline']];
	if (beside) return [[main], ['pods'], [side, 'mix'], ['timeline']];
	return chrome === 'none' ? [[main], ['mix'], ['pods'], [side], ['timeline']] : [[main], ['pods'], ['mix'], [side], ['timeline']];
}

/** Of the panels of the screen. */
export type Needs = Readonly<Partial<Record<PanelName, Need>>>;

const noNeed: Need = {least: 0, comfort: 0, wish: 0};

function bandNeed(band: Band, needs: Needs): Need {
	const most = (what: keyof Need) => Math.max(...band.map(name => (needs[name] ?? noNeed)[what]));
	return {least: most('least'), comfort: most('comfort'), wish: most('wish')};
}

/** Hands out `free` rows to bands of panels. */
function createHeights(free: number, needs: Needs, frame: number) {
	const heights = new Map<Band, number>();
	let left = free;
	return {
		heights,
		left: () => left,
		/** The least that the band needs, or nothing. */
		take(band: Band) {
			const rows = bandNeed(band, needs).least + frame;
			if (rows > left) return;
			heights.set(band, rows);
			left -= rows;
		},
		/** More rows, up to `most` of them as content. */
		grow(band: Band, most: number, limit = left) {
			const height = heights.get(band);
			if (height === undefined) return;
			const extra = Math.max(0, Math.min(left, limit, most + frame - height));
			heights.set(band, height + extra);
			left -= extra;
		},
	};
}

function shareOut(shape: Shape, needs: Needs, set: PanelSet): ReadonlyMap<Band, number> {
	const bands = byImportance(shape, set);
	const rows = createHeights(shape.height - shape.headerRows - shape.footerRows, needs, chromeRows(shape.chrome));
	const timeline = bands.filter(band => band.includes('timeline'));
	const pods = bands.filter(band => band.includes('pods'));
	const others = bands.filter(band => !band.includes('timeline') && !band.includes('pods'));
	const first = bands.filter(band => !band.includes('timeline'));
	for (const band of first) rows.take(band);
	for (const band of first) rows.grow(band, bandNeed(band, needs).comfort);
	// What happened is worth showing only where what is can be shown well.
	for (const band of timeline) rows.take(band);
	for (const band of others) rows.grow(band, bandNeed(band, needs).wish);
	// Pods and timeline can both be endless: they share.
	const {pods: podNeed = noNeed, timeline: timelineNeed = noNeed} = needs;
	const wanted = timeline.some(band => rows.heights.has(band)) ? Math.max(0, timelineNeed.wish - timelineNeed.least) : 0;
	for (const band of pods) rows.grow(band, podNeed.wish, Math.max(Math.ceil(rows.left() * 0.6), rows.left() - wanted));
	// The rest stretches the last panel, so that the frame ends where the terminal does.
	const last = [...timeline, ...pods, ...others.toReversed()].find(band => rows.heights.has(band));
	if (last !== undefined) rows.grow(last, shape.height);
	return rows.heights;
}

/** Where each panel goes. Panels that do not fit are left out by importance, never squeezed: half a table misleads. */
export function arrange(size: Size, needs: Needs, set: PanelSet = workloadPanels): Arrangement {
	const shape = shapeOf(size, set);
	if (shape.oneLine) return {...shape, panels: new Map(), hidden: drawn(set)};
	const heights = shareOut(shape, needs, set);
	const panels = new Map<PanelName, Rect>();
	let y = shape.headerRows;
	for (const name of drawn(set)) {
		const [band, height] = [...heights].find(([members]) => members.includes(name)) ?? [];
		if (band === undefined || height === undefined) continue;
		const isSecond = band.indexOf(name) > 0;
		panels.set(name, {x: isSecond ? size.columns - shape.widths[name] : 0, y, width: shape.widths[name], height});
		if (band.at(-1) === name) y += height;
	}
	return {...shape, panels, hidden: drawn(set).filter(name => !panels.has(name))};
}

import {createContext} from 'react';
import type {PhaseName, Tone} from '../store/views.ts';
import type {SpanStyle} from './line.ts';

/** Colour and weight of a style, as ink's `Text` takes them. */
export type TextLook = {readonly color?: string; readonly bold?: true; readonly dimColor?: true; readonly inverse?: true};

/** The shapes that stand for states. Every state has a shape, a word and a colour; none is told by colour alone. */
export type Glyphs = {
	readonly phase: Readonly<Record<PhaseName, string>>;
	readonly tone: Readonly<Record<Tone, string>>;
	/** Steps of a rollout, by how they stand. */
	readonly step: {readonly done: string; readonly current: string; readonly left: string};
	readonly slots: readonly string[];
	readonly failure: string;
	readonly unrecognised: string;
	readonly current: string;
	readonly focus: string;
	readonly barFull: string;
	readonly barEmpty: string;
	readonly corner: {readonly topLeft: string; readonly topRight: string; readonly bottomLeft: string; readonly bottomRight: string};
	readonly horizontal: string;
	readonly vertical: string;
};

export type Theme = {
	readonly ascii: boolean;
	readonly glyphs: Glyphs;
	readonly look: (style: SpanStyle) => TextLook;
	/** The last step before a text is drawn: our own typographic characters in ASCII where that is asked for. */
	readonly drawn: (text: string) => string;
	/** Whether the one spinner may turn. */
	readonly motion: boolean;
};

const unicodeGlyphs: Glyphs = {
	phase: {progressing: '◌', paused: '‖', complete: '✔', stalled: '✖'},
	tone: {good: '✔', bad: '✖', change: '◌', quiet: '·'},
	step: {done: '●', current: '▶', left: '○'},
	slots: ['●', '○', '◆', '◇', '■', '□', '▲', '△'],
	failure: '✖',
	unrecognised: '?',
	current: '▶',
	focus: '›',
	barFull: '█',
	barEmpty: '░',
	corner: {topLeft: '╭', topRight: '╮', bottomLeft: '╰', bottomRight: '╯'},
	horizontal: '─',
	vertical: '│',
};

const asciiGlyphs: Glyphs = {
	phase: {progressing: '~', paused: '=', complete: '+', stalled: 'X'},
	tone: {good: '+', bad: 'X', change: '~', quiet: '.'},
	step: {done: '#', current: '>', left: '.'},
	slots: ['o', '.', '*', ',', '#', '_', '^', '%'],
	failure: 'X',
	unrecognised: '?',
	current: '>',
	focus: '>',
	barFull: '#',
	barEmpty: '.',
	corner: {topLeft: '+', topRight: '+', bottomLeft: '+', bottomRight: '+'},
	horizontal: '-',
	vertical: '|',
};

// One column for one column, so that nothing shifts after the layout is done.
const asciiOf: Readonly<Record<string, string>> = {
	'…': '~',
	'→': '>',
	'←': '<',
	'↑': '^',
	'↓': 'v',
	'·': '-',
	'×': 'x',
	'⇄': '%',
	'–': '-',
	'—': '-',
	'−': '-',
	'“': '"',
	'”': '"',
	'’': "'",
	'↹': 'T',
	'⏎': 'E',
	'●': 'o',
	'○': '.',
	'◌': '~',
	'◐': 'o',
	'✖': 'X',
	'✔': '+',
	'▶': '>',
	'‖': '=',
	'↻': '@',
	'↶': '<',
	'↕': '|',
	'›': '>',
	'≈': '~',
	'•': '*',
	'≤': '<',
	'≥': '>',
};

// One palette for everyone: cyan against red is told apart with every colour vision, green against red is not. ANSI names follow the terminal's own light or dark theme.
const colours: Readonly<Partial<Record<SpanStyle, TextLook>>> = {
	good: {color: 'cyan'},
	bad: {color: 'red', bold: true},
	change: {color: 'yellow'},
	quiet: {dimColor: true},
	strong: {bold: true},
	border: {dimColor: true},
	title: {bold: true},
	selected: {inverse: true},
	key: {bold: true},
	danger: {color: 'red', bold: true, inverse: true},
};
const slotColours = ['blueBright', 'magentaBright', 'yellowBright', 'greenBright', 'cyanBright', 'white', 'blue', 'magenta'];
const monochrome: Readonly<Partial<Record<SpanStyle, TextLook>>> = {
	bad: {bold: true},
	strong: {bold: true},
	title: {bold: true},
	selected: {inverse: true},
	key: {bold: true},
	danger: {bold: true, inverse: true},
};
const plain: TextLook = {};

/** How everything looks: colours or none (`NO_COLOR`), Unicode or ASCII shapes (`--ascii`), a turning spinner or none. */
export function createTheme({color, ascii, motion = true}: {color: boolean; ascii: boolean; motion?: boolean}): Theme {
	const slotLooks = slotColours.map(name => ({color: name}));
	return {
		ascii,
		motion,
		glyphs: ascii ? asciiGlyphs : unicodeGlyphs,
		look(style) {
			if (!color) return monochrome[style] ?? plain;
			if (style.startsWith('slot-')) return slotLooks[Number(style.slice(5)) % slotLooks.length] ?? plain;
			return colours[style] ?? plain;
		},
		drawn: ascii ? text => text.replace(/[\u0080-\uFFFF]/g, character => asciiOf[character] ?? character) : text => text,
	};
}

/** Glyph of a version's slot, the same in rows, strip and columns. */
export function slotGlyph(theme: Theme, slot: number): string {
	if (slot === -1) return theme.glyphs.failure;
	if (slot < 0) return theme.glyphs.unrecognised;
	return theme.glyphs.slots[slot % theme.glyphs.slots.length] ?? '?';
}

/** Style of a version's slot. */
export function slotStyle(slot: number): SpanStyle {
	if (slot === -1) return 'bad';
	return slot < 0 ? 'quiet' : `slot-${slot}`;
}

/** A tone's style; the words are the same. */
export function toneStyle(tone: Tone): SpanStyle {
	return tone;
}

export const ThemeContext = createContext<Theme>(createTheme({color: true, ascii: false}));

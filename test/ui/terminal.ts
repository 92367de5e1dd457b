import './production-jsx.ts';
import {EventEmitter} from 'node:events';
import xterm from '@xterm/headless';
import type {Terminal as PaintedTerminal} from '../../src/ui/painter.ts';

// Clock times on the screen are local; the frames in test/frames are of one place.
process.env.TZ = 'UTC';

/** A terminal in memory: what is written to it, and what a person sees on it. */
export class TestTerminal extends EventEmitter {
	columns: number;
	rows: number;
	readonly bytes: string[] = [];
	readonly #xterm: xterm.Terminal;
	#pending = Promise.resolve();

	constructor(columns: number, rows: number) {
		super();
		this.columns = columns;
		this.rows = rows;
		this.#xterm = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 200, convertEol: false});
	}

	readonly write = (text: string, onTaken = () => {}): boolean => {
		this.bytes.push(text);
		onTaken();
		this.#pending = this.#pending.then(() => new Promise(done => this.#xterm.write(text, done)));
		return true;
	};

	resizeTo(columns: number, rows: number): void {
		this.columns = columns;
		this.rows = rows;
		this.#pending = this.#pending.then(() => this.#xterm.resize(columns, rows));
		this.emit('resize');
	}

	/** The lines on the terminal now, without what is blank at the end. */
	async lines(): Promise<string[]> {
		await settled();
		await this.#pending;
		const buffer = this.#xterm.buffer.active;
		const lines = Array.from({length: this.#xterm.rows}, (_, row) => buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '');
		while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
		return lines;
	}

	/** Each cell of the screen: its characters, width, colours and weight. */
	async cells(): Promise<readonly string[][]> {
		await this.#pending;
		const buffer = this.#xterm.buffer.active;
		return Array.from({length: this.#xterm.rows}, (_, row) =>
			Array.from({length: this.#xterm.cols}, (_, column) => describeCell(buffer.getLine(buffer.baseY + row)?.getCell(column))),
		);
	}

	async frame(): Promise<string> {
		return (await this.lines()).join('\n');
	}

	/** Whether the other screen is in use. */
	async isAlternate(): Promise<boolean> {
		await this.#pending;
		return this.#xterm.buffer.active.type === 'alternate';
	}

	/** What is on the ordinary screen with all that scrolled away. */
	async ordinaryScreen(): Promise<string> {
		await this.#pending;
		const buffer = this.#xterm.buffer.normal;
		return Array.from({length: buffer.length}, (_, row) => buffer.getLine(row)?.translateToString(true) ?? '')
			.join('\n')
			.trimEnd();
	}

	get written(): string {
		return this.bytes.join('');
	}
}

function describeCell(cell: xterm.IBufferCell | undefined): string {
	if (cell === undefined) return '';
	const flags = [cell.isBold(), cell.isDim(), cell.isItalic(), cell.isUnderline(), cell.isInverse(), cell.isStrikethrough()].map(Boolean).map(Number).join('');
	// A cell that nothing was ever written to is a blank.
	return `${cell.getChars() || (cell.getWidth() === 0 ? '' : ' ')} ${cell.getWidth()} ${cell.getFgColorMode()}:${cell.getFgColor()} ${cell.getBgColorMode()}:${cell.getBgColor()} ${flags}`;
}

/** A bit longer than the screen waits for what may follow an escape. */
const escapeMs = 110;
/** A bit longer than it takes what follows several characters for a part of them. */
const burstMs = 35;

const isBurst = (text: string) => text.length > 1 && (!text.startsWith('\u001B') || text.includes('\u001B[201~'));

/** A keyboard: what `type` gives arrives as one read. */
export class TestKeyboard extends EventEmitter {
	readonly isTTY = true;
	onRawMode: (raw: boolean) => void = () => {};
	#chunks: string[] = [];

	setEncoding(): void {}
	setRawMode(raw: boolean): void {
		this.onRawMode(raw);
	}
	ref(): void {}
	unref(): void {}

	read(): string | null {
		return this.#chunks.shift() ?? null;
	}

	async type(text: string): Promise<void> {
		this.#chunks.push(text);
		this.emit('readable');
		await settled();
		// Until then it may be the begin of another key, or what comes next a part of the same paste.
		const pause = text.endsWith('\u001B') ? escapeMs : isBurst(text) ? burstMs : 0;
		if (pause === 0) return;
		await new Promise(done => setTimeout(done, pause));
		await settled();
	}
}

/** Lets React, ink and promises come to rest. */
export async function settled(): Promise<void> {
	for (let turn = 0; turn < 4; turn++) await new Promise(done => setTimeout(done, 1));
}

export const asStdin = (keyboard: TestKeyboard): NodeJS.ReadStream => keyboard as unknown as NodeJS.ReadStream;
export const asTerminal = (terminal: TestTerminal): PaintedTerminal => terminal as unknown as PaintedTerminal;
export const key = {
	up: '\u001B[A',
	down: '\u001B[B',
	enter: '\r',
	escape: '\u001B',
	tab: '\t',
	shiftTab: '\u001B[Z',
	pageDown: '\u001B[6~',
	pageUp: '\u001B[5~',
	ctrlC: '\u0003',
	backspace: '\u007F',
} as const;

import type {Size} from './layout.ts';
import {createCanvas} from './paint/canvas.ts';
import {createOutlet} from './paint/outlet.ts';

/** What the painter needs of a terminal. */
export type Terminal = {
	readonly columns?: number;
	readonly rows?: number;
	/** Writes without waiting for the reader; `onTaken` is called when the system has taken all of it, perhaps before this returns. Only one write at a time. */
	readonly write: (text: string, onTaken: () => void) => unknown;
	/** Forgets what is not taken yet, and writes at once; waits for a reader a moment at most. Absent: there is nothing to wait for. */
	readonly writeLast?: (text: string) => void;
	readonly on: (event: 'resize' | 'error', listener: () => void) => unknown;
	readonly off: (event: 'resize' | 'error', listener: () => void) => unknown;
};

export type Painter = {
	/** What ink is given as its stdout: takes whole frames. */
	readonly surface: NodeJS.WriteStream;
	/** Forgets what is on the terminal: the next frame is drawn in full. */
	readonly invalidate: () => void;
	/** A key was pressed: what changes by it is drawn before all else. */
	readonly keyPressed: () => void;
	/** The terminal has answered that it is there. */
	readonly answered: () => void;
	/** Whether the terminal has yet to answer. */
	readonly isAsking: () => boolean;
	/** Borrows the terminal's other screen, perhaps again: what was shown there is drawn in full, unless the terminal has another size by now. */
	readonly enter: () => void;
	/** Gives it back; safe to call twice. */
	readonly leave: () => void;
};

const csi = '\u001B[';
const enterScreen = `${csi}?1049h${csi}?25l${csi}?2004h`;
const leaveScreen = `${csi}?2004l${csi}?25h${csi}?1049l`;
const beginSynchronised = `${csi}?2026h`;
const endSynchronised = `${csi}?2026l`;

type Frame = {readonly lines: readonly string[]; readonly size: Size};

/** The terminal's size; one that does not say has the usual one. */
export function sizeOf(terminal: Pick<Terminal, 'columns' | 'rows'>): Size {
	return {columns: Math.max(1, terminal.columns ?? 80), rows: Math.max(1, terminal.rows ?? 24)};
}

/**
 * Puts ink's frames on the terminal. ink's own writer is not used because it steps back over its last frame from wherever
 * the cursor is: after a resize that place is wrong, and as soon as a frame is as tall as the new terminal it clears the
 * scrollback (CSI 3 J). Here every line has an address, so nothing scrolls, nothing is wiped, and a resize is a redraw;
 * and only cells that changed are written.
 * While the terminal is behind nothing is written: frames that come meanwhile take each other's place, and what is drawn next is the way to the newest.
 * In its debug mode ink hands each frame over as plain text; that is the seam.
 *
 * @param asks whether the terminal's answers reach us
 */
export function createPainter(terminal: Terminal, asks = false): Painter {
	const canvas = createCanvas();
	let wanted: Frame | undefined;
	let opening = '';
	let entered = false;
	let hasKey = false;
	const outlet = createOutlet(terminal, asks, room => {
		const text = wanted === undefined ? '' : canvas.draw(wanted.lines, sizeOf(terminal), room);
		const all = opening + (text === '' ? '' : beginSynchronised + text + endSynchronised);
		opening = '';
		return all;
	});
	const paint = (frame: string) => {
		const lines = frame.split('\n');
		if (hasKey) canvas.prefer(wanted?.lines ?? [], lines);
		hasKey = false;
		wanted = {lines, size: sizeOf(terminal)};
		outlet.pump();
	};
	return {
		surface: surfaceOf(terminal, paint),
		invalidate: canvas.forget,
		keyPressed() {
			hasKey = true;
		},
		answered: outlet.answered,
		isAsking: outlet.isAsking,
		enter() {
			entered = true;
			opening = enterScreen;
			canvas.forget();
			const size = sizeOf(terminal);
			// A frame for another size is none; the one for this will come.
			if (wanted?.size.columns !== size.columns || wanted.size.rows !== size.rows) wanted = undefined;
			outlet.open();
		},
		leave() {
			if (!entered) return;
			entered = false;
			outlet.close(leaveScreen);
		},
	};
}

/** What ink takes for its stdout. */
function surfaceOf(terminal: Terminal, paint: (frame: string) => void): NodeJS.WriteStream {
	const surface = {
		get columns() {
			return sizeOf(terminal).columns;
		},
		get rows() {
			return sizeOf(terminal).rows;
		},
		write(frame: string, ...rest: readonly unknown[]) {
			// ink ends with an empty write whose callback tells it that everything is out.
			if (frame !== '') paint(frame);
			const done = rest.at(-1);
			if (typeof done === 'function') done();
			return true;
		},
		writableLength: 0,
		// Otherwise ink would write cursor codes in between, which are no frames.
		isTTY: false,
		// A resize reaches the screen's own state first; ink hears of it as the next frame.
		on() {},
		off() {},
	};
	// ink's types ask for a whole TTY stream; it uses no more than the above.
	return surface as unknown as NodeJS.WriteStream;
}

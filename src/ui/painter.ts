/** What the painter needs of a terminal. */
export type Terminal = {
	readonly columns?: number;
	readonly rows?: number;
	readonly write: (text: string) => unknown;
	readonly on: (event: 'resize' | 'error', listener: () => void) => unknown;
	readonly off: (event: 'resize' | 'error', listener: () => void) => unknown;
};

export type Painter = {
	/** What ink is given as its stdout: takes whole frames. */
	readonly surface: NodeJS.WriteStream;
	/** Forgets what is on the terminal: the next frame is drawn in full. */
	readonly invalidate: () => void;
	/** Borrows the terminal's other screen. */
	readonly enter: () => void;
	/** Gives it back; safe to call twice. */
	readonly leave: () => void;
};

const csi = '\u001B[';
const enterScreen = `${csi}?1049h${csi}?25l${csi}?2004h`;
const leaveScreen = `${csi}?2004l${csi}?25h${csi}?1049l`;
const beginSynchronised = `${csi}?2026h`;
const endSynchronised = `${csi}?2026l`;
const clearScreen = `${csi}2J`;

/** The shortest way from one frame to the next: only lines that differ, each at its own address. */
export function difference(previous: readonly string[], next: readonly string[]): string {
	let changes = '';
	for (let row = 0; row < Math.max(previous.length, next.length); row++) {
		const line = next[row] ?? '';
		if (line !== (previous[row] ?? '')) changes += `${csi}${row + 1}H${line}${csi}K`;
	}
	return changes;
}

/**
 * Puts ink's frames on the terminal. ink's own writer is not used because it steps back over its last frame from wherever
 * the cursor is: after a resize that place is wrong, and as soon as a frame is as tall as the new terminal it clears the
 * scrollback (CSI 3 J). Here every line has an address, so nothing scrolls, nothing is wiped, and a resize is a redraw.
 * In its debug mode ink hands each frame over as plain text; that is the seam.
 */
export function createPainter(terminal: Terminal): Painter {
	let painted: readonly string[] | undefined;
	let entered = false;
	const paint = (frame: string) => {
		if (!entered) return;
		const lines = frame.split('\n');
		const changes = (painted === undefined ? clearScreen : '') + difference(painted ?? [], lines);
		painted = lines;
		if (changes !== '') terminal.write(beginSynchronised + changes + endSynchronised);
	};
	const surface = {
		get columns() {
			return Math.max(1, terminal.columns ?? 80);
		},
		get rows() {
			return Math.max(1, terminal.rows ?? 24);
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
	return {
		// ink's types ask for a whole TTY stream; it uses no more than the above.
		surface: surface as unknown as NodeJS.WriteStream,
		invalidate() {
			painted = undefined;
		},
		enter() {
			entered = true;
			terminal.write(enterScreen);
		},
		leave() {
			if (!entered) return;
			entered = false;
			terminal.write(leaveScreen);
		},
	};
}

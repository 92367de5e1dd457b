import {createContext} from 'react';

/** A second way onto the terminal, beside ink's. */
export type DirectSurface = {
	/** What ink is given as its stdout. */
	readonly ofInk: NodeJS.WriteStream;
	/** Shows these rows, each a styled text, and nothing of what ink draws meanwhile; undefined: what ink draws from now on. */
	readonly show: (rows: readonly string[] | undefined) => void;
};

/** Splits a painter's surface in two. */
export function createDirectSurface(surface: NodeJS.WriteStream): DirectSurface {
	let isTaken = false;
	const ofInk = Object.create(surface, {
		write: {
			value(frame: string, ...rest: readonly unknown[]) {
				const done = rest.at(-1);
				return surface.write(isTaken ? '' : frame, typeof done === 'function' ? () => done() : undefined);
			},
		},
	});
	return {
		ofInk,
		show(rows) {
			isTaken = rows !== undefined;
			if (rows !== undefined) surface.write(rows.join('\n'));
		},
	};
}

/** Absent: all is drawn by ink. */
export const DirectContext = createContext<DirectSurface['show'] | undefined>(undefined);

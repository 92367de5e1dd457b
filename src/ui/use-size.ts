import {useEffect, useState} from 'react';
import type {Size} from './layout.ts';
import {sizeOf, type Terminal} from './painter.ts';

/** Who drags a window's edge sends dozens of sizes a second: not each is worth a frame. */
const drawEachMs = 50;

/** The terminal's size, the first of many at once, and the last of them soon; `onResize` runs before the screen is drawn at the new one. */
export function useSize(terminal: Terminal, onResize: () => void): Size {
	const [size, setSize] = useState(() => sizeOf(terminal));
	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let drawnAt = Number.NEGATIVE_INFINITY;
		const draw = () => {
			timer = undefined;
			drawnAt = performance.now();
			onResize();
			setSize(sizeOf(terminal));
		};
		const resized = () => {
			const waitMs = drawnAt + drawEachMs - performance.now();
			if (timer === undefined && waitMs <= 0) draw();
			else timer ??= setTimeout(draw, waitMs);
		};
		terminal.on('resize', resized);
		return () => {
			clearTimeout(timer);
			terminal.off('resize', resized);
		};
	}, [terminal, onResize]);
	return size;
}

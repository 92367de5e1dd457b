import {useEffect, useState} from 'react';
import type {Size} from './layout.ts';
import type {Terminal} from './painter.ts';

/** The terminal's size; `onResize` runs before the screen is drawn at the new one. */
export function useSize(terminal: Terminal, onResize: () => void): Size {
	const [size, setSize] = useState(() => sizeOf(terminal));
	useEffect(() => {
		const resized = () => {
			onResize();
			setSize(sizeOf(terminal));
		};
		terminal.on('resize', resized);
		return () => void terminal.off('resize', resized);
	}, [terminal, onResize]);
	return size;
}

function sizeOf(terminal: Terminal): Size {
	return {columns: Math.max(1, terminal.columns ?? 80), rows: Math.max(1, terminal.rows ?? 24)};
}

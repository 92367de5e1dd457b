import type {ReactNode} from 'react';
import {runInTerminal} from '../../src/ui/run-in-terminal.tsx';
import type {Theme} from '../../src/ui/theme.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {asStdin, asTerminal, TestKeyboard, TestTerminal} from './terminal.ts';

export type Rendered = {
	readonly terminal: TestTerminal;
	readonly keyboard: TestKeyboard;
	readonly frame: () => Promise<string>;
	readonly bytes: readonly string[];
	readonly close: () => Promise<void>;
};

/** The real renderer on a terminal in memory: tests say what a person sees. */
export function renderOn(
	{columns, rows}: {columns: number; rows: number},
	element: ReactNode,
	theme: Theme = createTheme({color: true, ascii: false, motion: false}),
): Rendered {
	const terminal = new TestTerminal(columns, rows);
	const keyboard = new TestKeyboard();
	const stop = new AbortController();
	const ended = runInTerminal({stdin: asStdin(keyboard), stdout: asTerminal(terminal), theme, signal: stop.signal}, () => element);
	return {
		terminal,
		keyboard,
		frame: () => terminal.frame(),
		bytes: terminal.bytes,
		async close() {
			stop.abort();
			await ended;
		},
	};
}

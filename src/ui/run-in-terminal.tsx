import {render} from 'ink';
import type {ReactNode} from 'react';
import type {Size} from './layout.ts';
import type {Terminal} from './painter.ts';
import {createPainter} from './painter.ts';
import type {Theme} from './theme.ts';
import {ThemeContext} from './theme.ts';
import {useSize} from './use-size.ts';

export type TerminalOptions = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: Terminal;
	readonly theme: Theme;
	/** Aborted: the screen closes and the terminal is as it was. */
	readonly signal: AbortSignal;
};

function Sized({terminal, onResize, draw}: {readonly terminal: Terminal; readonly onResize: () => void; readonly draw: (size: Size) => ReactNode}) {
	return draw(useSize(terminal, onResize));
}

/**
 * Draws on the terminal's other screen until `end` is called or the signal aborts, and gives the terminal back whatever
 * happens: return, throw, process.exit, an uncaught exception. Signals come as an abort.
 */
export async function runInTerminal<Result>(
	{stdin, stdout, theme, signal}: TerminalOptions,
	draw: (size: Size, end: (result: Result) => void) => ReactNode,
): Promise<Result | 'aborted'> {
	if (signal.aborted) return 'aborted';
	const painter = createPainter(stdout);
	let result: Result | 'aborted' = 'aborted';
	process.once('exit', painter.leave);
	painter.enter();
	// The terminal went away (EIO, EPIPE): there is nobody left to draw for.
	const failed = () => instance.unmount();
	const end = (how: Result) => {
		result = how;
		instance.unmount();
	};
	const instance = render(
		<ThemeContext value={theme}>
			<Sized terminal={stdout} onResize={painter.invalidate} draw={size => draw(size, end)} />
		</ThemeContext>,
		// debug: whole frames as text, which is what the painter takes; see there for why.
		{stdin, stdout: painter.surface, debug: true, exitOnCtrlC: false, patchConsole: false},
	);
	const abort = () => instance.unmount();
	signal.addEventListener('abort', abort, {once: true});
	stdout.on('error', failed);
	try {
		await instance.waitUntilExit();
		return result;
	} finally {
		signal.removeEventListener('abort', abort);
		process.off('exit', painter.leave);
		painter.leave();
		// Kept for a while: a write that is still under way reports its error later.
		setTimeout(() => stdout.off('error', failed), 1000).unref();
	}
}

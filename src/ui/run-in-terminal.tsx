import {render} from 'ink';
import type {ReactNode} from 'react';
import {Component} from 'react';
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

/** ink's own boundary tells of an error only who already waits for its end; one in the first frame would be lost, and the screen stand still. */
class Boundary extends Component<{readonly onError: (error: unknown) => void; readonly children: ReactNode}, {readonly failed: boolean}> {
	override readonly state = {failed: false};

	static getDerivedStateFromError() {
		return {failed: true};
	}

	override componentDidCatch(error: unknown) {
		this.props.onError(error);
	}

	override render() {
		return this.state.failed ? null : this.props.children;
	}
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
	let unmount = () => {};
	let abort = () => {};
	process.once('exit', painter.leave);
	// Before there is anything to see: ink does it only after the first frame is out, and a terminal that still edits lines makes another key of an early Enter.
	const setRawMode = (raw: boolean) => stdin.isTTY && stdin.setRawMode(raw);
	setRawMode(true);
	painter.enter();
	try {
		return await new Promise<Result | 'aborted'>((end, fail) => {
			abort = () => end('aborted');
			signal.addEventListener('abort', abort, {once: true});
			// The terminal went away (EIO, EPIPE): there is nobody left to draw for.
			stdout.on('error', abort);
			({unmount} = render(
				<ThemeContext value={theme}>
					<Boundary onError={fail}>
						<Sized terminal={stdout} onResize={painter.invalidate} draw={size => draw(size, end)} />
					</Boundary>
				</ThemeContext>,
				// debug: whole frames as text, which is what the painter takes; see there for why.
				{stdin, stdout: painter.surface, debug: true, exitOnCtrlC: false, patchConsole: false},
			));
		});
	} finally {
		unmount();
		signal.removeEventListener('abort', abort);
		process.off('exit', painter.leave);
		painter.leave();
		setRawMode(false);
		// Kept for a while: a write that is still under way reports its error later.
		setTimeout(() => stdout.off('error', abort), 1000).unref();
	}
}

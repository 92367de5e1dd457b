import {render} from 'ink';
import type {ReactNode} from 'react';
import {Component} from 'react';
import {createDirectSurface, DirectContext} from './direct-surface.ts';
import {createKeyboard} from './keyboard/keyboard.ts';
import type {Size} from './layout.ts';
import type {Terminal} from './painter.ts';
import {createPainter} from './painter.ts';
import {createSuspension, type Stop, SuspendContext} from './suspension.ts';
import {lastAnswer, withoutAnswers} from './terminal-input.ts';
import type {Theme} from './theme.ts';
import {ThemeContext} from './theme.ts';
import {useSize} from './use-size.ts';

export type TerminalOptions = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: Terminal;
	readonly theme: Theme;
	/** Aborted: the screen closes and the terminal is as it was. */
	readonly signal: AbortSignal;
	/** How Ctrl-Z stops the job; absent: by the system. */
	readonly stop?: Stop;
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
	{stdin, stdout, theme, signal, stop}: TerminalOptions,
	draw: (size: Size, end: (result: Result) => void) => ReactNode,
): Promise<Result | 'aborted'> {
	if (signal.aborted) return 'aborted';
	const painter = createPainter(stdout, stdin.isTTY);
	const {ofInk, show} = createDirectSurface(painter.surface);
	const input = withoutAnswers(stdin, {onAnswer: painter.answered, onKeys: painter.keyPressed, isAsking: painter.isAsking});
	const keyboard = createKeyboard(input);
	let unmount = () => {};
	let abort = () => {};
	let isLost = false;
	process.once('exit', painter.leave);
	// The terminal went away (EIO, EPIPE): there is nobody left to draw for.
	const onLost = () => {
		isLost = true;
		abort();
	};
	stdin.on('error', onLost);
	stdout.on('error', onLost);
	// Before there is anything to see: ink does it only after the first frame is out, and a terminal that still edits lines makes another key of an early Enter.
	const setRawMode = (raw: boolean) => stdin.isTTY && stdin.setRawMode(raw);
	setRawMode(true);
	painter.enter();
	const leave = () => {
		painter.leave();
		setRawMode(false);
	};
	const enter = () => {
		// First, and anew: a shell may have changed it meanwhile, and the system stops here who goes on in the background.
		setRawMode(false);
		setRawMode(true);
		// Of a new size only the job in the foreground hears.
		process.emit('SIGWINCH', 'SIGWINCH');
		painter.enter();
	};
	const {suspend, close} = createSuspension({leave, enter, stop});
	try {
		return await new Promise<Result | 'aborted'>((end, fail) => {
			abort = () => end('aborted');
			signal.addEventListener('abort', abort, {once: true});
			({unmount} = render(
				<ThemeContext value={theme}>
					<SuspendContext value={suspend}>
						<DirectContext value={show}>
							<Boundary onError={fail}>
								<Sized terminal={stdout} onResize={painter.invalidate} draw={size => draw(size, end)} />
							</Boundary>
						</DirectContext>
					</SuspendContext>
				</ThemeContext>,
				// debug: whole frames as text, which is what the painter takes; see there for why.
				{stdin: keyboard.stream, stdout: ofInk, debug: true, exitOnCtrlC: false, patchConsole: false},
			));
		});
	} finally {
		close();
		unmount();
		keyboard.close();
		signal.removeEventListener('abort', abort);
		process.off('exit', painter.leave);
		painter.leave();
		setRawMode(!isLost);
		if (!isLost) await lastAnswer(input, painter.isAsking);
		setRawMode(false);
		// Kept for a while: a write that is still under way reports its error later.
		setTimeout(() => {
			stdin.off('error', onLost);
			stdout.off('error', onLost);
		}, 1000).unref();
	}
}

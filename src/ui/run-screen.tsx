import type {ScreenView} from '../store/views.ts';
import type {ScreenEnd} from './key-context.ts';
import type {Published, ScreenPorts} from './ports.ts';
import type {TerminalOptions} from './run-in-terminal.tsx';
import {runInTerminal} from './run-in-terminal.tsx';
import {Screen} from './screen.tsx';

export type RunScreenOptions = TerminalOptions & {
	readonly view: Published<ScreenView>;
	readonly ports: ScreenPorts;
	/** `--yes`: pause and resume without a question. Undo always asks. */
	readonly yes?: boolean;
};

/** Shows the screen until a person quits (`quit`), presses Ctrl-C (`interrupted`) or the signal aborts (`aborted`). The terminal is as before then. */
export function runScreen({view, ports, yes = false, ...terminal}: RunScreenOptions): Promise<ScreenEnd | 'aborted'> {
	return runInTerminal<ScreenEnd>(terminal, (size, end) => (
		<Screen
			store={view}
			size={size}
			ports={ports}
			yes={yes}
			onEnd={how => {
				ports.quit();
				end(how);
			}}
		/>
	));
}

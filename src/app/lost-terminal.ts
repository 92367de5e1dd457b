import {closeSync} from 'node:fs';
import {isatty} from 'node:tty';

/**
 * A terminal that was closed under the program is let go of before the process ends: Node gives every terminal its modes back then, and aborts, with a
 * core dump, where the terminal is gone. Of a file that is closed it asks nothing. Node: ResetStdio in src/node.cc.
 */
export function letGoOfLostTerminal(): void {
	const terminals = [0, 1, 2].filter(file => isatty(file));
	process.on('exit', () => {
		for (const file of terminals.filter(one => !isatty(one))) {
			try {
				closeSync(file);
			} catch {
				// It is closed already.
			}
		}
	});
}

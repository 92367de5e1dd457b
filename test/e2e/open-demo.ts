import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach} from 'vitest';
import {openRollwatch, type Terminal} from './terminal.ts';

/** Everything that a demo leaves in the temporary folder would be left here. */
export const folder = mkdtempSync(join(tmpdir(), 'rollwatch-e2e-'));
export const env = {TMPDIR: folder};
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const opened: Terminal[] = [];

/** Opens a demo on a terminal; it is gone when the test is over. */
export function openDemo(words: string): Terminal {
	const screen = openRollwatch(['demo', ...words.split(' ').filter(Boolean)], {env});
	opened.push(screen);
	return screen;
}

// A test that failed half-way must not leave its cluster to the next one.
afterEach(async () => {
	for (const screen of opened.splice(0)) {
		screen.kill('SIGTERM');
		await screen.exited;
	}
});

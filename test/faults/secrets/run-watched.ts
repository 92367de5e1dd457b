import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect} from 'vitest';
import {temporaryDirectory} from '../../cluster-io/harness/kubeconfig.ts';
import {runProgram} from '../../e2e/program.ts';
import {openRollwatch, type Terminal} from '../../e2e/terminal.ts';
import {type Canary, foundIn} from './canaries.ts';

/** `npm run faults -- secrets` tries everything with everything. */
export const isThorough = process.env.ROLLWATCH_FAULTS === 'all';

/** Where a secret was found, what was written is shown with it. */
export function expectNone(written: string, canaries: readonly Canary[]): void {
	const found = foundIn(written, canaries);
	expect({found, written: found.length === 0 ? '' : written}).toEqual({found: [], written: ''});
}

/** Folders of their own for everything that the program may write. */
export function ownFolders() {
	const home = temporaryDirectory();
	const folders = {HOME: home, XDG_CONFIG_HOME: join(home, 'config'), XDG_STATE_HOME: join(home, 'state'), XDG_CACHE_HOME: join(home, 'cache'), TMPDIR: home};
	return {home, env: folders};
}

/** All that the files of a folder hold, names included. */
export function filesText(folder: string): string {
	const files = readdirSync(folder, {recursive: true, withFileTypes: true});
	return files.map(file => `${file.name}\n${file.isFile() ? readFileSync(join(file.parentPath, file.name), 'latin1') : ''}`).join('\n');
}

/** All that one run without a terminal wrote, anywhere. */
export async function writtenBy(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
	const {home, env: folders} = ownFolders();
	const {stdout, stderr} = await runProgram(args, {env: {...folders, ...env}});
	return [stdout, stderr, filesText(home)].join('\n');
}

/** The screen, and all that it wrote, anywhere: what was shown at any time, the raw bytes, and the files. */
export function watchedScreen(args: readonly string[], env: Readonly<Record<string, string>>): {readonly screen: Terminal; readonly written: () => string} {
	const {home, env: folders} = ownFolders();
	const screen = openRollwatch(args, {env: {...folders, ...env}});
	const shown: string[] = [];
	screen.watch(text => shown.push(text));
	return {screen, written: () => [...shown, screen.written(), filesText(home)].join('\n')};
}

import {constants, type Stats} from 'node:fs';
import {open} from 'node:fs/promises';
import {join} from 'node:path';
import {UsageError} from '../usage-error.ts';
import type {World} from '../world.ts';
import {type Config, defaultConfig} from './config.ts';
import {homeOf, userFolder} from './user-folder.ts';

/** Nobody writes this much, and it is read before anything is shown. */
const mostBytes = 65_536;

const troubles: Readonly<Record<string, string>> = {
	EACCES: 'it may not be read by this user',
	ELOOP: 'it is a link to itself',
};

/**
 * The user's config file: `rollwatch/config.yaml` under XDG_CONFIG_HOME, else under ~/.config. Without one: the defaults. Throws UsageError, which names
 * the file and the key: who wanted to be kept from acting must not be let act because of a slip.
 */
export async function loadConfig(env: World['env']): Promise<Config> {
	const folder = userFolder(env, 'XDG_CONFIG_HOME', '.config');
	if (folder === undefined) return defaultConfig;
	const path = join(folder, 'config.yaml');
	const text = await readOwn(path);
	if (text === undefined) return defaultConfig;
	const {parseConfig} = await import('./parse-config.ts');
	const config = await parseConfig(text, homeOf(env));
	if ('error' in config) throw wrong(path, config.error);
	return config;
}

function wrong(path: string, problem: string): UsageError {
	return new UsageError(`${path}: ${problem}`);
}

/** The file's text; undefined where there is none. */
async function readOwn(path: string): Promise<string | undefined> {
	// Not blocking: nobody may ever write to a pipe that stands there.
	const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
		throw wrong(path, `cannot read it: ${troubles[error.code ?? ''] ?? error.code ?? error.message}`);
	});
	if (file === undefined) return undefined;
	try {
		const problem = problemOf(await file.stat());
		if (problem !== undefined) throw wrong(path, problem);
		return await file.readFile('utf8');
	} finally {
		await file.close();
	}
}

/** Why a file is not to be trusted with what keeps a person from mistakes. */
function problemOf(stats: Stats): string | undefined {
	const uid = process.getuid?.();
	if (!stats.isFile()) return 'it is no file';
	if (stats.size > mostBytes) return `it has ${stats.size} bytes and may have ${mostBytes}`;
	if (uid === undefined) return undefined;
	if (stats.uid !== uid && stats.uid !== 0) return 'it belongs to another user';
	return (stats.mode & 0o002) === 0 ? undefined : 'everybody may write to it: chmod o-w';
}

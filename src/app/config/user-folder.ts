import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';
import type {World} from '../world.ts';

/** The user's home; undefined where nobody says which it is. */
export function homeOf({HOME}: World['env']): string | undefined {
	try {
		const home = HOME || homedir();
		return isAbsolute(home) ? home : undefined;
	} catch {
		// A user of no name, as in some containers.
		return undefined;
	}
}

/** Our folder in one of the XDG base directories; undefined without a home. XDG Base Directory Specification: relative paths there are to be ignored. */
export function userFolder(env: World['env'], variable: 'XDG_CONFIG_HOME' | 'XDG_STATE_HOME', underHome: string): string | undefined {
	const given = env[variable] ?? '';
	if (isAbsolute(given)) return join(given, 'rollwatch');
	const home = homeOf(env);
	return home && join(home, underHome, 'rollwatch');
}

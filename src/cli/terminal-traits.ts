/** What a terminal can do, as far as its environment tells. */
export type TerminalTraits = {
	/** Why no screen can be drawn on it; undefined where one can. */
	readonly screenless: string | undefined;
	/** It shows more than ASCII. */
	readonly unicode: boolean;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** The terminals that can't move their cursor: of Emacs' shell, of build tools, of nobody knows what. terminfo(5). */
const withoutCursor: ReadonlySet<string> = new Set(['dumb', 'unknown']);

/** Reads TERM and the locale. Windows knows neither, and its terminals say themselves who they are. */
export function terminalTraits(env: Environment, platform: string): TerminalTraits {
	return {screenless: screenless(env.TERM ?? '', platform), unicode: platform === 'win32' ? isUnicodeOnWindows(env) : isUnicode(env, platform)};
}

function screenless(term: string, platform: string): string | undefined {
	if (withoutCursor.has(term)) return `TERM=${term} is a terminal without a cursor to move`;
	return term === '' && platform !== 'win32' ? 'TERM is not set: nothing is known of the terminal' : undefined;
}

/** POSIX 8.2: the first of these that is set and not empty says it; none is the same as `C`. macOS sets none over ssh, and has no other terminals. */
function isUnicode({LC_ALL, LC_CTYPE, LANG, TERM}: Environment, platform: string): boolean {
	// Linux' own console has 512 shapes, and most of ours are not among them.
	if (TERM === 'linux') return false;
	const locale = LC_ALL || LC_CTYPE || LANG || '';
	return locale === '' ? platform === 'darwin' : /utf-?8/i.test(locale);
}

function isUnicodeOnWindows({WT_SESSION, TERM_PROGRAM, TERM, ConEmuANSI, TERMINAL_EMULATOR}: Environment): boolean {
	const isKnown = Boolean(WT_SESSION) || TERM_PROGRAM === 'vscode' || ConEmuANSI === 'ON' || TERMINAL_EMULATOR === 'JetBrains-JediTerm';
	return isKnown || /^(xterm|alacritty|rxvt-unicode|tmux|screen)/.test(TERM ?? '');
}

/** The exit codes, in one table: README and help print it. */
export const exitCodes = {
	complete: {code: 0, meaning: 'the rollout is complete, or all of several are (also: quit with q, a snapshot was printed, help was asked for)'},
	failed: {code: 1, meaning: 'the rollout failed or stalled (progress deadline exceeded); one of several did'},
	usage: {code: 2, meaning: 'the command line, a rule, a pattern or the config file is wrong'},
	timedOut: {code: 3, meaning: '--timeout passed first, whatever some of several had come to'},
	paused: {code: 4, meaning: 'the rollout is paused; one of several is, and nothing worse'},
	superseded: {code: 5, meaning: 'the rollout was rolled back, or another one took its place'},
	notFound: {code: 6, meaning: 'no such namespace, workload or Service; nothing matches; one of several named was deleted, and none failed'},
	noConnection: {code: 7, meaning: 'no connection to the cluster, or access forbidden'},
	unwritten: {code: 8, meaning: 'the output could not be written (the disk is full): nothing is known of the rollout by it'},
	interrupted: {code: 130, meaning: 'interrupted (Ctrl-C, SIGTERM, SIGHUP)'},
} as const;

/** How the program ended. */
export type Ending = keyof typeof exitCodes;

/** The table as Markdown rows, for the README. */
export function exitCodesMarkdown(): string {
	const rows = Object.values(exitCodes).map(({code, meaning}) => `| ${code} | ${meaning} |`);
	return ['| code | meaning |', '|---|---|', ...rows].join('\n');
}

/** The table as lines, for `--help`. */
export function exitCodesText(): string {
	return Object.values(exitCodes)
		.map(({code, meaning}) => `  ${String(code).padStart(3)}  ${meaning}`)
		.join('\n');
}

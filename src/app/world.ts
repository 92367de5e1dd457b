/** Where the program writes and reads, and what ends it. */
export type World = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly stderr: NodeJS.WriteStream;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Aborted by Ctrl-C and signals. */
	readonly signal: AbortSignal;
};

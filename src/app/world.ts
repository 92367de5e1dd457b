/** Where the program writes and reads, and what ends it. */
export type World = {
	readonly stdin: NodeJS.ReadStream;
	readonly stdout: NodeJS.WriteStream;
	readonly stderr: NodeJS.WriteStream;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Epoch ms: the machine's own time, except in a demo that runs faster. */
	readonly now: () => number;
	/** Calls back with what to try next, in a demo: at once, and whenever that changes. */
	readonly onHint?: (listen: (text: string) => void) => void;
	/** Why addresses of the cluster lead nowhere on this machine, in a demo: nothing is sent to one that was found there. Undefined: they may lead there. */
	readonly unreachable?: string | undefined;
	/** The cluster is a practice one that ends with the program: no config file and no log of actions are for it. */
	readonly practice?: boolean;
	/** Aborted by Ctrl-C and signals. */
	readonly signal: AbortSignal;
};

/** What the config file says, defaults filled in. */
export type Config = {
	/** Nothing is written to the cluster. No flag switches it off. */
	readonly readOnly: boolean;
	/** Whether a context of this name is one where a mistake is dear. */
	readonly isProtected: (context: string) => boolean;
	/** Accepted actions are told to the cluster as K8sEvents. */
	readonly events: boolean;
	/** The log of actions: false, or an absolute path; absent: the usual place. */
	readonly audit: string | false | undefined;
};

/** Without a file. */
export const defaultConfig: Config = {
	readOnly: false,
	// No pattern that somebody wrote, so the tables of re2js need not be loaded.
	isProtected: context => /prod/i.test(context),
	events: true,
	audit: undefined,
};

/** For a cluster that nobody can hurt, and whatever sends nothing: no context is protected by the accident of its name, and nothing is logged. */
export const practiceConfig: Config = {...defaultConfig, isProtected: () => false, audit: false};

/** What would be created to ask from inside the cluster, for the person who is to agree to it. */
export type CurlPodPlan = {
	/** One line each: what, how often, for how long, what deletes it. */
	readonly facts: readonly string[];
	/** The manifest as it is sent. */
	readonly yaml: string;
	/** What would do the same by hand; the manifest is its standard input. */
	readonly command: string;
};

/** The last lines of a container's log, oldest first; of its run before where `previous`. Printable lines. */
export type LogTail = {
	readonly podUid: string;
	readonly container: string;
	readonly previous: boolean;
	readonly lines: readonly string[];
};

/** Log tails by container. */
export type LogTails = ReadonlyMap<string, LogTail>;

/** Where a container's tail is found in the map. */
export function logTailKey(podUid: string, container: string): string {
	return `${podUid}/${container}`;
}

import type {RequestListener} from 'node:http';
import type {Route} from '../services/pod-network.ts';

/** What a program sees of the machine it runs on; like PID 1 in a container, it ignores SIGTERM unless it says otherwise. */
export interface Machine {
	readonly podName: string;
	readonly podIp: string;
	/** The container's `command` and `args`, joined. */
	readonly command: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	/** The container's memory limit. */
	readonly memoryLimitBytes?: number | undefined;
	readonly log: (line: string) => void;
	readonly serve: (port: number, handler: RequestListener) => void;
	/** Where a connection to a name or an address would lead. */
	readonly route: (host: string, port: number) => Promise<Route>;
	/** Aborted when the program has come to its end: what it has open is to be given back. */
	readonly ended: () => AbortSignal;
	readonly onTerminate: (handler: () => void) => void;
	/** Takes no new connections, lets the requests end that are under way, and goes on then. */
	readonly drain: (then: () => void) => void;
	/** How a command is run beside the program (`exec` probes); without a handler each succeeds. */
	readonly onExec: (handler: (command: readonly string[]) => CommandResult) => void;
	readonly after: (delayMs: number, run: () => void) => void;
	/** The reason is for ends that the machine's kernel brings about: `OOMKilled`. */
	readonly exit: (code: number, reason?: string) => void;
}

/** What a command came to. */
export interface CommandResult {
	readonly code: number;
	readonly output: string;
}

/** A program: called once when its container starts. */
export type Program = (machine: Machine) => void;

/** What a pull brings. */
export interface Image {
	readonly program: Program;
	readonly sizeBytes: number;
	/** The commands in it that a pod may start it with, without their folder. Default: whatever is asked for. */
	readonly commands?: readonly string[];
}

/** A repository of a registry. */
export interface Repository {
	/** Its name as people write it: `luksa/kubia`. */
	readonly name: string;
	/** What its programs do, in one line. */
	readonly summary: string;
	/** Empty when every tag will do. */
	readonly tags: readonly string[];
	/** The image for a tag, or nothing when there is no such tag. */
	readonly pull: (tag: string) => Image | undefined;
}

/** A repository with a fixed set of tags. */
export function taggedImages(name: string, summary: string, sizeBytes: number, programs: Readonly<Record<string, Program>>): Repository {
	const images = new Map(Object.entries(programs).map(([tag, program]) => [tag, {program, sizeBytes}]));
	return {name, summary, tags: [...images.keys()], pull: tag => images.get(tag)};
}

/** A repository whose program is the same whatever the tag. */
export function anyTag(name: string, summary: string, sizeBytes: number, program: Program, commands?: readonly string[]): Repository {
	const image = {program, sizeBytes, ...(commands === undefined ? {} : {commands})};
	return {name, summary, tags: [], pull: () => image};
}

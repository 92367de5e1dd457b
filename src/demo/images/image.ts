import type {RequestListener} from 'node:http';

/** What a program sees of the machine it runs on; like PID 1 in a container, it ignores SIGTERM unless it says otherwise. */
export interface Machine {
	readonly podName: string;
	readonly podIp: string;
	/** The container's `command` and `args`, joined. */
	readonly command: readonly string[];
	readonly log: (line: string) => void;
	readonly serve: (port: number, handler: RequestListener) => void;
	readonly onTerminate: (handler: () => void) => void;
	readonly after: (delayMs: number, run: () => void) => void;
	readonly exit: (code: number) => void;
}

/** A program: called once when its container starts. */
export type Program = (machine: Machine) => void;

/** What a pull brings. */
export interface Image {
	readonly program: Program;
	readonly sizeBytes: number;
}

/** A repository: the image for a tag, or nothing when there is no such tag. */
export type Repository = (tag: string) => Image | undefined;

/** A repository with a fixed set of tags. */
export function taggedImages(sizeBytes: number, programs: Readonly<Record<string, Program>>): Repository {
	return tag => (Object.hasOwn(programs, tag) ? {program: programs[tag] ?? idle, sizeBytes} : undefined);
}

function idle(): void {
	// Never reached: the tag was looked up first, which the type of an index access cannot show.
}

import type {Clock} from '../clock.ts';
import type {CommandResult, Image, Machine} from '../images/image.ts';
import type {Network} from '../network.ts';
import {createPodServer, type PodServer} from './pod-server.ts';

/** What a process is started with. */
export interface ProcessOptions {
	readonly image: Image;
	readonly podName: string;
	readonly podIp: string;
	readonly command: readonly string[];
	readonly env: Readonly<Record<string, string>>;
	readonly memoryLimitBytes?: number | undefined;
	readonly clock: Clock;
	readonly network: Network;
	readonly log: (line: string) => void;
}

/** One run of a container: a program with real sockets. */
export interface ContainerProcess {
	readonly startedAt: number;
	/** Settles once, with all sockets given back. */
	readonly exited: Promise<Exit>;
	/** SIGTERM. */
	readonly terminate: () => void;
	/** SIGKILL. */
	readonly kill: () => void;
	/** Runs a command beside the program, in the same container. */
	readonly exec: (command: readonly string[]) => CommandResult;
}

export interface Exit {
	readonly code: number;
	readonly at: number;
	/** Why, where the code alone does not say it: `OOMKilled`. */
	readonly reason?: string | undefined;
}

const killedCode = 137;

/** Starts a program. It runs until it exits by itself or is killed. */
export function startProcess({image, podName, podIp, command, env, memoryLimitBytes, clock, network, log}: ProcessOptions): ContainerProcess {
	const servers: PodServer[] = [];
	const timers = new Set<() => void>();
	let onTerminate: (() => void) | undefined;
	let onExec: ((command: readonly string[]) => CommandResult) | undefined;
	let isOver = false;
	let settle: (exit: Exit) => void = () => undefined;
	const exited = new Promise<Exit>(resolve => {
		settle = resolve;
	});
	const exit = (code: number, reason?: string) => {
		if (isOver) return;
		isOver = true;
		for (const cancel of timers) cancel();
		const at = clock.now();
		void Promise.all(servers.map(({close}) => close())).then(() => settle({code, at, reason}));
	};
	// A script from a pod's spec may be of any kind and length; what it breaks is its own container.
	const guard = (run: () => void) => {
		try {
			run();
		} catch (error) {
			log(String(error));
			exit(1);
		}
	};
	const machine: Machine = {
		podName,
		podIp,
		command,
		env,
		memoryLimitBytes,
		log,
		exit,
		serve(port, handler) {
			const podServer = createPodServer(handler);
			podServer.server.on('error', error => {
				log(`cannot listen on port ${port}: ${error.message}`);
				exit(1);
			});
			servers.push(podServer);
			network.listen(podServer.server, podIp, port);
		},
		onTerminate(handler) {
			onTerminate = handler;
		},
		onExec(handler) {
			onExec = handler;
		},
		drain: then => void Promise.all(servers.map(({drain}) => drain())).then(then),
		after: (delayMs, run) => addTimer(timers, clock, delayMs, () => guard(run)),
	};
	const startedAt = clock.now();
	guard(() => image.program(machine));
	return {
		startedAt,
		exited,
		terminate: () => onTerminate?.(),
		kill: () => exit(killedCode),
		exec: command => onExec?.(command) ?? {code: 0, output: ''},
	};
}

/** A timer that forgets itself when it has run. */
function addTimer(timers: Set<() => void>, clock: Clock, delayMs: number, run: () => void): void {
	const cancel = clock.schedule(delayMs, () => {
		timers.delete(cancel);
		run();
	});
	timers.add(cancel);
}

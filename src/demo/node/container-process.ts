import type {Clock} from '../clock.ts';
import type {CommandResult, Image, Machine} from '../images/image.ts';
import type {Network} from '../network.ts';
import type {Route} from '../services/pod-network.ts';
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
	/** Where the program's own connections lead. Default: nowhere. */
	readonly route?: ((host: string, port: number) => Promise<Route>) | undefined;
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
export function startProcess(options: ProcessOptions): ContainerProcess {
	const {image, podIp, clock, network, log} = options;
	const servers: PodServer[] = [];
	const timers = new Set<() => void>();
	let onTerminate: (() => void) | undefined;
	let onExec: ((command: readonly string[]) => CommandResult) | undefined;
	const ended = createEnding();
	let isOver = false;
	let settle: (exit: Exit) => void = () => undefined;
	const exited = new Promise<Exit>(resolve => {
		settle = resolve;
	});
	const exit = (code: number, reason?: string) => {
		if (isOver) return;
		isOver = true;
		for (const cancel of timers) cancel();
		ended.abort();
		const at = clock.now();
		void Promise.all(servers.map(({close}) => close())).then(() => settle({code, at, reason}));
	};
	const fail = (why: string) => {
		log(why);
		exit(1);
	};
	// A script from a pod's spec may be of any kind and length; what it breaks is its own container.
	const guard = (run: () => void) => {
		try {
			run();
		} catch (error) {
			fail(String(error));
		}
	};
	const machine: Machine = {
		...surroundings(options),
		exit,
		serve(port, handler) {
			const podServer = createPodServer(handler);
			podServer.server.on('error', error => fail(`cannot listen on port ${port}: ${error.message}`));
			servers.push(podServer);
			network.listen(podServer.server, podIp, port);
		},
		ended: ended.signal,
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

/** What a program may know of where it runs. */
function surroundings({podName, podIp, command, env, memoryLimitBytes, route = nowhere, log}: ProcessOptions) {
	return {podName, podIp, command, env, memoryLimitBytes, route, log};
}

async function nowhere(ip: string): Promise<Route> {
	return {kind: 'refused', ip};
}

/** Makes its signal for those who ask: thousands of programs never do. */
function createEnding(): {readonly signal: () => AbortSignal; readonly abort: () => void} {
	let controller: AbortController | undefined;
	let isOver = false;
	return {
		signal() {
			controller ??= new AbortController();
			if (isOver) controller.abort();
			return controller.signal;
		},
		abort() {
			isOver = true;
			controller?.abort();
		},
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

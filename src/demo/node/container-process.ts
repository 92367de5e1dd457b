import {createServer, type RequestListener, type Server} from 'node:http';
import type {Clock} from '../clock.ts';
import type {Image, Machine} from '../images/image.ts';
import type {Network} from '../network.ts';

/** What a process is started with. */
export interface ProcessOptions {
	readonly image: Image;
	readonly podName: string;
	readonly podIp: string;
	readonly command: readonly string[];
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
}

export interface Exit {
	readonly code: number;
	readonly at: number;
}

const killedCode = 137;

/** Starts a program. It runs until it exits by itself or is killed. */
export function startProcess({image, podName, podIp, command, clock, network, log}: ProcessOptions): ContainerProcess {
	const servers: Server[] = [];
	const timers = new Set<() => void>();
	let onTerminate: (() => void) | undefined;
	let isOver = false;
	let settle: (exit: Exit) => void = () => undefined;
	const exited = new Promise<Exit>(resolve => {
		settle = resolve;
	});
	const exit = (code: number) => {
		if (isOver) return;
		isOver = true;
		for (const cancel of timers) cancel();
		const at = clock.now();
		void Promise.all(servers.map(closeServer)).then(() => settle({code, at}));
	};
	const machine: Machine = {
		podName,
		podIp,
		command,
		log,
		exit,
		serve(port, handler) {
			const server = createPodServer(handler, error => {
				log(`cannot listen on port ${port}: ${error.message}`);
				exit(1);
			});
			servers.push(server);
			network.listen(server, podIp, port);
		},
		onTerminate(handler) {
			onTerminate = handler;
		},
		after(delayMs, run) {
			const cancel = clock.schedule(delayMs, () => {
				timers.delete(cancel);
				run();
			});
			timers.add(cancel);
		},
	};
	const startedAt = clock.now();
	image.program(machine);
	return {startedAt, exited, terminate: () => onTerminate?.(), kill: () => exit(killedCode)};
}

function createPodServer(handler: RequestListener, onError: (error: Error) => void): Server {
	// Longer than the API server's proxy keeps an idle connection, or it would now and then write into a closed one.
	const server = createServer({keepAliveTimeout: 120_000}, handler);
	server.on('error', onError);
	return server;
}

function closeServer(server: Server): Promise<void> {
	return new Promise(resolve => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}

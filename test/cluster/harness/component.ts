import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, openSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {giveWay, yieldingOptions} from './yielding.mjs';

const tailLines = 20;

/** One running program of the cluster: a part of the control plane, or a controller beside it. */
export interface Component {
	/** Rejects with the tail of the log when the part ends before it was told to. */
	readonly failed: Promise<never>;
	pause(): void;
	resume(): void;
	kill(): Promise<void>;
}

export interface ComponentOptions {
	readonly program: string;
	readonly name: string;
	readonly args: readonly string[];
	readonly folder: string;
}

/** Starts a program; its output goes to `NAME.log` in the folder. */
export function startComponent({program, name, args, folder}: ComponentOptions): Component {
	const logFile = join(folder, `${name}.log`);
	const log = openSync(logFile, 'a');
	// Its own small environment: a proxy or a KUBECONFIG of the developer has no business here.
	const env = {PATH: process.env.PATH, HOME: folder, ROLLWATCH_TEST_WATCH_STDIN: '1'};
	const child = spawn(program, [...args], {cwd: folder, env, stdio: ['pipe', log, log], ...yieldingOptions});
	giveWay(child.pid);
	closeSync(log);

	let stopping = false;
	const failed = once(child, 'exit').then(([code, signal]) => {
		if (stopping) return new Promise<never>(() => {});
		throw new Error(`${name} ended by itself (${signal ?? `code ${code}`}). The end of ${logFile}:\n${tailOf(logFile)}`);
	});
	// Whoever waits for the part races this promise; at other times nobody may be listening.
	failed.catch(() => {});

	return {
		failed,
		pause: () => void child.kill('SIGSTOP'),
		resume: () => void child.kill('SIGCONT'),
		// SIGKILL, because it also ends a paused process, and because nobody needs the data afterwards.
		kill: () => {
			stopping = true;
			return killAndWait(child);
		},
	};
}

/** The last lines of a log, for error messages. */
export function tailOf(logFile: string): string {
	return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-tailLines).join('\n');
}

async function killAndWait(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const exit = once(child, 'exit');
	child.kill('SIGKILL');
	await exit;
}

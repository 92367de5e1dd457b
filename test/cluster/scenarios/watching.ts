import {expect} from 'vitest';
import {type RunResult, runProgram} from '../../e2e/program.ts';
import {openRollwatch, type Terminal, type TerminalOptions} from '../../e2e/terminal.ts';
import type {AuditEvent, ClusterAccess} from '../harness/cluster-access.ts';
import type {TestNamespace} from '../harness/namespace.ts';

/** The parts of `--once -o json` that tests compare. */
export interface Snapshot {
	readonly streams: Readonly<Record<string, string>>;
	readonly workload: {readonly paused: boolean; readonly revision: number | null; readonly images: readonly string[]};
	readonly rollout: {
		readonly phase: string;
		readonly message: string;
		readonly stuck: readonly {readonly pod: string; readonly message: string; readonly kind: string}[];
	};
	readonly revisions: readonly {
		readonly revision: number;
		readonly images: readonly string[];
		readonly changeCause: string | null;
		readonly current: boolean;
	}[];
	readonly replicaSets: readonly Row[];
	readonly pods: readonly Row[];
	readonly sampler: {
		readonly samples: number;
		readonly rule: string | null;
		readonly mix: readonly {readonly version: string | null; readonly count: number; readonly expectedShare: number | null; readonly revision: number | null}[];
		readonly failures: readonly {readonly reason: string; readonly count: number}[];
	} | null;
}

type Row = Readonly<Record<string, string | number | null>> & {readonly name: string; readonly age: string};

/** One namespace, seen through rollwatch. */
export interface Watching {
	readonly screen: (args: readonly string[], options?: TerminalOptions) => Terminal;
	readonly run: (args: readonly string[], options?: Parameters<typeof runProgram>[1]) => Promise<RunResult>;
	readonly snapshot: (args: readonly string[]) => Promise<Snapshot>;
	/** What was sent to change the Deployment, by anybody, in order. */
	readonly patches: (name: string) => Promise<readonly AuditEvent[]>;
}

export function watchingOf(cluster: ClusterAccess, {name: namespace}: Pick<TestNamespace, 'name'>, kubeconfig = cluster.kubeconfig): Watching {
	const env = {KUBECONFIG: kubeconfig};
	const inside = (args: readonly string[]) => (args.includes('-n') ? args : [...args, '-n', namespace]);
	const run: Watching['run'] = (args, options) => runProgram(inside(args), {...options, env: {...env, ...options?.env}});
	return {
		screen: (args, options) => openRollwatch(inside(args), {...options, env: {...env, ...options?.env}}),
		run,
		async snapshot(args) {
			const {stdout, stderr} = await run([...args, '--once', '-o', 'json']);
			expect(stderr).toBe('');
			return JSON.parse(stdout);
		},
		async patches(name) {
			const events = await cluster.auditEvents();
			const isTry = (uri: string) => uri.includes('dryRun=All');
			return events.filter(
				({verb, objectRef, requestURI}) => verb === 'patch' && objectRef?.namespace === namespace && objectRef.name === name && !isTry(requestURI),
			);
		},
	};
}

/** Ends a screen that a failed test may have left in any state. */
export async function end(screen: Terminal | undefined): Promise<void> {
	if (screen === undefined) return;
	screen.kill('SIGKILL');
	await screen.exited;
}

/** Ends the screen as a person does, and insists on an intact terminal. */
export async function quit(screen: Terminal): Promise<void> {
	screen.press('q');
	expect(await screen.exited).toMatchObject({exitCode: 0});
	expect(screen.isAlternate()).toBe(false);
	expect(screen.isCursorHidden()).toBe(false);
}

/** Answers a confirmation with yes, again where it says that something changed while it was open. Gives how many keys that took. */
export async function sayYes(screen: Terminal): Promise<number> {
	const isAskedAgain = (text: string) => text.includes('Send it?') && text.includes('Read it again');
	// A slow terminal gets a frame in pieces: one of them may have the remark already and the question not yet.
	const isAnswered = (text: string) => !text.includes('Send it?') && !text.includes('Nothing was sent');
	screen.press('y');
	await screen.until('an answered question', text => isAnswered(text) || isAskedAgain(text));
	for (let keys = 1; ; keys++) {
		if (!isAskedAgain(screen.text())) return keys;
		screen.press('y');
		// It says so still when it is asked for the third time: only that it stays tells.
		await screen.hides('Send it?', keys < 3 ? 1_500 : 15_000).catch(error => {
			if (!isAskedAgain(screen.text())) throw error;
		});
	}
}

/** Walks through the list of revisions, opens the confirmation of one and returns it. */
export async function chooseRevision(screen: Terminal, revision: number): Promise<string> {
	await screen.pressFor('t', 'which revision');
	const marked = (text: string) => /│ revision (\d+)(?: \((?:was|now)[^)]*\))*, /.exec(text)?.[1];
	for (let presses = 0; presses < 20 && marked(screen.text()) !== String(revision); presses++) {
		const before = marked(screen.text());
		screen.press(down);
		// Pods and clocks move meanwhile: another arrow before the mark itself has moved would go too far.
		await screen.until('the cursor on another revision', text => ![undefined, before].includes(marked(text)));
	}
	const dialog = await screen.pressFor(enter, 'Send it?');
	expect(dialog).toMatch(new RegExp(`Go to revision ${revision}\\b`));
	return dialog;
}

export const enter = '\r';
export const escapeKey = '\u001B';
export const down = '\u001B[B';
export const up = '\u001B[A';

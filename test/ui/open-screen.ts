import type {Command, CommandResult} from '../../src/domain/command.ts';
import {emptyLogFeed, type LogFeed} from '../../src/store/log-feed.ts';
import type {ScreenView} from '../../src/store/views.ts';
import type {WhyView} from '../../src/store/why-views.ts';
import type {ScreenPorts} from '../../src/ui/ports.ts';
import {runScreen} from '../../src/ui/run-screen.tsx';
import type {Theme} from '../../src/ui/theme.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {asStdin, asTerminal, settled, TestKeyboard, TestTerminal} from './terminal.ts';
import {diff, mixHistory, podDetails, revisions, routes, steps, undoConfirm} from './views.ts';

export type Opened = {
	readonly terminal: TestTerminal;
	readonly keyboard: TestKeyboard;
	/** How the keyboard was switched, and how much stood on the terminal by then. */
	readonly rawModes: readonly {readonly raw: boolean; readonly writes: number}[];
	readonly calls: string[];
	readonly dryRuns: string[];
	readonly reads: string[];
	readonly publish: (view: ScreenView) => Promise<void>;
	readonly frame: () => Promise<string>;
	readonly type: (text: string) => Promise<void>;
	readonly ended: Promise<string>;
	readonly abort: () => void;
	readonly close: () => Promise<void>;
};

export type OpenOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly theme?: Theme;
	readonly yes?: boolean;
	readonly ports?: Partial<ScreenPorts>;
	readonly feed?: LogFeed;
	readonly why?: WhyView;
};

/** The whole screen on a terminal in memory, with ports that only write down what was asked of them. */
export function openScreen(
	view: ScreenView,
	{
		columns = 120,
		rows = 34,
		theme = createTheme({color: true, ascii: false, motion: false}),
		yes = false,
		ports = {},
		feed = emptyLogFeed,
		why,
	}: OpenOptions = {},
): Opened {
	const terminal = new TestTerminal(columns, rows);
	const keyboard = new TestKeyboard();
	const rawModes: {raw: boolean; writes: number}[] = [];
	keyboard.onRawMode = raw => rawModes.push({raw, writes: terminal.bytes.length});
	const stop = new AbortController();
	const calls: string[] = [];
	const dryRuns: string[] = [];
	const reads: string[] = [];
	const listeners = new Set<() => void>();
	let current = view;
	const accepted: CommandResult = {kind: 'accepted', message: 'deployment.apps/kubia rolled back', warnings: []};
	const fake: ScreenPorts = {
		send: async (command: Command, options) => {
			// Every question is checked as soon as it opens; what is sent is what matters.
			(options?.dryRun ? dryRuns : calls).push(`send ${JSON.stringify(command)}`);
			return accepted;
		},
		confirmOf: command => ({
			...undoConfirm,
			command,
			title: command.kind === 'undo' ? `Undo to revision ${command.toRevision ?? 2}?` : `${command.kind} the rollout?`,
		}),
		prepare: async command => void reads.push(`prepare ${JSON.stringify(command)}`),
		askRight: action => calls.push(`right ${action}`),
		scaleOf: (name = 'kubia') => ({name, replicas: 3}),
		partitionOf: (name = 'db') => ({name, partition: 0}),
		containersOf: (name = 'kubia') => ({name, containers: [{name: 'kubia', image: 'luksa/kubia:v3', init: false}]}),
		revisions: () => revisions,
		diff: async () => diff,
		steps: () => steps,
		openWorkload: name => calls.push(`open ${name}`),
		toggleCurl: () => calls.push('curl'),
		setWindow: seconds => calls.push(`window ${seconds}`),
		agree: yes => calls.push(`agree ${yes}`),
		routes: async () => routes,
		chooseRoute: id => calls.push(`route ${id}`),
		chooseTarget: id => calls.push(`target ${id}`),
		mixHistory,
		podDetails: uid => ({...podDetails, name: uid}),
		podLogs: async (uid, container, previous) => [`log of ${uid} ${container}${previous ? ' previous' : ''}`, 'Kubia server starting...'],
		why: () => why,
		logs: {
			open: wish => calls.push(`follow ${JSON.stringify(wish)}`),
			close: () => calls.push('close log'),
			feed: {subscribe: () => () => undefined, snapshot: () => feed},
			ofRevision: () => ({kind: 'revision', replicaSetUid: 'rs-3', revision: 3}),
		},
		quit: () => calls.push('quit'),
		...ports,
	};
	const store = {
		snapshot: () => current,
		subscribe(listener: () => void) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
	const ended = runScreen({view: store, ports: fake, stdin: asStdin(keyboard), stdout: asTerminal(terminal), theme, yes, signal: stop.signal});
	return {
		terminal,
		keyboard,
		rawModes,
		calls,
		dryRuns,
		reads,
		async publish(next) {
			current = next;
			for (const listener of listeners) listener();
			await settled();
		},
		frame: () => terminal.frame(),
		type: text => keyboard.type(text),
		ended,
		abort: () => stop.abort(),
		async close() {
			stop.abort();
			await ended;
		},
	};
}

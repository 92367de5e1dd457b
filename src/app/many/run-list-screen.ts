import type {Ending} from '../../cli/exit-code.ts';
import type {Options} from '../../cli/options.ts';
import type {ClusterConnection} from '../../cluster/connect.ts';
import {plainText} from '../../domain/sanitise.ts';
import type {VersionRule} from '../../domain/version-rule.ts';
import type {WorkloadSelection} from '../../domain/workload-selection.ts';
import type {WorkloadRow} from '../../store/workload-list/list-views.ts';
import type {TerminalOptions} from '../../ui/run-in-terminal.tsx';
import {runList} from '../../ui/workload-list/run-list.tsx';
import {openScreen} from '../open-screen.ts';
import type {Safety} from '../safety.ts';
import {sentenceOf} from '../sentence-of.ts';
import {printAfterScreen} from '../tty-output.ts';
import {withSession} from '../with-session.ts';
import type {World} from '../world.ts';
import {createStage} from './create-stage.ts';
import {countsText} from './list-text.ts';
import {withList} from './with-list.ts';

type ListScreenOptions = {
	readonly options: Options;
	readonly selection: WorkloadSelection;
	readonly rule: VersionRule;
	readonly safety: Safety;
	readonly connection: ClusterConnection;
	readonly world: World;
	readonly terminal: TerminalOptions;
};

/** The list of several workloads, and the screen of each that is opened from it. Gives how it ended; `undefined` when the signal came first. */
export function runListScreen({options, selection, rule, safety, connection, world, terminal}: ListScreenOptions): Promise<Ending | undefined> {
	const {now, env, stdout, stderr} = world;
	const closed = new AbortController();
	const signal = AbortSignal.any([world.signal, closed.signal]);
	return withList({connection, selection, now, signal}, async list => {
		const stage = createStage();
		let opening: Promise<void> | undefined;
		let isOpen = false;
		const watch = ({kind, name, namespace}: WorkloadRow) =>
			withSession({connection: {...connection, namespace}, watched: {kind, name}, options, rule, safety, env, now, signal, stderr}, async session => {
				const {ports} = await openScreen(session, {...connection, namespace}, options, world);
				await new Promise<void>(resolve => {
					// Left while it was opened: nobody would hear of that any more.
					if (session.signal.aborted) return resolve();
					// The session's own: on the list's the listener, and all of the session with it, would stay until the program ends.
					session.signal.addEventListener('abort', () => resolve(), {once: true});
					stage.show({view: session.view, ports: {...ports, toList: resolve}});
				});
				// At once: the streams may take a moment to end.
				isOpen = false;
				stage.say(undefined);
			});
		const open = async (row: WorkloadRow) => {
			stage.say({tone: 'quiet', text: `opening ${row.target}…`});
			try {
				await watch(row);
			} catch (error) {
				stage.say({tone: 'bad', text: `${row.target}: ${sentenceOf(error)}`});
				isOpen = false;
			}
		};
		const onOpen = (row: WorkloadRow) => {
			if (isOpen) return;
			isOpen = true;
			// The one before may still be ending: nobody's Enter is lost for that.
			opening = Promise.resolve(opening).then(() => open(row));
		};
		const end = await runList({...terminal, list: list.view, stage: stage.published, onOpen, yes: options.yes});
		closed.abort();
		await opening;
		const {context, namespace} = list.view.snapshot();
		printAfterScreen(stdout, `${plainText(`${context} / ${namespace ?? 'all namespaces'}  ${countsText(list.view.snapshot())}`)}\n`);
		if (end === 'aborted') return undefined;
		return end === 'quit' ? 'complete' : 'interrupted';
	});
}

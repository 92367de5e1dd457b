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
		const watch = ({kind, name, namespace}: WorkloadRow) =>
			withSession({connection: {...connection, namespace}, watched: {kind, name}, options, rule, safety, env, now, signal, stderr}, async session => {
				const {ports} = await openScreen(session, {...connection, namespace}, options, world);
				await new Promise<void>(resolve => {
					signal.addEventListener('abort', () => resolve(), {once: true});
					stage.show({view: session.view, ports: {...ports, toList: resolve}});
				});
				// At once: the streams may take a moment to end.
				stage.say(undefined);
			});
		const open = async (row: WorkloadRow) => {
			stage.say({tone: 'quiet', text: `opening ${row.target}…`});
			try {
				await watch(row);
			} catch (error) {
				stage.say({tone: 'bad', text: `${row.target}: ${sentenceOf(error)}`});
			} finally {
				opening = undefined;
			}
		};
		const onOpen = (row: WorkloadRow) => {
			opening ??= open(row);
		};
		const end = await runList({...terminal, list: list.view, stage: stage.published, onOpen, yes: options.yes});
		closed.abort();
		await opening;
		const {context, namespace} = list.view.snapshot();
		stdout.write(`${plainText(`${context} / ${namespace ?? 'all namespaces'}  ${countsText(list.view.snapshot())}`)}\n`);
		if (end === 'aborted') return undefined;
		return end === 'quit' ? 'complete' : 'interrupted';
	});
}

import type {Ending} from '../cli/exit-code.ts';
import type {Options} from '../cli/options.ts';
import type {ClusterConnection} from '../cluster/connect.ts';
import {listWorkloads} from '../cluster/list-workloads.ts';
import {plainText} from '../domain/sanitise.ts';
import type {VersionRule} from '../domain/version-rule.ts';
import type {ScreenView} from '../store/views.ts';
import {runScreen} from '../ui/run-screen.tsx';
import {createTheme} from '../ui/theme.ts';
import {hasFirstFrame, until} from './first-sight.ts';
import {keepLogTailsOf} from './log-tails.ts';
import {pickWorkload} from './pick-workload.ts';
import type {Safety} from './safety.ts';
import {screenPorts} from './screen-ports.ts';
import {serviceLine, sideText} from './service-text.ts';
import {startCurl} from './start-curl.ts';
import {withSession} from './with-session.ts';
import type {World} from './world.ts';

/** A first frame with all panels is worth this wait; longer, and what is there is shown. */
const completeFrameMs = 300;

/** The screen on the named workload, or on the one that is picked. Gives how it ended; `undefined` when the signal came first. */
export async function runInteractive(
	options: Options,
	rule: VersionRule,
	safety: Safety,
	connection: ClusterConnection,
	world: World,
): Promise<Ending | undefined> {
	const {stdin, stdout, stderr, signal} = world;
	const terminal = {stdin, stdout, signal, theme: createTheme({color: options.color, ascii: options.ascii})};
	const choice = options.name === undefined ? await pick(connection, {...terminal, now: world.now}) : {kind: options.kind, name: options.name};
	if (choice === undefined || 'ending' in choice) return choice?.ending;
	return withSession({connection, watched: choice, options, rule, safety, env: world.env, now: world.now, signal, stderr}, async session => {
		world.onHint?.(text => session.store.dispatch({type: 'hinted', text}));
		if (options.sampler.targets.length > 0) startCurl(session);
		await until(session.store, state => hasFirstFrame(state) || undefined, AbortSignal.any([signal, AbortSignal.timeout(completeFrameMs)]));
		session.rights.start();
		void session.actions.who();
		keepLogTailsOf(session);
		const ports = screenPorts(session, connection, {kubeconfig: options.cluster.kubeconfig, unreachable: world.unreachable, quit: () => {}});
		const end = await runScreen({...terminal, view: session.view, ports, yes: options.yes});
		for (const line of lastLines(session.view.snapshot())) stdout.write(`${plainText(line)}\n`);
		if (end === 'aborted') return undefined;
		return end === 'quit' ? 'complete' : 'interrupted';
	});
}

/** How it stood when the screen was closed. */
function lastLines({header, rollout, service}: ScreenView): readonly string[] {
	const place = `${header.context} / ${header.namespace} / ${header.target}`;
	if (service !== undefined) return [serviceLine(place, service), ...service.sides.map(sideText)];
	return rollout === undefined ? [] : [`${place}  ${rollout.word}  ${rollout.message}`];
}

type Choice = {readonly kind: Options['kind']; readonly name: string} | {readonly ending: Ending};

async function pick(connection: ClusterConnection, terminal: Parameters<typeof pickWorkload>[1]): Promise<Choice | undefined> {
	// Says what is wrong before the screen opens: an unknown namespace, no connection, no right to list.
	await listWorkloads(connection, terminal.signal);
	const end = await pickWorkload(connection, terminal);
	if (end === 'aborted') return undefined;
	if (end.kind === 'chosen') return {kind: 'Deployment', name: end.name};
	return {ending: end.kind === 'quit' ? 'complete' : 'interrupted'};
}

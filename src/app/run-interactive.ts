import type {Ending} from '../cli/exit-code.ts';
import type {Options} from '../cli/options.ts';
import type {ClusterConnection} from '../cluster/connect.ts';
import {plainText} from '../domain/sanitise.ts';
import type {VersionRule} from '../domain/version-rule.ts';
import type {ScreenView} from '../store/views.ts';
import {runScreen} from '../ui/run-screen.tsx';
import {createTheme} from '../ui/theme.ts';
import {runListScreen} from './many/run-list-screen.ts';
import {openScreen} from './open-screen.ts';
import type {Safety} from './safety.ts';
import {serviceLine, sideText} from './service-text.ts';
import {printAfterScreen, ttyOutput} from './tty-output.ts';
import {withSession} from './with-session.ts';
import type {World} from './world.ts';

/** The screen on what is watched, or the list of several. Gives how it ended; `undefined` when the signal came first. */
export async function runInteractive(
	options: Options,
	rule: VersionRule,
	safety: Safety,
	connection: ClusterConnection,
	world: World,
): Promise<Ending | undefined> {
	const {stdin, stdout, stderr, signal} = world;
	const terminal = {stdin, stdout: ttyOutput(stdout), signal, theme: createTheme({color: options.color, ascii: options.ascii})};
	if (options.many !== undefined) return runListScreen({options, selection: options.many, rule, safety, connection, world, terminal});
	const {kind, name} = options;
	return withSession({connection, watched: {kind, name}, options, rule, safety, env: world.env, now: world.now, signal, stderr}, async session => {
		const {ports} = await openScreen(session, connection, options, world);
		const end = await runScreen({...terminal, view: session.view, ports, yes: options.yes});
		for (const line of lastLines(session.view.snapshot())) printAfterScreen(stdout, `${plainText(line)}\n`);
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

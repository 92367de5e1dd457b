import type {Options} from '../cli/options.ts';
import type {ClusterConnection} from '../cluster/connect.ts';
import type {ScreenPorts} from '../ui/ports.ts';
import {hasFirstFrame, until} from './first-sight.ts';
import {keepLogTailsOf} from './log-tails.ts';
import {screenPorts} from './screen-ports.ts';
import type {Session} from './session.ts';
import {startCurl} from './start-curl.ts';
import type {World} from './world.ts';

/** A first frame with all panels is worth this wait; longer, and what is there is shown. */
const completeFrameMs = 300;

/** Prepares a session for its screen: the curl loop that was asked for, rights, log tails. Resolves when the first frame has its panels; gives what the keys do. */
export async function openScreen(session: Session, connection: ClusterConnection, options: Options, world: World): Promise<{readonly ports: ScreenPorts}> {
	world.onHint?.(text => session.store.dispatch({type: 'hinted', text}));
	if (options.sampler.targets.length > 0) startCurl(session);
	await until(session.store, state => hasFirstFrame(state) || undefined, AbortSignal.any([session.signal, AbortSignal.timeout(completeFrameMs)]));
	session.rights.start();
	void session.actions.who();
	keepLogTailsOf(session);
	return {ports: screenPorts(session, connection, {kubeconfig: options.cluster.kubeconfig, unreachable: world.unreachable, quit: () => {}})};
}

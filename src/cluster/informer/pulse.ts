import type {ClusterConnection} from '../connect.ts';
import {asClusterError} from '../errors.ts';
import {type InformerPolicy, sleep} from './policy.ts';
import {createWatchdog} from './watchdog.ts';

/** `alive`: it answers; `unwell`: something in front of it answers that it can't; `silent`: nobody does. */
export type Pulse = 'alive' | 'unwell' | 'silent';

/** A broken connection is no silence: it is tried once more before anybody is alarmed (`tries`). */
const secondTryMs = 500;

async function ask(connection: Pick<ClusterConnection, 'open'>, signal: AbortSignal): Promise<Pulse> {
	try {
		const {body} = await connection.open({path: '/version', credentials: 'last', signal});
		// To its end: then the connection is kept, and the next question costs no new one.
		for await (const _ of body);
		return 'alive';
	} catch (error) {
		const {kind, status = 0} = asClusterError(error);
		if (kind === 'unreachable' || kind === 'timeout' || kind === 'aborted') return 'silent';
		return status < 500 ? 'alive' : 'unwell';
	}
}

/**
 * Asks the API server for its version, the cheapest thing that it has. That we may not know it, or that it has
 * another certificate now, is a sign of life, too. Never throws.
 */
export async function feelPulse(connection: Pick<ClusterConnection, 'open'>, policy: InformerPolicy, signal: AbortSignal, tries: 1 | 2): Promise<Pulse> {
	const patience = createWatchdog(signal, policy.pulseTimeoutMs, policy);
	try {
		const first = await ask(connection, patience.signal);
		if (first === 'alive' || tries === 1 || patience.signal.aborted) return first;
		await sleep(secondTryMs, patience.signal, policy);
		return await ask(connection, patience.signal);
	} finally {
		patience.release();
	}
}

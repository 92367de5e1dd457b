import {logText} from '../domain/log/log-text.ts';
import {apiPaths, objectPath} from './api-paths.ts';
import type {ClusterConnection} from './connect.ts';
import {ClusterError} from './errors.ts';

export type LogRequest = {
	readonly pod: string;
	readonly container: string;
	/** Of the run before the last restart: where the reason of a crash loop stands. */
	readonly previous: boolean;
	readonly lines?: number | undefined;
	readonly signal?: AbortSignal | undefined;
};

/** Fifty lines of a sane length are far less. */
const mostBytes = 256 * 1024;

/**
 * The last lines (50) of a container's log, oldest first, cut at 2,000 characters each and without control characters. Empty when there is no such
 * run (yet). Throws ClusterError, `forbidden` where pods/log may not be read.
 */
export async function podLogs(connection: ClusterConnection, {pod, container, previous, lines = 50, signal}: LogRequest): Promise<readonly string[]> {
	const path = `${objectPath(apiPaths.pods(connection.namespace), pod)}/log`;
	const query = {container, previous: previous ? 'true' : undefined, tailLines: String(lines), limitBytes: String(mostBytes)};
	try {
		const text = await connection.text({path, query, signal}, mostBytes);
		const found = text.replace(/\n$/, '').split('\n').slice(-lines);
		return text === '' ? [] : found.map(logText);
	} catch (error) {
		// The kubelet answers 400 for a container that has not started, and for a previous run that there never was.
		if (error instanceof ClusterError && error.kind === 'invalid') return [];
		throw error;
	}
}

import type {Pod} from '../domain/pod.ts';
import {apiPaths} from './api-paths.ts';
import type {ClusterConnection} from './connect.ts';
import {createLine} from './informer/line.ts';
import {listAll} from './informer/list.ts';
import {defaultPolicy} from './informer/policy.ts';
import {parsePod} from './parse/pod.ts';

/** The pods of the connection's namespace that a label selector matches, as they are now. Throws ClusterError. */
export async function listPods(connection: ClusterConnection, labelSelector: string, signal: AbortSignal): Promise<readonly Pod[]> {
	const path = apiPaths.pods(connection.namespace);
	// Without a version: not from a cache, for this is what somebody decides by.
	const setting = {policy: defaultPolicy, line: createLine(connection, defaultPolicy, signal)};
	return (await listAll({connection, stream: 'pods', path, parse: parsePod, labelSelector}, '', setting)).items;
}

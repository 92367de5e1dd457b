import type {PodPort} from '../domain/mix/pod-port.ts';
import {apiPaths} from './api-paths.ts';
import type {ClusterConnection} from './connect.ts';

/** The path of the API server's proxy of one pod, in front of the application's own. KUBERNETES.md §11. */
export function podProxyPath(
	{pathPrefix}: ClusterConnection,
	{namespace, name}: {readonly namespace: string; readonly name: string},
	{port, https}: PodPort,
): string {
	return `${pathPrefix}${apiPaths.pods(namespace)}/${https ? 'https:' : ''}${encodeURIComponent(name)}:${port}/proxy`;
}

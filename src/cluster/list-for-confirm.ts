import type {Pod} from '../domain/pod.ts';
import type {Autoscaler} from '../store/selectors/confirm-extras.ts';
import {apiPaths} from './api-paths.ts';
import type {ClusterConnection} from './connect.ts';
import {listAll} from './informer/list.ts';
import {defaultPolicy} from './informer/policy.ts';
import {isRawObject, numberOf, objectOf, objectsOf, shownText} from './parse/fields.ts';
import {parsePod} from './parse/pod.ts';

/** The pods of the connection's namespace that a label selector matches, as they are now. Throws ClusterError. */
export async function listPods(connection: ClusterConnection, labelSelector: string, signal: AbortSignal): Promise<readonly Pod[]> {
	const path = apiPaths.pods(connection.namespace);
	// Without a version: not from a cache, for this is what somebody decides by.
	return (await listAll({connection, stream: 'pods', path, parse: parsePod, labelSelector}, '', signal, defaultPolicy)).items;
}

/** The autoscalers of Deployments in the connection's namespace; none where there is no such API or no right to it. Never throws. */
export async function listAutoscalers(connection: ClusterConnection, signal: AbortSignal): Promise<readonly Autoscaler[]> {
	const path = `/apis/autoscaling/v2/namespaces/${encodeURIComponent(connection.namespace)}/horizontalpodautoscalers`;
	try {
		const list = await connection.json({path, query: {limit: '500'}, signal, timeoutMs: 3000});
		return objectsOf(isRawObject(list) ? list.items : undefined).flatMap(({metadata, spec}) => {
			const {scaleTargetRef, minReplicas, maxReplicas} = objectOf(spec);
			const {kind, name} = objectOf(scaleTargetRef);
			const max = numberOf(maxReplicas);
			if (kind !== 'Deployment' || max === undefined) return [];
			return [{name: shownText(objectOf(metadata).name), workload: shownText(name), min: numberOf(minReplicas) ?? 1, max}];
		});
	} catch {
		return [];
	}
}

import {curlPodRights, type NeededRight} from '../../domain/rights.ts';
import {may} from '../access.ts';
import {apiPaths} from '../api-paths.ts';
import type {ClusterConnection} from '../connect.ts';
import {ClusterError} from '../errors.ts';
import {isRawObject, objectOf, objectsOf, shownText, textMapOf} from '../parse/fields.ts';
import {curlPodLabels} from './manifest.ts';

type Connection = Pick<ClusterConnection, 'json'>;

/** A right as people call it. */
function rightText({verb, resource, subresource}: NeededRight): string {
	return subresource === 'log' ? 'read the logs of pods' : `${verb} ${resource}`;
}

/** A Service that would take the curl pod for one of its own: then it would get requests that it does not answer. */
async function serviceThatSelects(connection: Connection, namespace: string, signal: AbortSignal): Promise<string | undefined> {
	const labels: Readonly<Record<string, string>> = curlPodLabels;
	try {
		const list = await connection.json({path: apiPaths.services(namespace), query: {limit: '500'}, signal});
		const found = objectsOf(isRawObject(list) ? list.items : undefined).find(({spec}) => {
			const selector = Object.entries(textMapOf(objectOf(spec).selector));
			return selector.length > 0 && selector.every(([name, value]) => labels[name] === value);
		});
		return found && shownText(objectOf(found.metadata).name);
	} catch {
		// Who may not read Services may still sample one whose URL is known.
		return undefined;
	}
}

/** Throws ClusterError where it is known before anything is created that a curl pod would not do: a right is missing, or a Service would select it. */
export async function checkCurlPod(connection: Connection, namespace: string, signal: AbortSignal): Promise<void> {
	const needed = curlPodRights;
	const [selecting, ...allowed] = await Promise.all([
		serviceThatSelects(connection, namespace, signal),
		...needed.map(right => may({json: connection.json, namespace}, right, signal)),
	]);
	const missing = needed.filter((_, index) => allowed[index] === false).map(rightText);
	if (missing.length > 0) {
		throw new ClusterError(`the curl pod needs rights that you don’t have in namespace "${namespace}": ${missing.join(', ')}`, {
			kind: 'forbidden',
			hint: 'ask for them, name another namespace with --curl-namespace, or sample without --curl-from-cluster',
		});
	}
	if (selecting !== undefined) {
		throw new ClusterError(`service "${selecting}" would select the curl pod as one of its own`, {
			kind: 'invalid',
			hint: 'name another namespace with --curl-namespace',
		});
	}
}

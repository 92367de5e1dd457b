import {kindWords, type TargetKind} from '../domain/kinds/kind-words.ts';
import {nearest} from '../domain/nearest.ts';
import {objectPath} from './api-paths.ts';
import type {ClusterConnection} from './connect.ts';
import {kruiseCollection} from './discover-kinds.ts';
import {ClusterError} from './errors.ts';
import {checkServed} from './kinds/is-served.ts';
import {collectionOf} from './kinds/kind-source.ts';
import {isRawObject, objectOf, objectsOf, textOf} from './parse/fields.ts';
import {parseMetadata} from './parse/metadata.ts';

function suggestion(typed: string, names: readonly string[]): string | undefined {
	const near = nearest(typed, names);
	return near === undefined ? undefined : `did you mean "${near}"?`;
}

async function namesOf(connection: ClusterConnection, path: string): Promise<readonly string[]> {
	try {
		const list = await connection.json({path, query: {limit: '500'}});
		return objectsOf(isRawObject(list) ? list.items : undefined).flatMap(item => textOf(objectOf(item.metadata).name) ?? []);
	} catch {
		// Only for a suggestion: whoever may not list gets none.
		return [];
	}
}

/** An unknown namespace has empty lists and not-found objects like any other, so it must be asked for. Who may not read namespaces is not told. */
export async function checkNamespace(connection: ClusterConnection): Promise<void> {
	try {
		await connection.json({path: objectPath('/api/v1/namespaces', connection.namespace)});
	} catch (error) {
		if (!(error instanceof ClusterError) || error.kind !== 'not-found') return;
		const names = await namesOf(connection, '/api/v1/namespaces');
		throw new ClusterError(`there is no namespace "${connection.namespace}" in context "${connection.context}"`, {
			kind: 'not-found',
			hint: suggestion(connection.namespace, names) ?? 'choose one with -n',
			cause: error,
		});
	}
}

/**
 * Makes sure that what is to be watched exists. Throws ClusterError: `not-found` with the name that was probably meant, in a namespace that exists or not, or without
 * the kind itself.
 */
export async function findTarget(connection: ClusterConnection, kind: TargetKind, name: string, signal?: AbortSignal): Promise<void> {
	const collection = kind === 'KruiseRollout' ? await kruiseCollection(connection, connection.namespace, signal) : collectionOf(kind, connection.namespace);
	const {kind: word} = kindWords[kind];
	try {
		const found = parseMetadata(await connection.json({path: objectPath(collection, name), signal}));
		if (found === undefined)
			throw new ClusterError(`the server did not answer with a ${word}`, {kind: 'garbage', hint: 'is `server:` in the kubeconfig right?'});
	} catch (error) {
		if (!(error instanceof ClusterError) || error.kind !== 'not-found') throw error;
		await checkServed(connection, kind, signal);
		await checkNamespace(connection);
		const names = await namesOf(connection, collection);
		throw new ClusterError(`there is no ${word.toLowerCase()} "${name}" in namespace "${connection.namespace}" of context "${connection.context}"`, {
			kind: 'not-found',
			hint: suggestion(name, names) ?? (kind === 'Service' ? 'choose a namespace with -n' : otherWay),
			cause: error,
		});
	}
}

const otherWay = 'start without a name to choose from a list, or choose a namespace with -n';

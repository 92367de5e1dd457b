import {type ApiClient, ApiError} from '../../api-client.ts';
import {pathOf} from '../paths.ts';
import type {ControllerRevision} from './controller-revision.ts';

const attempts = 5;

/** The path of a ControllerRevision, or of all of a namespace. */
export function revisionPath(namespace: string, name?: string): string {
	return pathOf('apps/v1', 'controllerrevisions', namespace, name);
}

/** Gives a revision another number, on its newest version if the known one is too old (kubernetes: controller_history.go UpdateControllerRevision). */
export async function renumber(api: ApiClient, known: ControllerRevision, revision: number): Promise<ControllerRevision> {
	const path = revisionPath(known.metadata.namespace, known.metadata.name);
	let current = known;
	for (let attempt = 1; current.revision !== revision; attempt++) {
		try {
			return (await api.send({method: 'PUT', path, body: {...current, revision}})) as ControllerRevision;
		} catch (error) {
			if (!(error instanceof ApiError && error.status === 409) || attempt === attempts) throw error;
			current = (await api.send({path})) as ControllerRevision;
		}
	}
	return current;
}

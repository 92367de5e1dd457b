import type {ApiClient} from '../../api-client.ts';
import {isAlreadyExists} from '../errors.ts';
import {byRevision, type ControllerRevision, type RevisionData, revisionData, revisionHash, sameData} from '../history/controller-revision.ts';
import {renumber, revisionPath} from '../history/revision-store.ts';
import type {Pod} from '../kinds.ts';
import {controllerReference} from '../owners.ts';
import {revisionOf} from './stateful-pod.ts';
import type {StatefulSet} from './stateful-set.ts';

/** The two templates that a set's pods may have, and how often the name of a revision was taken already. */
export interface SetRevisions {
	/** What a rollout that is under way leaves. */
	readonly current: ControllerRevision;
	/** The set's template of now. */
	readonly update: ControllerRevision;
	readonly collisionCount: number;
}

/**
 * Finds both, and makes the revision of the set's template if there is none; one that comes back gets the highest number
 * (kubernetes: stateful_set_control.go getStatefulSetRevisions).
 */
export async function syncRevisions(api: ApiClient, set: StatefulSet, known: readonly ControllerRevision[]): Promise<SetRevisions> {
	const revisions = known.toSorted(byRevision);
	const data = revisionData(set.spec.template);
	const newest = revisions.at(-1);
	const equal = revisions.findLast(revision => sameData(revision.data, data));
	const next = (newest?.revision ?? 0) + 1;
	const collisions = set.status?.collisionCount ?? 0;
	const found = equal === undefined || equal === newest ? equal : await renumber(api, equal, next);
	const {update, collisionCount} =
		found === undefined ? await create(api, set, {data, revision: next}, collisions) : {update: found, collisionCount: collisions};
	const current = revisions.find(({metadata: {name}}) => name === set.status?.currentRevision) ?? update;
	return {current, update, collisionCount};
}

/** Another template may have the name already; then the next one is tried (kubernetes: controller_history.go CreateControllerRevision). */
async function create(api: ApiClient, set: StatefulSet, content: {data: RevisionData; revision: number}, collisions: number) {
	const {namespace, name: setName} = set.metadata;
	const labels = {...set.spec.template.metadata?.labels, 'controller.kubernetes.io/hash': revisionHash(content.data, collisions)};
	for (let collisionCount = collisions; ; collisionCount++) {
		const name = `${setName.slice(0, 223)}-${revisionHash(content.data, collisionCount)}`;
		const metadata = {name, namespace, labels, annotations: {...set.metadata.annotations}, ownerReferences: [controllerReference(set)]};
		const body = {apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata, ...content};
		try {
			return {update: (await api.send({method: 'POST', path: revisionPath(namespace), body})) as ControllerRevision, collisionCount};
		} catch (error) {
			if (!isAlreadyExists(error)) throw error;
			const update = (await api.send({path: revisionPath(namespace, name)})) as ControllerRevision;
			// The watch is late: it is ours.
			if (sameData(update.data, content.data)) return {update, collisionCount};
		}
	}
}

/** Those that the history has no room for; a revision that a pod has stays (kubernetes: stateful_set_control.go truncateHistory). */
export function surplusRevisions(
	set: StatefulSet,
	known: readonly ControllerRevision[],
	pods: readonly Pod[],
	{current, update}: SetRevisions,
): readonly ControllerRevision[] {
	const live = new Set([current.metadata.name, update.metadata.name, ...pods.map(revisionOf)]);
	const old = known.toSorted(byRevision).filter(({metadata: {name}}) => !live.has(name));
	const {revisionHistoryLimit = 10} = set.spec;
	return revisionHistoryLimit < 0 ? [] : old.slice(0, Math.max(0, old.length - revisionHistoryLimit));
}

import type {ApiClient} from '../../api-client.ts';
import {isAlreadyExists} from '../errors.ts';
import {byRevision, type ControllerRevision, revisionData, sameData} from '../history/controller-revision.ts';
import {renumber, revisionPath} from '../history/revision-store.ts';
import type {Pod} from '../kinds.ts';
import {controllerReference} from '../owners.ts';
import {pathOf} from '../paths.ts';
import {templateHash} from '../template-hash.ts';
import {revisionLabel} from './daemon-pod.ts';
import type {DaemonSet} from './daemon-set.ts';

/** A set's revisions: that of its template, and all others. */
export interface DaemonHistory {
	readonly current: ControllerRevision;
	readonly old: readonly ControllerRevision[];
}

/** The path of a DaemonSet. */
export function daemonSetPath({metadata: {namespace, name}}: DaemonSet): string {
	return pathOf('apps/v1', 'daemonsets', namespace, name);
}

/** What the pods of a revision are marked with. */
export function hashOf({metadata}: ControllerRevision): string {
	return metadata.labels?.[revisionLabel] ?? '';
}

/**
 * Finds the revision of the set's template, or makes it; it always has the highest number (kubernetes: daemon/update.go constructHistory). Of several
 * with the same template, which only meddling brings about, the highest counts and the others stay as old ones.
 */
export async function syncHistory(api: ApiClient, set: DaemonSet, known: readonly ControllerRevision[]): Promise<DaemonHistory> {
	const data = revisionData(set.spec.template);
	const found = known.toSorted(byRevision).findLast(revision => sameData(revision.data, data));
	const old = known.filter(revision => revision !== found);
	const next = Math.max(0, ...old.map(({revision}) => revision)) + 1;
	if (found === undefined) return {current: await create(api, set, next), old};
	return {current: found.revision < next ? await renumber(api, found, next) : found, old};
}

async function create(api: ApiClient, set: DaemonSet, revision: number): Promise<ControllerRevision> {
	const {namespace, name: setName, annotations} = set.metadata;
	const {template} = set.spec;
	const data = revisionData(template);
	const hash = templateHash(template, set.status?.collisionCount);
	const name = `${setName}-${hash}`;
	const labels = {...template.metadata?.labels, [revisionLabel]: hash};
	const metadata = {name, namespace, labels, annotations: {...annotations}, ownerReferences: [controllerReference(set)]};
	const body = {apiVersion: 'apps/v1', kind: 'ControllerRevision', metadata, data, revision};
	try {
		return (await api.send({method: 'POST', path: revisionPath(namespace), body})) as ControllerRevision;
	} catch (error) {
		if (!isAlreadyExists(error)) throw error;
		const existing = (await api.send({path: revisionPath(namespace, name)})) as ControllerRevision;
		// The watch is late: it is ours.
		if (sameData(existing.data, data)) return existing;
		await countCollision(api, set);
		throw error;
	}
}

/** Two templates have the same hash: with this count the next pass finds another one. */
async function countCollision(api: ApiClient, set: DaemonSet): Promise<void> {
	const fresh = (await api.send({path: daemonSetPath(set)})) as DaemonSet;
	if (fresh.status?.collisionCount !== set.status?.collisionCount) return;
	const status = {...fresh.status, collisionCount: (fresh.status?.collisionCount ?? 0) + 1};
	await api.send({method: 'PUT', path: `${daemonSetPath(set)}/status`, body: {...fresh, status}});
}

/** Those that the history has no room for; a revision that a pod has stays (kubernetes: daemon/update.go cleanupHistory). */
export function surplusHistory({spec: {revisionHistoryLimit = 10}}: DaemonSet, old: readonly ControllerRevision[], pods: readonly Pod[]) {
	const live = new Set(pods.map(({metadata}) => metadata.labels?.[revisionLabel]));
	const unused = old.toSorted(byRevision).filter(revision => !live.has(hashOf(revision)));
	return unused.slice(0, Math.max(0, old.length - revisionHistoryLimit));
}

import type {ReplicaSet} from './replica-set.ts';

/** Position of the first image in which these lists differ. */
function differingPosition(lists: readonly (readonly string[])[]): number | undefined {
	const position = lists[0]?.findIndex((image, index) => lists.some(images => images[index] !== image)) ?? -1;
	return position === -1 ? undefined : position;
}

function positionsBy<Key>(replicaSets: readonly ReplicaSet[], keyOf: (replicaSet: ReplicaSet) => Key): ReadonlyMap<Key, number> {
	const lists = new Map<Key, (readonly string[])[]>();
	for (const replicaSet of replicaSets) {
		const key = keyOf(replicaSet);
		const known = lists.get(key);
		if (known === undefined) lists.set(key, [replicaSet.template.images]);
		else known.push(replicaSet.template.images);
	}
	return new Map(
		[...lists].flatMap(([key, images]) => {
			const position = differingPosition(images);
			return position === undefined ? [] : [[key, position] as const];
		}),
	);
}

/**
 * Image of the container that rollouts change, by uid of the ReplicaSet: the first in which the revisions of its workload differ; where none does (a
 * canary's own Deployment), in which workloads of as many containers differ; else the first. A side-car in front must not hide the version.
 */
export function changingImages(replicaSets: readonly ReplicaSet[]): ReadonlyMap<string, string> {
	const byWorkload = positionsBy(replicaSets, ({ownerUid}) => ownerUid);
	const byLength = positionsBy(replicaSets, ({template}) => template.images.length);
	return new Map(
		replicaSets.flatMap(({uid, ownerUid, template: {images}}) => {
			const image = images[byWorkload.get(ownerUid) ?? byLength.get(images.length) ?? 0];
			return image === undefined ? [] : [[uid, image] as const];
		}),
	);
}

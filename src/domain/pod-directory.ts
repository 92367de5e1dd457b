import {changingImages} from './changing-images.ts';
import {parseImageName, programOf} from './image-name.ts';
import type {RevisionImages} from './match-revision.ts';
import type {Pod} from './pod.ts';
import type {ReplicaSet} from './replica-set.ts';
import {revisionOf} from './revisions.ts';

/** Whose answer it is. */
export type PodIdentity = {
	readonly name: string;
	/** uid of what controls the pod, of which `revision` is the number where it is a ReplicaSet with one. */
	readonly ownerUid: string | undefined;
	readonly revision: number | undefined;
	/** Tag of the image that rollouts change. */
	readonly imageTag: string | undefined;
};

/** What a version rule may know about the pods that may answer: a workload's, or those of all workloads behind a Service. */
export type PodDirectory = {
	readonly byName: (name: string) => PodIdentity | undefined;
	readonly byIp: (ip: string) => PodIdentity | undefined;
	readonly revisions: readonly RevisionImages[];
	/** What the pods that are there run, by the last part of the image path: more than one means that a version is *which page*. */
	readonly programs: readonly string[];
};

/** As much of a pod as its answers need: one that is gone can still be named. */
export type KnownPod = Pick<Pod, 'name' | 'ip' | 'ownerUid'> & {readonly deletedAt?: number | undefined; readonly gone?: boolean};

/** The directory before anything is known. */
export const emptyPodDirectory: PodDirectory = {byName: () => undefined, byIp: () => undefined, revisions: [], programs: []};

/** A pod's host name is its name, cut at 63 characters without a trailing dash or dot. kubernetes: kubelet_pods.go truncatePodHostnameIfNeeded. */
function hostNameOf(podName: string): string {
	return podName.slice(0, 63).replace(/[-.]+$/, '');
}

function presence(pod: KnownPod): number {
	if (pod.gone === true) return 0;
	return pod.deletedAt === undefined ? 2 : 1;
}

/** Runs `make` at the first call only. */
function once<T>(make: () => T): () => T {
	let made: {readonly value: T} | undefined;
	return () => {
		made ??= {value: make()};
		return made.value;
	};
}

/**
 * The directory of these pods, which take their revision and image tag from their ReplicaSets. Pods that are gone may be among them (after the
 * others or before: a pod that is there always wins). Costs nothing until somebody looks something up.
 */
export function createPodDirectory(pods: Iterable<KnownPod>, replicaSets: Iterable<ReplicaSet>): PodDirectory {
	// Taken out once: an iterator gives its elements only once.
	const known = once(() => [...pods]);
	const owners = once(() => new Map(Array.from(replicaSets, replicaSet => [replicaSet.uid, replicaSet] as const)));
	const revisions = once(() =>
		[...owners().values()].flatMap(replicaSet => {
			const revision = revisionOf(replicaSet);
			if (revision === undefined) return [];
			const {uid, ownerUid, template, desired, current} = replicaSet;
			return [{uid, workloadUid: ownerUid, revision, images: template.images, inUse: desired > 0 || current > 0}];
		}),
	);
	const images = once(() => changingImages([...owners().values()]));
	const maps = once(() => {
		const byName = new Map<string, PodIdentity>();
		const byIp = new Map<string, PodIdentity>();
		// Departed and terminating pods first: addresses are used again, and what is there now overwrites them.
		const ordered = [...known()].sort((left, right) => presence(left) - presence(right));
		for (const pod of ordered) {
			const owner = owners().get(pod.ownerUid ?? '');
			const image = images().get(pod.ownerUid ?? '');
			const identity = {
				name: pod.name,
				ownerUid: pod.ownerUid,
				revision: owner && revisionOf(owner),
				imageTag: image === undefined ? undefined : parseImageName(image).tag,
			};
			byName.set(hostNameOf(pod.name), identity).set(pod.name, identity);
			if (pod.ip !== undefined) byIp.set(pod.ip, identity);
		}
		return {byName, byIp};
	});
	const programs = once(() => {
		const living = known().filter(pod => pod.gone !== true);
		const running = new Set(living.flatMap(pod => images().get(pod.ownerUid ?? '') ?? []));
		return [...new Set([...running].flatMap(image => programOf(image) ?? []))];
	});
	return {
		byName: name => maps().byName.get(name),
		byIp: ip => maps().byIp.get(ip),
		get revisions() {
			return revisions();
		},
		get programs() {
			return programs();
		},
	};
}

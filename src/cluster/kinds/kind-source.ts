import {kindWords, type TargetKind, type WorkloadKind} from '../../domain/kinds/kind-words.ts';
import type {Pod} from '../../domain/pod.ts';
import type {ReplicaSet} from '../../domain/replica-set.ts';
import type {Workload} from '../../domain/workload.ts';
import {parseArgoRollout} from '../parse/argo-rollout.ts';
import {parseControllerRevision} from '../parse/controller-revision.ts';
import {parseDaemonSet} from '../parse/daemon-set.ts';
import {parsePod} from '../parse/pod.ts';
import {parseReplicaSet} from '../parse/replica-set.ts';
import {parseRevisionedPod} from '../parse/revisioned-pod.ts';
import {parseStatefulSet} from '../parse/stateful-set.ts';
import {parseWorkload} from '../parse/workload.ts';

/** Where the API has a kind of workload, its history and its pods, and how they are read. Parsers give undefined for what no API server would serve. */
export type KindSource = {
	readonly parse: (raw: unknown) => Workload | undefined;
	/** What numbers the templates: ReplicaSets or ControllerRevisions. */
	readonly revisions: {readonly plural: 'replicasets' | 'controllerrevisions'; readonly parse: (raw: unknown) => ReplicaSet | undefined};
	readonly parsePod: (raw: unknown) => Pod | undefined;
};

const replicaSets = {plural: 'replicasets', parse: parseReplicaSet} as const;
const controllerRevisions = {plural: 'controllerrevisions', parse: parseControllerRevision} as const;

export const kindSources: Readonly<Record<WorkloadKind, KindSource>> = {
	Deployment: {parse: parseWorkload, revisions: replicaSets, parsePod},
	StatefulSet: {parse: parseStatefulSet, revisions: controllerRevisions, parsePod: parseRevisionedPod},
	DaemonSet: {parse: parseDaemonSet, revisions: controllerRevisions, parsePod: parseRevisionedPod},
	ArgoRollout: {parse: parseArgoRollout, revisions: replicaSets, parsePod},
};

/** The API's collection of a kind in a namespace; undefined: in all of them. */
export function collectionOf(kind: TargetKind, namespace: string | undefined): string {
	const {group, version, plural} = kindWords[kind];
	const place = namespace === undefined ? '' : `namespaces/${encodeURIComponent(namespace)}/`;
	return `${group === '' ? `/api/${version}` : `/apis/${group}/${version}`}/${place}${plural}`;
}

/** The collection of what numbers a kind's templates. */
export function revisionsOf(kind: WorkloadKind, namespace: string): string {
	return `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/${kindSources[kind].revisions.plural}`;
}

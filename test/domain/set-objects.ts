import type {ReplicaSet} from '../../src/domain/replica-set.ts';
import {revisionKey} from '../../src/domain/revision-key.ts';
import type {DaemonSet, ReplicaCounts, StatefulSet} from '../../src/domain/workload.ts';
import {replicaSet, template, workload} from './cluster-objects.ts';

type CountsChange = {readonly replicas?: Partial<ReplicaCounts>};

const base = workload();

/** StatefulSet `db` of three pods with uid `s`, all of revision `db-a`. */
export function statefulSet({replicas, ...change}: Partial<Omit<StatefulSet, 'replicas'>> & CountsChange = {}): StatefulSet {
	const counts = {...base.replicas, ...replicas};
	return {
		...base,
		kind: 'StatefulSet',
		uid: 's',
		name: 'db',
		revisionText: undefined,
		progressDeadlineSeconds: undefined,
		strategy: {type: 'RollingUpdate', maxSurge: 0, maxUnavailable: 1},
		updateType: 'RollingUpdate',
		rollingUpdate: {partition: 0},
		ordinalsStart: 0,
		isParallel: false,
		currentRevision: 'db-a',
		updateRevision: 'db-a',
		currentReplicas: counts.current,
		specReplicas: counts.desired,
		...change,
		replicas: counts,
	};
}

/** DaemonSet `agent` on three nodes with uid `n`. */
export function daemonSet({replicas, ...change}: Partial<Omit<DaemonSet, 'replicas'>> & CountsChange = {}): DaemonSet {
	return {
		...base,
		kind: 'DaemonSet',
		uid: 'n',
		name: 'agent',
		revisionText: undefined,
		progressDeadlineSeconds: undefined,
		specReplicas: undefined,
		strategy: {type: 'RollingUpdate', maxSurge: 0, maxUnavailable: 1},
		updateType: 'RollingUpdate',
		misscheduled: 0,
		...change,
		replicas: {...base.replicas, ...replicas},
	};
}

/** A ControllerRevision of the set with this uid. */
export function controllerRevision(ownerUid: string, name: string, revision: number, image: string, change: Partial<ReplicaSet> = {}): ReplicaSet {
	const made = {kind: 'ControllerRevision', uid: revisionKey(ownerUid, name), ownerUid, revisionText: String(revision), template: template(image)} as const;
	return replicaSet(name, revision, image, {...made, annotations: {}, ...change});
}

import {age} from './human-duration.ts';
import type {ReplicaSet} from './replica-set.ts';
import type {Workload} from './workload.ts';

/** The cells of `kubectl get deploy`. */
export type DeploymentColumns = {readonly ready: string; readonly upToDate: string; readonly available: string; readonly age: string};

/** The cells of `kubectl get rs`. */
export type ReplicaSetColumns = {readonly desired: string; readonly current: string; readonly ready: string; readonly age: string};

/** READY, UP-TO-DATE, AVAILABLE and AGE at `now` (epoch ms). READY counts against the spec, not the status. kubernetes: printers.go printDeployment. */
export function deploymentColumns(workload: Workload, now: number): DeploymentColumns {
	const {ready, desired, updated, available} = workload.replicas;
	return {ready: `${ready}/${desired}`, upToDate: `${updated}`, available: `${available}`, age: age(workload.createdAt, now)};
}

/** DESIRED, CURRENT, READY and AGE at `now` (epoch ms). kubernetes: printers.go printReplicaSet. */
export function replicaSetColumns(replicaSet: ReplicaSet, now: number): ReplicaSetColumns {
	const {desired, current, ready, createdAt} = replicaSet;
	return {desired: `${desired}`, current: `${current}`, ready: `${ready}`, age: age(createdAt, now)};
}

import type {K8sEvent} from '../../k8s-event.ts';
import type {Cause} from '../finding.ts';
import type {FindingsInput} from '../findings.ts';
import {creationFailure} from './creation-failure.ts';

const timeOf = ({lastAt, firstAt}: K8sEvent) => lastAt ?? firstAt ?? 0;

const newest = (events: readonly K8sEvent[]) =>
	events.reduce<K8sEvent | undefined>((last, one) => (last === undefined || timeOf(one) > timeOf(last) ? one : last), undefined);

/** `Create Pod db-0 in StatefulSet db failed error: …`, `Error creating: …`. */
const introduction = /^(?:create Pod \S+ in StatefulSet \S+ failed error|Error creating): /i;

/**
 * Pods that could not even be created: StatefulSets and DaemonSets have no condition that says so, only their events do. kubernetes: stateful_pod_control.go
 * recordPodEvent, controller_utils.go createPods.
 */
export function failedCreate({workload, events}: Pick<FindingsInput, 'workload' | 'events'>): Cause | undefined {
	const {kind, uid, replicas} = workload;
	if ((kind !== 'StatefulSet' && kind !== 'DaemonSet') || replicas.current >= replicas.desired) return undefined;
	const own = events.filter(({object}) => object.uid === uid);
	const failed = newest(own.filter(({reason}) => reason === 'FailedCreate'));
	const made = newest(own.filter(({reason}) => reason === 'SuccessfulCreate'));
	if (failed === undefined || (made !== undefined && timeOf(made) > timeOf(failed))) return undefined;
	return {...creationFailure(failed.message.replace(introduction, '')), reason: 'FailedCreate', sinceAt: failed.firstAt};
}

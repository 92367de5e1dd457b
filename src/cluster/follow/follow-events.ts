import type {K8sEvent} from '../../domain/k8s-event.ts';
import type {Workload} from '../../domain/workload.ts';
import type {ClusterEvent} from '../../store/event.ts';
import {apiPaths} from '../api-paths.ts';
import {ownInstance} from '../audit-event.ts';
import {runInformer} from '../informer.ts';
import {parseK8sEvent} from '../parse/k8s-event.ts';
import type {FollowSetting} from './follow-owned.ts';
import {isAbout, mentions, newestEvents} from './related-events.ts';

/** Whose events are wanted: those about some workloads and what they own, and about a Service. */
export type EventSubjects = {readonly workloads: readonly Pick<Workload, 'kind' | 'name'>[]; readonly service?: string | undefined};

/** The K8sEvents of the namespace that are about the subjects. */
export function followEvents(
	{connection, signal, policy}: FollowSetting,
	{workloads, service}: EventSubjects,
	emit: (event: ClusterEvent) => void,
): Promise<void> {
	const rules = workloads.map(isAbout);
	const marks = [...workloads.map(({name}) => name), ...(service === undefined ? [] : [service])].map(mentions);
	const isOfService = ({object}: K8sEvent) => object.kind === 'Service' && object.name === service;
	return runInformer({
		connection,
		signal,
		policy,
		stream: 'events',
		path: apiPaths.events(connection.namespace),
		parse: parseK8sEvent,
		needsBytes: bytes => marks.some(mark => mark(bytes)) && !bytes.includes(ownInstance),
		wants: event => isOfService(event) || rules.some(rule => rule(event)),
		emit: event => emit(event.type === 'listed' ? {...event, items: newestEvents(event.items)} : event),
	});
}

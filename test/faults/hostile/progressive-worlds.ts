import {createTemplateJoin} from '../../../src/cluster/argo/template-join.ts';
import {createReleaseJoin} from '../../../src/cluster/follow/release-join.ts';
import {parseApplication} from '../../../src/cluster/parse/application.ts';
import {parseArgoRollout} from '../../../src/cluster/parse/argo-rollout.ts';
import {parseK8sEvent} from '../../../src/cluster/parse/k8s-event.ts';
import {parseKruiseRollout} from '../../../src/cluster/parse/kruise-rollout.ts';
import {parsePod} from '../../../src/cluster/parse/pod.ts';
import {parseReplicaSet} from '../../../src/cluster/parse/replica-set.ts';
import {parseService} from '../../../src/cluster/parse/service.ts';
import {parseWorkload} from '../../../src/cluster/parse/workload.ts';
import type {Pod} from '../../../src/domain/pod.ts';
import type {ReplicaSet} from '../../../src/domain/replica-set.ts';
import type {ArgoRollout, Workload} from '../../../src/domain/workload.ts';
import {objectsAt} from '../../store/progressive-replay.ts';
import {joined, listed, type Take, type World} from './listed.ts';

/** A moment of a recorded Argo Rollout. */
export function argo(scenario: string, t: number): World {
	const of = (file: string) => objectsAt(scenario, file, t);
	const lists = joined(emit => {
		const join = createTemplateJoin(emit);
		return [
			listed('workloads', of('deployments'), parseWorkload, join.holders as Take<Workload>),
			listed('workloads', of('rollouts'), parseArgoRollout, join.rollouts as Take<ArgoRollout>),
			listed('revisions', of('replicasets'), parseReplicaSet),
			listed('pods', of('pods'), parsePod),
			listed('services', of('services'), parseService),
			listed('events', of('events'), parseK8sEvent),
		];
	});
	return {kind: 'ArgoRollout', name: 'canary-demo', at: Date.parse('2026-11-21T14:00:00Z'), lists};
}

/** A moment of a recorded OpenKruise Rollout, or of an Application above one. */
export function release(scenario: string, kind: 'KruiseRollout' | 'Application', t: number): World {
	const of = (file: string) => objectsAt(scenario, file, t);
	const lists = joined(emit => {
		const join = createReleaseJoin({kind, name: 'canary-demo'}, emit);
		const live = <T>(take: unknown): Take<T> => {
			const tell = take as Take<T>;
			return event => {
				tell(event);
				if (event.type === 'listed') tell({type: 'stream-changed', stream: 'workloads', condition: {kind: 'live', since: event.at}});
			};
		};
		return [
			...(kind === 'Application' ? [listed('workloads', of('applications'), parseApplication, live(join.applications))] : []),
			listed('workloads', of('rollouts'), parseKruiseRollout, live(join.rollouts)),
			listed('workloads', of('deployments'), parseWorkload, live(join.deployments)),
			listed('revisions', of('replicasets'), parseReplicaSet, join.revisions as Take<ReplicaSet>),
			listed('pods', of('pods'), parsePod, join.pods as Take<Pod>),
		];
	});
	return {kind, name: 'canary-demo', at: Date.parse('2026-11-21T14:00:00Z'), lists};
}

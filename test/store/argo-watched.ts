import {createTemplateJoin} from '../../src/cluster/argo/template-join.ts';
import {isAbout} from '../../src/cluster/follow/related-events.ts';
import {parseArgoRollout} from '../../src/cluster/parse/argo-rollout.ts';
import {parseEndpointSlice} from '../../src/cluster/parse/endpoint-slice.ts';
import {parseK8sEvent} from '../../src/cluster/parse/k8s-event.ts';
import {parsePod} from '../../src/cluster/parse/pod.ts';
import {parseReplicaSet} from '../../src/cluster/parse/replica-set.ts';
import {parseService} from '../../src/cluster/parse/service.ts';
import {parseWorkload} from '../../src/cluster/parse/workload.ts';
import {feed, type Watched} from './progressive-replay.ts';

const name = 'canary-demo';

/** The Argo Rollout of the recordings, with what belongs to it. */
export const argoWatched: Watched = {
	kind: 'ArgoRollout',
	name,
	wiring: emit => {
		const join = createTemplateJoin(emit);
		return {
			deployments: feed('workloads', parseWorkload, join.holders),
			rollouts: feed('workloads', parseArgoRollout, join.rollouts),
			replicasets: feed('revisions', parseReplicaSet, emit),
			pods: feed('pods', parsePod, emit),
			services: feed('services', parseService, emit),
			endpointslices: feed('endpointslices', parseEndpointSlice, emit),
			events: feed('events', parseK8sEvent, emit, isAbout({kind: 'ArgoRollout', name})),
		};
	},
};

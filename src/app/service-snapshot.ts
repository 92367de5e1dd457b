import {podRows} from '../store/selectors/pod-rows.ts';
import {replicaSetRows} from '../store/selectors/replica-set-rows.ts';
import {rolloutFacts} from '../store/selectors/rollout-facts.ts';
import {isSelected, serviceOf} from '../store/selectors/service/service-of.ts';
import type {ServiceView, SideRow} from '../store/service-views.ts';
import type {State} from '../store/state.ts';
import type {MixView} from '../store/views.ts';
import {focused} from '../store/workload-state.ts';
import {samplerJson, snapshotHead, workloadSnapshot} from './json-snapshot.ts';

/** The JSON of `--once -o json` for a Service: the Service, each workload behind it as in a snapshot of its own, and what was measured. */
export function serviceSnapshot(state: State, view: ServiceView, mix: MixView): Record<string, unknown> {
	const service = serviceOf(state);
	const others = view.sides.find(({kind}) => kind === 'other');
	return {
		...snapshotHead(state),
		service: {
			name: view.name,
			type: view.type,
			clusterIP: view.clusterIp ?? null,
			sessionAffinity: service?.sessionAffinity ?? 'None',
			selector: service?.selector ?? {},
			ports: (service?.ports ?? []).map(({name, port, protocol, targetPort, nodePort}) => ({
				name,
				port,
				protocol,
				targetPort: targetPort ?? null,
				nodePort: nodePort ?? null,
			})),
			endpoints: view.endpoints,
			otherPods: others === undefined ? null : {endpoints: others.endpoints, expectedShare: rounded(others.expectedShare)},
		},
		workloads: view.sides.filter(({kind}) => kind === 'workload').map(side => sideJson(state, side)),
		sampler: samplerJson(mix),
	};
}

function sideJson(state: State, {name, endpoints, expectedShare, measured}: SideRow): Record<string, unknown> {
	const own = focused(state, name);
	const facts = rolloutFacts(own, state.now);
	if (facts === undefined) return {};
	return {
		selected: isSelected(state, facts.workload),
		endpoints,
		expectedShare: rounded(expectedShare),
		measured: measured === undefined ? null : {count: measured.count, share: rounded(measured.share), expectedShare: rounded(measured.expectedShare)},
		...workloadSnapshot({
			state: own,
			facts,
			replicaSets: replicaSetRows(facts, state.now),
			pods: podRows({facts, pods: state.pods, answers: new Map(), own: new Map()}, state.now),
		}),
	};
}

function rounded(share: number | undefined): number | null {
	return share === undefined ? null : Math.round(share * 1000) / 1000;
}

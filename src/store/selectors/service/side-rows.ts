import type {EndpointCounts, ServiceSide} from '../../../domain/service-sides.ts';
import type {SideRow} from '../../service-views.ts';
import type {State} from '../../state.ts';
import {focused} from '../../workload-state.ts';
import type {RolloutFacts} from '../rollout-facts.ts';
import {rolloutWord} from '../rollout-view.ts';
import {type MeasuredShare, measuredShares} from './measured-shares.ts';
import {isSelected, sidesOf} from './service-of.ts';

const noEndpoints: EndpointCounts = {ready: 0, serving: 0, terminating: 0, unready: 0};

/** One row for each workload that stands or stood behind the Service, by name; then one for the pods of nobody who is known. */
export function sideRows(state: State, factsOf: (name: string) => RolloutFacts | undefined): readonly SideRow[] {
	const sides = sidesOf(state);
	const measured = measuredShares(state);
	const anybody = sides.size > 0;
	const workloads = [...state.workloads.keys()].toSorted().flatMap(name => {
		const facts = factsOf(name);
		return facts === undefined ? [] : [workloadRow(state, facts, sides.get(name), measured, anybody)];
	});
	const others = sides.get(undefined);
	return others === undefined ? workloads : [...workloads, otherRow(others)];
}

function workloadRow(
	state: State,
	facts: RolloutFacts,
	side: ServiceSide<string | undefined> | undefined,
	measured: ReadonlyMap<string, MeasuredShare>,
	anybody: boolean,
): SideRow {
	const {name, replicas, template} = facts.workload;
	const own = focused(state, name);
	return {
		kind: 'workload',
		name,
		selected: isSelected(state, facts.workload),
		phase: own.gone ? undefined : facts.phase.phase,
		...(own.gone ? {word: 'DELETED', tone: 'bad'} : rolloutWord(own, facts)),
		ready: replicas.ready,
		desired: replicas.desired,
		updated: replicas.updated,
		endpoints: side?.endpoints ?? noEndpoints,
		expectedShare: side === undefined ? (anybody ? 0 : undefined) : side.share,
		measured: measured.get(name),
		images: template.images.join(' '),
	};
}

function otherRow({endpoints, share}: ServiceSide<string | undefined>): SideRow {
	const count = endpoints.serving + endpoints.unready;
	return {
		kind: 'other',
		name: `other pods (${count})`,
		selected: true,
		phase: undefined,
		word: '',
		tone: 'quiet',
		ready: endpoints.ready,
		desired: count,
		updated: 0,
		endpoints,
		expectedShare: share,
		measured: undefined,
		images: '',
	};
}

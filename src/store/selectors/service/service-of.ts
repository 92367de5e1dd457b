import {endpointsOf} from '../../../domain/expected-share.ts';
import {isNamedAfter} from '../../../domain/named-after.ts';
import {type Endpoint, type Service, selectsTemplate} from '../../../domain/service.ts';
import {type ServiceSide, serviceSides} from '../../../domain/service-sides.ts';
import type {Workload} from '../../../domain/workload.ts';
import type {State} from '../../state.ts';
import {podOwners} from '../../workload-of-objects.ts';

/** The watched Service as it is now; undefined before it was seen, and after it was deleted. */
export function serviceOf({target, services}: Pick<State, 'target' | 'services'>): Service | undefined {
	return target.kind === 'Service' ? [...services.values()].find(({name}) => name === target.name) : undefined;
}

/** Whether the watched Service sends to this workload's pods. */
export function isSelected(state: Pick<State, 'target' | 'services'>, {template}: Pick<Workload, 'template'>): boolean {
	const service = serviceOf(state);
	return service !== undefined && selectsTemplate(service, template.labels);
}

/** The endpoints of a Service, by default the watched one, each once. */
export function endpointsOfService({target, endpointSlices}: Pick<State, 'target' | 'endpointSlices'>, serviceName = target.name): readonly Endpoint[] {
	return endpointsOf({slices: endpointSlices.values(), serviceName});
}

/** Tells the name of the workload whose pod an endpoint is; undefined for pods of others. */
export function endpointOwners(state: State): (endpoint: Pick<Endpoint, 'podUid' | 'podName'>) => string | undefined {
	const ownerOf = podOwners(state);
	const byName = Array.from(state.workloads.values(), ({workload}) => ({name: workload.name, isOwn: isNamedAfter(workload)}));
	return ({podUid = '', podName = ''}) => {
		const pod = state.pods.get(podUid) ?? state.departed.get(podUid);
		// Of a pod that nobody has seen only its name can tell.
		if (pod === undefined) return byName.find(({isOwn}) => isOwn({kind: 'Pod', name: podName}))?.name;
		const owner = ownerOf(pod);
		return owner.kind === 'own' ? owner.followed?.workload.name : undefined;
	};
}

/** Endpoints and expected share of a Service by the name of the workload; undefined: pods of others. */
export function sidesOf(state: State, serviceName = state.target.name): ReadonlyMap<string | undefined, ServiceSide<string | undefined>> {
	const sides = serviceSides(endpointsOfService(state, serviceName), endpointOwners(state));
	return new Map(sides.map(side => [side.owner, side]));
}

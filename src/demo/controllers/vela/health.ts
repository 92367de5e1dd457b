import type {IngressObject} from '../../ingress/ingress-object.ts';
import type {Deployment} from '../kinds.ts';
import type {KruiseRollout} from '../kruise/kinds.ts';
import type {Applied} from './apply.ts';
import type {Application, Component, ServiceStatus, TraitStatus} from './kinds.ts';

/** How a component does, by its objects (kubevela: the healthPolicy and customStatus of its definitions). */
export function serviceStatus({metadata}: Application, {name, traits = []}: Component, applied: readonly Applied[]): ServiceStatus {
	const workload = applied.find(({rendered}) => rendered.trait === undefined)?.live as Deployment | undefined;
	const states = traits.map(({type}) => traitStatus(type, metadata.name, applied));
	const isReady = workload !== undefined && isHealthy(workload);
	const healthy = isReady && states.every(state => state.healthy);
	return {
		name,
		namespace: metadata.namespace,
		workloadDefinition: {apiVersion: 'apps/v1', kind: 'Deployment'},
		healthy,
		...(healthy ? {workloadHealthy: true} : {}),
		message: `Ready:${workload?.status?.readyReplicas ?? 0}/${workload?.spec.replicas ?? 0}`,
		traits: states,
	};
}

function isHealthy({metadata, spec, status = {}}: Deployment): boolean {
	const {observedGeneration = 0, updatedReplicas = 0, readyReplicas = 0, replicas = 0} = status;
	return observedGeneration >= (metadata.generation ?? 0) && [updatedReplicas, readyReplicas, replicas].every(count => count === spec.replicas);
}

function traitStatus(type: string, application: string, applied: readonly Applied[]): TraitStatus {
	const live = (kind: string) => applied.find(({rendered}) => rendered.trait === type && rendered.kind === kind)?.live;
	if (type === 'kruise-rollout') {
		const {phase, message} = (live('Rollout') as KruiseRollout | undefined)?.status ?? {};
		return {type, healthy: phase === 'Healthy', ...(message === undefined ? {} : {message})};
	}
	if (type !== 'gateway') return {type, healthy: true};
	const ingress = live('Ingress') as IngressObject | undefined;
	const [address] = ingress?.status?.loadBalancer?.ingress ?? [];
	if (address === undefined) return {type, healthy: false, message: `No loadBalancer found, visiting by using 'vela port-forward ${application}'\n`};
	return {type, healthy: true, message: `Visiting URL: ${ingress?.spec.rules?.[0]?.host ?? ''}, IP: ${address.ip ?? ''}`};
}

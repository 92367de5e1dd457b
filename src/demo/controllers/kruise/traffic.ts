import {hashLabel} from '../../../domain/same-template.ts';
import {isNotFound} from '../../api-client.ts';
import type {ApiObject} from '../../api-object.ts';
import type {IngressObject} from '../../ingress/ingress-object.ts';
import type {Service} from '../kinds.ts';
import {controllerReference} from '../owners.ts';
import {pathOf} from '../paths.ts';
import {removeObject} from './canary-deployment.ts';
import type {KruiseStep, TrafficRouting} from './kinds.ts';
import {type KruisePass, routingOf} from './kruise-pass.ts';

const nginx = 'nginx.ingress.kubernetes.io/';
const merge = 'application/merge-patch+json';

/** Lets the Service send to the old pods only. Gives whether there was something to do. */
export async function pinStableService(pass: KruisePass, hash: string): Promise<boolean> {
	return selectHash(pass, hash);
}

/** Lets the Service send to all pods again. Gives whether there was something to do. */
export async function restoreStableService(pass: KruisePass): Promise<boolean> {
	return selectHash(pass, null);
}

async function selectHash(pass: KruisePass, hash: string | null): Promise<boolean> {
	const routing = routingOf(pass.rollout);
	const service = routing === undefined ? undefined : await find<Service>(pass, servicePath(pass, routing.service));
	if (service === undefined || (service.spec.selector?.[hashLabel] ?? null) === hash) return false;
	const body = {spec: {selector: {[hashLabel]: hash}}};
	await pass.context.api.send({method: 'PATCH', path: servicePath(pass, service.metadata.name), body, contentType: merge});
	return true;
}

/**
 * One change of the routing on the way to a step's share, each of which is to be given time before the next one: a Service for the new pods, an
 * Ingress for it that takes nothing yet, and its weight. Gives whether there was something to do (openkruise/rollouts: pkg/trafficrouting/manager.go).
 */
export async function routeStep(pass: KruisePass, step: KruiseStep, podHash: string): Promise<boolean> {
	const routing = routingOf(pass.rollout);
	if (routing === undefined || step.traffic === undefined) return false;
	const stable = await find<Service>(pass, servicePath(pass, routing.service));
	if (stable === undefined) return false;
	if ((await find(pass, servicePath(pass, canaryName(routing.service)))) === undefined) {
		await create(pass, servicePath(pass), canaryService(pass, stable, podHash));
		return true;
	}
	return routing.ingress === undefined ? false : routeIngress(pass, routing, routing.ingress.name, Number.parseInt(step.traffic, 10));
}

async function routeIngress(pass: KruisePass, {service}: TrafficRouting, name: string, weight: number): Promise<boolean> {
	const stable = await find<IngressObject>(pass, ingressPath(pass, name));
	if (stable === undefined) return false;
	const path = ingressPath(pass, canaryName(name));
	const canary = await find<IngressObject>(pass, path);
	if (canary === undefined) {
		await create(pass, ingressPath(pass), canaryIngress(pass, stable, service));
		return true;
	}
	if (canary.metadata.annotations?.[`${nginx}canary-weight`] === String(weight)) return false;
	const body = {metadata: {annotations: {[`${nginx}canary-weight`]: String(weight)}}};
	await pass.context.api.send({method: 'PATCH', path, body, contentType: merge});
	return true;
}

function canaryService({rollout}: KruisePass, {metadata, spec}: Service, podHash: string): object {
	const ports = spec.ports?.map(({nodePort: _, ...port}: NonNullable<Service['spec']['ports']>[number] & {nodePort?: number}) => port);
	return {
		apiVersion: 'v1',
		kind: 'Service',
		metadata: {name: canaryName(metadata.name), ownerReferences: [controllerReference(rollout)]},
		spec: {type: 'ClusterIP', ports, selector: {...spec.selector, [hashLabel]: podHash}},
	};
}

function canaryIngress({rollout}: KruisePass, {metadata, spec}: IngressObject, service: string): object {
	const annotations = {...metadata.annotations, [`${nginx}canary`]: 'true', [`${nginx}canary-weight`]: '0'};
	const rules = spec.rules?.map(({http, ...rule}) => {
		const paths = (http?.paths ?? []).filter(({backend}) => backend.service?.name === service);
		return {...rule, http: {paths: paths.map(path => ({...path, backend: {service: {...path.backend.service, name: canaryName(service)}}}))}};
	});
	return {
		apiVersion: 'networking.k8s.io/v1',
		kind: 'Ingress',
		metadata: {name: canaryName(metadata.name), annotations, ownerReferences: [controllerReference(rollout)]},
		spec: {...spec, rules: rules?.filter(({http}) => http.paths.length > 0)},
	};
}

/** Nobody is sent to the new pods by weight any more. */
export async function removeCanaryIngress(pass: KruisePass): Promise<void> {
	const name = routingOf(pass.rollout)?.ingress?.name;
	if (name !== undefined) await removeObject(pass.context, ingressPath(pass, canaryName(name)));
}

/** The new pods have no Service of their own any more. */
export async function removeCanaryService(pass: KruisePass): Promise<void> {
	const name = routingOf(pass.rollout)?.service;
	if (name !== undefined) await removeObject(pass.context, servicePath(pass, canaryName(name)));
}

function canaryName(name: string): string {
	return `${name}-canary`;
}

function servicePath({rollout}: KruisePass, name?: string): string {
	return pathOf('v1', 'services', rollout.metadata.namespace, name);
}

function ingressPath({rollout}: KruisePass, name?: string): string {
	return pathOf('networking.k8s.io/v1', 'ingresses', rollout.metadata.namespace, name);
}

async function find<T extends ApiObject>({context: {api}}: KruisePass, path: string): Promise<T | undefined> {
	try {
		return (await api.send({path})) as T;
	} catch (error) {
		if (isNotFound(error)) return undefined;
		throw error;
	}
}

async function create({context: {api}}: KruisePass, path: string, body: object): Promise<void> {
	await api.send({method: 'POST', path, body});
}

import {isNotFound} from '../../api-client.ts';
import type {ApiObject} from '../../api-object.ts';
import type {Controller, ControllerContext} from '../context.ts';
import {isNamespaceTerminating} from '../errors.ts';
import {keyOf} from '../informer.ts';
import type {Service} from '../kinds.ts';
import {pathOf} from '../paths.ts';
import {createWorkQueue} from '../work-queue.ts';
import {type Endpoints, subsetsOf} from './endpoint-subsets.ts';
import {createTriggerTimes, triggerTimeAnnotation} from './trigger-times.ts';
import {hasOwnEndpoints, podsBehind, watchServices} from './watch-services.ts';

const maxRetries = 15;
const managedBy = 'endpoints.kubernetes.io/managed-by';
const manager = 'endpoint-controller';
const headless = 'service.kubernetes.io/headless';
const overCapacity = 'endpoints.kubernetes.io/over-capacity';

/** Keeps the older Endpoints objects, by which the API server's Service proxy finds pods (kubernetes: pkg/controller/endpoint). */
export function createEndpointsController(context: ControllerContext): Controller {
	const {api, clock, informers} = context;
	const {services, endpoints} = informers;
	const triggers = createTriggerTimes();
	/** The version that an update has replaced: as long as the watch still tells it, it is late. */
	const replaced = new Map<string, string>();
	const sync = async (key: string) => {
		const [namespace = '', name = ''] = key.split('/');
		const service = services.get(key);
		if (service !== undefined && hasOwnEndpoints(service)) return refresh(key, service);
		if (service !== undefined) return;
		triggers.forget(key);
		replaced.delete(key);
		if (endpoints.get(key) !== undefined) await remove(namespace, name);
	};
	const refresh = async (key: string, service: Service) => {
		const pods = [...podsBehind(context, service)];
		const trigger = triggers.next(service, pods);
		const known = endpoints.get(key) as Endpoints | undefined;
		if (known !== undefined && replaced.get(key) === known.metadata.resourceVersion) throw new Error('the watch is behind what was written');
		const {subsets, isTruncated} = subsetsOf(service, pods);
		const next = endpointsOf(service, known, subsets);
		if (known !== undefined && sameEndpoints(known, next)) return;
		await write(key, known, withTrigger(next, trigger, isTruncated));
	};
	const write = async (key: string, known: Endpoints | undefined, body: object) => {
		const [namespace = '', name = ''] = key.split('/');
		if (known === undefined) {
			try {
				await api.send({method: 'POST', path: pathOf('v1', 'endpoints', namespace), body});
			} catch (error) {
				if (!isNamespaceTerminating(error)) throw error;
			}
			return;
		}
		const written = (await api.send({method: 'PUT', path: pathOf('v1', 'endpoints', namespace, name), body})) as ApiObject;
		if (written.metadata.resourceVersion !== known.metadata.resourceVersion) replaced.set(key, known.metadata.resourceVersion);
	};
	const remove = async (namespace: string, name: string) => {
		try {
			await api.send({method: 'DELETE', path: pathOf('v1', 'endpoints', namespace, name)});
		} catch (error) {
			if (!isNotFound(error)) throw error;
		}
	};
	const queue = createWorkQueue({clock, sync, maxRetries});
	watchServices(context, queue);
	endpoints.onChange(({before, now}) => {
		if (now === undefined && before !== undefined) queue.add(keyOf(before));
	});
	return queue;
}

function endpointsOf(service: Service, known: Endpoints | undefined, subsets: NonNullable<Endpoints['subsets']>) {
	const {name, namespace, labels} = service.metadata;
	const {[headless]: _headless, ...own} = labels ?? {};
	const isHeadless = (service.spec.clusterIP ?? 'None') === 'None' || service.spec.clusterIP === '';
	return {
		apiVersion: 'v1',
		kind: 'Endpoints',
		metadata: {
			...(known?.metadata ?? {name, namespace}),
			labels: {...own, ...(isHeadless && {[headless]: ''}), [managedBy]: manager},
		},
		subsets,
	};
}

function withTrigger(next: ReturnType<typeof endpointsOf>, trigger: string | undefined, isTruncated: boolean): object {
	const {annotations, ...metadata} = next.metadata as Partial<ApiObject['metadata']>;
	const {[triggerTimeAnnotation]: _time, [overCapacity]: _over, ...kept} = annotations ?? {};
	const renewed = {...kept, ...(trigger !== undefined && {[triggerTimeAnnotation]: trigger}), ...(isTruncated && {[overCapacity]: 'truncated'})};
	return {...next, metadata: {...metadata, annotations: renewed}};
}

function sameEndpoints(known: Endpoints, next: ReturnType<typeof endpointsOf>): boolean {
	const labels = known.metadata.labels ?? {};
	const wanted = next.metadata.labels;
	return (
		Object.keys(labels).length === Object.keys(wanted).length &&
		Object.entries(wanted).every(([key, value]) => labels[key] === value) &&
		sortedJson(known.subsets ?? []) === sortedJson(next.subsets)
	);
}

/** Field orders differ between what was sent and what the API gives back. */
function sortedJson(value: unknown): string {
	return JSON.stringify(value, (_key, field) =>
		typeof field === 'object' && field !== null && !Array.isArray(field)
			? Object.fromEntries(Object.entries(field).toSorted(([a], [b]) => (a < b ? -1 : 1)))
			: field,
	);
}

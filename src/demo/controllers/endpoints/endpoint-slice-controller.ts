import type {ApiObject} from '../../api-object.ts';
import type {Controller, ControllerContext} from '../context.ts';
import {isNamespaceTerminating} from '../errors.ts';
import {pathOf} from '../paths.ts';
import {createWorkQueue} from '../work-queue.ts';
import type {EndpointSlice} from './endpoint-types.ts';
import {planSlices, type SlicePlan} from './plan-slices.ts';
import {isManaged} from './slice-labels.ts';
import {createSliceTracker, type SliceTracker} from './slice-tracker.ts';
import {createTriggerTimes, triggerTimeAnnotation} from './trigger-times.ts';
import {hasOwnEndpoints, podsBehind, watchServices} from './watch-services.ts';

const maxRetries = 15;
const firstDelayMs = 1_000;
/** Somebody else has touched a slice: put right, but not in a race with them. */
const foreignChangeMs = 1_000;

/** Keeps the EndpointSlices of Services that have a selector (kubernetes: pkg/controller/endpointslice). */
export function createEndpointSliceController(context: ControllerContext): Controller {
	const {api, clock, informers} = context;
	const {services, endpointSlices, nodes} = informers;
	const triggers = createTriggerTimes();
	const tracker = createSliceTracker();
	const sync = async (key: string) => {
		const service = services.get(key);
		if (service === undefined) {
			triggers.forget(key);
			tracker.forget(key);
			return;
		}
		if (!hasOwnEndpoints(service)) return;
		const existing = [...endpointSlices.with('service', key)].filter(isOurs) as EndpointSlice[];
		if (tracker.isBehind(key, existing)) throw new Error('the watch is behind what was written');
		const pods = [...podsBehind(context, service)];
		const trigger = triggers.next(service, pods);
		const plan = planSlices({service, pods, nodeOf: nodes.get, existing});
		const mayCreate = service.metadata.deletionTimestamp === undefined;
		await carryOut(mayCreate ? plan : {...plan, create: []}, trigger, key);
	};
	const carryOut = async ({create, update, remove}: SlicePlan, trigger: string | undefined, key: string) => {
		const [namespace = ''] = key.split('/');
		const path = (name?: string) => pathOf('discovery.k8s.io/v1', 'endpointslices', namespace, name);
		try {
			for (const slice of create) tracker.wrote(key, (await api.send({method: 'POST', path: path(), body: withTrigger(slice, trigger)})) as ApiObject);
		} catch (error) {
			if (isNamespaceTerminating(error)) return;
			throw error;
		}
		for (const slice of update) {
			const body = withTrigger(slice, trigger);
			tracker.wrote(key, (await api.send({method: 'PUT', path: path(slice.metadata.name), body})) as ApiObject);
		}
		for (const {metadata} of remove) {
			tracker.removes(key, metadata.uid);
			await api.send({method: 'DELETE', path: path(metadata.name)});
		}
	};
	const queue = createWorkQueue({clock, sync, maxRetries, firstDelayMs});
	watchServices(context, queue);
	endpointSlices.onChange(({before, now}) => {
		const slice = now ?? before;
		if (slice === undefined || !isManaged(slice.metadata.labels)) return;
		const key = `${slice.metadata.namespace}/${slice.metadata.labels?.['kubernetes.io/service-name']}`;
		if (isForeign(tracker, key, slice, now === undefined)) queue.addAfter(key, foreignChangeMs);
	});
	return queue;
}

function isForeign(tracker: SliceTracker, key: string, slice: ApiObject, isGone: boolean): boolean {
	return isGone ? tracker.lost(key, slice.metadata.uid) : tracker.isNews(key, slice);
}

function isOurs({metadata}: ApiObject): boolean {
	return isManaged(metadata.labels) && metadata.deletionTimestamp === undefined;
}

function withTrigger<T extends {readonly metadata: object}>(slice: T, trigger: string | undefined): object {
	const {annotations, ...metadata} = slice.metadata as {annotations?: Readonly<Record<string, string>>};
	const {[triggerTimeAnnotation]: _old, ...kept} = annotations ?? {};
	const renewed = trigger === undefined ? kept : {...kept, [triggerTimeAnnotation]: trigger};
	return {...slice, metadata: {...metadata, annotations: renewed}};
}

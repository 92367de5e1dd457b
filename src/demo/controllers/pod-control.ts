import type {ApiClient} from '../api-client.ts';
import {isNotFound} from '../api-client.ts';
import type {ApiObject} from '../api-object.ts';
import type {EventRecorder} from '../event-recorder.ts';
import {involved} from './context.ts';
import {errorOf, isNamespaceTerminating} from './errors.ts';
import type {Pod, PodTemplate} from './kinds.ts';
import {controllerReference} from './owners.ts';
import {podPath} from './paths.ts';

/** Makes and removes an owner's pods, and tells of it (kubernetes: controller_utils.go RealPodControl). */
export interface PodControl {
	/** The pod as it was made from the template. Throws what the API says. */
	readonly create: (owner: ApiObject, template: PodTemplate) => Promise<ApiObject>;
	/** Throws what the API says, 404 too. */
	readonly remove: (owner: ApiObject, pod: Pod) => Promise<void>;
}

/** Events are told in the name of the recorder's component. */
export function createPodControl(api: ApiClient, events: EventRecorder): PodControl {
	return {
		async create(owner, template) {
			const about = involved(owner);
			try {
				const pod = (await api.send({method: 'POST', path: podPath(owner.metadata.namespace ?? ''), body: podOf(owner, template)})) as ApiObject;
				events.record(about, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
				return pod;
			} catch (error) {
				if (!isNamespaceTerminating(error)) events.record(about, 'Warning', 'FailedCreate', `Error creating: ${errorOf(error).message}`);
				throw error;
			}
		},
		async remove(owner, {metadata: {namespace, name}}) {
			const about = involved(owner);
			try {
				await api.send({method: 'DELETE', path: podPath(namespace, name)});
			} catch (error) {
				if (isNotFound(error)) throw error;
				events.record(about, 'Warning', 'FailedDelete', `Error deleting: ${errorOf(error).message}`);
				throw new Error(`unable to delete pods: ${errorOf(error).message}`);
			}
			events.record(about, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
		},
	};
}

/** A pod made from a template, without a name of its own yet (kubernetes: controller_utils.go GetPodFromTemplate). */
export function podOf(owner: ApiObject, {metadata: {labels = {}, annotations, finalizers} = {}, spec}: PodTemplate) {
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {
			generateName: podPrefix(owner.metadata.name),
			labels,
			...(annotations !== undefined && {annotations}),
			...(finalizers !== undefined && {finalizers}),
			ownerReferences: [controllerReference(owner)],
		},
		spec,
	};
}

/** With a dash, unless that makes the name too long. */
function podPrefix(name: string): string {
	return name.length < 253 ? `${name}-` : name;
}

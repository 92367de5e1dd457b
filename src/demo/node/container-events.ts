import type {EventRecorder, EventType} from '../event-recorder.ts';
import type {ApiPod} from './api-pod.ts';

/** Tells what happens to a pod and its containers. */
export interface ContainerEvents {
	readonly record: (pod: ApiPod, container: string, type: EventType, reason: string, message: string) => void;
	/** About the pod as a whole. */
	readonly recordPod: (pod: ApiPod, type: EventType, reason: string, message: string) => void;
	/** The pod is gone: nothing more will be said about it. */
	readonly forget: (uid: string) => void;
}

/** A kubelet's way to speak about containers: by their place in the pod's spec. */
export function createContainerEvents(recorder: EventRecorder): ContainerEvents {
	return {
		record({metadata, spec}, container, type, reason, message) {
			const {name, namespace, uid, resourceVersion} = metadata;
			const list = spec.initContainers?.some(init => init.name === container) === true ? 'initContainers' : 'containers';
			recorder.record({apiVersion: 'v1', kind: 'Pod', name, namespace, uid, resourceVersion, fieldPath: `spec.${list}{${container}}`}, type, reason, message);
		},
		recordPod({metadata: {name, namespace, uid, resourceVersion}}, type, reason, message) {
			recorder.record({apiVersion: 'v1', kind: 'Pod', name, namespace, uid, resourceVersion}, type, reason, message);
		},
		forget: recorder.forget,
	};
}

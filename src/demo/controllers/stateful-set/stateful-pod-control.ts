import type {ApiClient} from '../../api-client.ts';
import {isNotFound} from '../../api-client.ts';
import type {ApiObject} from '../../api-object.ts';
import type {EventRecorder} from '../../event-recorder.ts';
import {involved} from '../context.ts';
import {errorOf, isAlreadyExists} from '../errors.ts';
import {keyOf} from '../informer.ts';
import type {Pod} from '../kinds.ts';
import {podPath} from '../paths.ts';
import type {PodStep} from './plan-pods.ts';
import type {SetRevisions} from './set-revisions.ts';
import {revisionFor, statefulPod} from './stateful-pod.ts';
import type {StatefulSet} from './stateful-set.ts';

/** What carrying out a plan needs. */
export interface StatefulPodControl {
	readonly api: ApiClient;
	readonly events: EventRecorder;
	/** A pod of the set was written. */
	readonly onWrite: (set: string, pod: ApiObject) => void;
}

/** Carries out one step, and tells of it (kubernetes: stateful_pod_control.go). Throws what the API says. */
export async function carryOut(step: PodStep, set: StatefulSet, revisions: SetRevisions, control: StatefulPodControl): Promise<void> {
	switch (step.kind) {
		case 'create':
			return createPod(set, statefulPod(set, step.ordinal, revisionFor(set, step.ordinal, revisions)), control);
		case 'delete':
			return deletePod(set, step.pod, control);
		case 'label':
			return tell('Update', set, step.pod, control, () => labelPod(step.pod, step.labels, control));
	}
}

async function createPod(set: StatefulSet, body: ReturnType<typeof statefulPod>, control: StatefulPodControl): Promise<void> {
	const send = () => control.api.send({method: 'POST', path: podPath(set.metadata.namespace), body});
	await tell('Create', set, body, control, async () => control.onWrite(keyOf(set), (await send()) as ApiObject));
}

async function deletePod(set: StatefulSet, pod: Pod, control: StatefulPodControl): Promise<void> {
	await tell('Delete', set, pod, control, async () => {
		try {
			await control.api.send({method: 'DELETE', path: podPath(pod.metadata.namespace, pod.metadata.name)});
		} catch (error) {
			if (!isNotFound(error)) throw error;
		}
	});
}

async function labelPod({metadata: {namespace, name}}: Pod, labels: Readonly<Record<string, string>>, {api}: StatefulPodControl): Promise<void> {
	const body = {metadata: {labels}};
	await api.send({method: 'PATCH', path: podPath(namespace, name), body, contentType: 'application/strategic-merge-patch+json'});
}

/** The event that follows; a pod that somebody made meanwhile needs none (kubernetes: stateful_pod_control.go recordPodEvent). */
async function tell(
	verb: string,
	set: StatefulSet,
	{metadata: {name}}: {readonly metadata: {readonly name: string}},
	{events}: StatefulPodControl,
	act: () => Promise<void>,
): Promise<void> {
	const text = `${verb} Pod ${name} in StatefulSet ${set.metadata.name}`;
	try {
		await act();
	} catch (error) {
		if (!isAlreadyExists(error)) events.record(involved(set), 'Warning', `Failed${verb}`, `${text} failed error: ${errorOf(error).message}`);
		throw error;
	}
	events.record(involved(set), 'Normal', `Successful${verb}`, `${text} successful`);
}

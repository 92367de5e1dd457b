import type {AuditEvent} from '../../cluster/audit-event.ts';
import type {Command, WorkloadCommand, WorkloadStanding} from '../../domain/command.ts';
import type {JsonObject} from '../../domain/json.ts';
import {apiVersionOf, kindWords, qualifiedName} from '../../domain/kinds/kind-words.ts';
import {rulesOf} from '../../domain/kinds/rules-of.ts';
import {kubectlCommand, shellText} from '../../domain/kubectl-command.ts';
import {revisionNumber} from '../../domain/revision-number.ts';
import {runningRevision} from '../../domain/revisions.ts';
import type {Service} from '../../domain/service.ts';
import type {ServiceSelector} from '../../domain/service-selector.ts';
import type {Workload} from '../../domain/workload.ts';
import {serviceOf} from '../../store/selectors/service/service-of.ts';
import type {State} from '../../store/state.ts';
import {focused} from '../../store/workload-state.ts';

/** The few facts that are needed to understand an action and to take it back: no templates, and so no environment. */
export type DeedFacts = {
	readonly revision?: number | undefined;
	readonly images?: readonly string[];
	readonly paused?: boolean;
	readonly replicas?: number;
	readonly generation?: number;
	readonly selector?: ServiceSelector;
	/** Of a curl pod. */
	readonly image?: string;
};

/** What a person does to the cluster. */
export type Deed = {
	readonly action: Command['kind'] | 'curl-pod' | 'delete-curl-pod';
	/** `deployment.apps/kubia`. */
	readonly object: string;
	readonly namespace: string;
	/** What would do the same by hand. */
	readonly kubectl: string;
	/** How it stood when it was asked for, as the watch had shown it. */
	readonly before: DeedFacts;
	/** What was asked for, as far as the object as it is stored does not say it. */
	readonly wanted: DeedFacts;
	/** Templates whose values no message may repeat. */
	readonly secrets: readonly JsonObject[];
	/** The object that a K8sEvent of it is about; absent: none is written. */
	readonly regarding: AuditEvent['regarding'] | undefined;
};

/** What a command does, by what the state shows; undefined where its object has not been seen. */
export function deedOf(command: Command, state: State): Deed | undefined {
	if (command.kind === 'select') {
		const service = serviceOf(state);
		return service && selectorDeed(command, service, state);
	}
	const {workload} = focused(state, command.workload);
	return workload && workloadDeed(command, workload, state);
}

function workloadDeed(command: WorkloadCommand, workload: Workload, {target, replicaSets}: State): Deed {
	const {name, uid, namespace, kind, template, paused, generation} = workload;
	const {context} = target;
	return {
		action: command.kind,
		object: command.kind === 'delete-pod' ? `pod/${command.pod}` : `${qualifiedName(kind)}/${name}`,
		namespace,
		kubectl: shellText(rulesOf(workload).commandLines(command), {context, namespace}),
		before: standingFacts({
			revision: runningRevision(workload, [...replicaSets.values()]),
			images: template.images,
			paused,
			replicas: workload.replicas.desired,
			generation,
		}),
		wanted: command.kind === 'undo' ? {revision: command.toRevision ?? command.seen?.undoTo} : {},
		secrets: [template.raw, ...Array.from(replicaSets.values(), set => set.template.raw)],
		regarding: {apiVersion: apiVersionOf(kind), kind: kindWords[kind].kind, name, namespace, uid},
	};
}

function selectorDeed(command: Extract<Command, {kind: 'select'}>, {name, namespace, uid, selector}: Service, {target: {context}}: State): Deed {
	return {
		action: 'select',
		object: `service/${name}`,
		namespace,
		kubectl: kubectlCommand(command, {context, namespace, name}),
		before: {selector},
		wanted: {selector: command.selector},
		secrets: [],
		regarding: {apiVersion: 'v1', kind: 'Service', name, namespace, uid},
	};
}

/** A curl pod's creation, or its end. Nobody else's object changes: no K8sEvent is written. */
export function curlPodDeed(
	action: 'curl-pod' | 'delete-curl-pod',
	{name, namespace, image}: {readonly name: string; readonly namespace: string; readonly image: string},
): Deed {
	const kubectl = action === 'curl-pod' ? `kubectl create -n ${namespace} -f -` : `kubectl delete -n ${namespace} pod/${name}`;
	return {action, object: `pod/${name}`, namespace, kubectl, before: {}, wanted: action === 'curl-pod' ? {image} : {}, secrets: [], regarding: undefined};
}

/** How a workload stands. */
export function standingFacts({revision, images, paused, replicas, generation}: WorkloadStanding): DeedFacts {
	const number = revisionNumber(revision);
	// Anybody may write an annotation: what is no number is none.
	return {revision: revision === undefined || number.kind === 'invalid' ? undefined : number.value, images, paused, replicas, generation};
}

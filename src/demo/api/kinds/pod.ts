import {fill, type JsonObject, mapObject, mapObjects, objectAt, objectsAt, sameJson, textAt} from '../json.ts';
import type {Rules, StoredObject} from '../resource.ts';
import type {Cause} from '../status-error.ts';
import {notAllowed} from './causes.ts';
import {defaultPodSpec} from './pod-spec.ts';
import {qosClassOf} from './qos-class.ts';
import {podSpecCauses} from './validate-pod-spec.ts';

/** Pods. kubernetes: pkg/registry/core/pod/strategy.go. */
export const podRules: Rules = {
	generation: 'spec',
	statusKeeps: ['ownerReferences'],
	showsDeleted: true,
	defaults: pod => mapObject(pod, 'spec', spec => fill(mapObjects(defaultPodSpec(spec), 'containers', requestLimits), {enableServiceLinks: true})),
	prepareForCreate: prepareForCreate,
	prepareStatus,
	validate: pod => podSpecCauses(objectAt(pod, 'spec'), 'spec'),
	validateUpdate: updateCauses,
	graceSeconds,
	fields: {
		'spec.nodeName': pod => textAt(pod, 'spec', 'nodeName'),
		'spec.restartPolicy': pod => textAt(pod, 'spec', 'restartPolicy'),
		'spec.schedulerName': pod => textAt(pod, 'spec', 'schedulerName'),
		'spec.serviceAccountName': pod => textAt(pod, 'spec', 'serviceAccountName'),
		'spec.hostNetwork': pod => String(objectAt(pod, 'spec').hostNetwork === true),
		'status.phase': pod => textAt(pod, 'status', 'phase'),
		'status.podIP': pod => textAt(pod, 'status', 'podIP'),
		'status.podIPs': pod => textAt(pod, 'status', 'podIP'),
		'status.nominatedNodeName': pod => textAt(pod, 'status', 'nominatedNodeName'),
	},
};

/** Who asks for no less than it may use asks for just that. */
function requestLimits(container: JsonObject): JsonObject {
	const limits = objectAt(container, 'resources', 'limits');
	if (Object.keys(limits).length === 0) return container;
	return mapObject(container, 'resources', resources => ({...resources, requests: {...limits, ...objectAt(resources, 'requests')}}));
}

function prepareForCreate(pod: JsonObject): JsonObject {
	const prepared = mapObject(pod, 'spec', spec =>
		fill({...spec, ...positiveGrace(spec), tolerations: withDefaultTolerations(spec)}, {priority: 0, preemptionPolicy: 'PreemptLowerPriority'}),
	);
	const spec = objectAt(prepared, 'spec');
	const gates = objectsAt(spec, 'schedulingGates');
	const gated = {
		type: 'PodScheduled',
		status: 'False',
		lastProbeTime: null,
		lastTransitionTime: null,
		reason: 'SchedulingGated',
		message: 'Scheduling is blocked due to non-empty scheduling gates',
	};
	return {...prepared, status: {phase: 'Pending', ...(gates.length === 0 ? {} : {conditions: [gated]}), qosClass: qosClassOf(spec)}};
}

/** Below zero means: as soon as possible. */
function positiveGrace({terminationGracePeriodSeconds: grace}: JsonObject): JsonObject {
	return typeof grace === 'number' && grace < 0 ? {terminationGracePeriodSeconds: 1} : {};
}

/** kubernetes: plugin/pkg/admission/defaulttolerationseconds. */
function withDefaultTolerations(spec: JsonObject): readonly JsonObject[] {
	const given = objectsAt(spec, 'tolerations');
	const missing = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].filter(
		key => !given.some(toleration => (toleration.key === key || (toleration.key ?? '') === '') && ['NoExecute', ''].includes(textAt(toleration, 'effect'))),
	);
	return [...given, ...missing.map(key => ({key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300}))];
}

/** What a kubelet leaves out of a status is kept as it was. */
function prepareStatus(pod: JsonObject, old: StoredObject): JsonObject {
	const before = objectAt(old, 'status');
	return mapObject(pod, 'status', status => fill(status, before.qosClass === undefined ? {} : {qosClass: before.qosClass}));
}

/** kubernetes: ValidatePodUpdate; what else may change does not change here. */
function updateCauses(pod: JsonObject, old: StoredObject): readonly Cause[] {
	const frozen = (object: JsonObject) => {
		const {
			terminationGracePeriodSeconds: _grace,
			activeDeadlineSeconds: _deadline,
			tolerations: _tolerations,
			schedulingGates: _gates,
			...spec
		} = objectAt(object, 'spec');
		const withoutImages = (list: string) => objectsAt(spec, list).map(({image: _, ...container}) => container);
		return {...spec, containers: withoutImages('containers'), initContainers: withoutImages('initContainers')};
	};
	if (pod.spec === old.spec || sameJson(frozen(pod), frozen(old))) return [];
	const fields =
		'`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';
	return [notAllowed('spec', `pod updates may not change fields other than ${fields}`)];
}

function graceSeconds(pod: StoredObject, asked: number | undefined): number {
	const phase = textAt(pod, 'status', 'phase');
	if (textAt(pod, 'spec', 'nodeName') === '' || phase === 'Failed' || phase === 'Succeeded') return 0;
	const seconds = asked ?? (objectAt(pod, 'spec').terminationGracePeriodSeconds as number | undefined) ?? 0;
	return seconds < 0 ? 1 : seconds;
}

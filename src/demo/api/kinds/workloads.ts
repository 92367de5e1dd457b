import {fill, type JsonObject, mapObject, objectAt, sameJson, textAt, textsAt} from '../json.ts';
import type {Rules} from '../resource.ts';
import {defaultTemplate} from './pod-spec.ts';
import {daemonSetCauses, revisionCauses, revisionUpdateCauses, statefulSetCauses, statefulSetUpdateCauses} from './validate-sets.ts';
import {deploymentCauses, immutableSelectorCauses, replicaSetCauses} from './validate-workloads.ts';

/** Deployments. kubernetes: pkg/registry/apps/deployment/strategy.go, pkg/apis/apps/v1/defaults.go. */
export const deploymentRules: Rules = {
	generation: 'spec-and-annotations',
	statusKeeps: ['labels'],
	defaults: object =>
		mapObject(object, 'spec', spec =>
			mapObject(
				mapObject(fill(spec, {replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600}), 'strategy', rollingDefaults),
				'template',
				defaultTemplate,
			),
		),
	validate: deploymentCauses,
	validateUpdate: immutableSelectorCauses,
};

function rollingDefaults(strategy: JsonObject): JsonObject {
	const filled = textAt(strategy, 'type') === '' ? {...strategy, type: 'RollingUpdate'} : strategy;
	if (filled.type !== 'RollingUpdate') return filled;
	return mapObject(fill(filled, {rollingUpdate: {}}), 'rollingUpdate', rolling => fill(rolling, {maxUnavailable: '25%', maxSurge: '25%'}));
}

/** ReplicaSets. kubernetes: pkg/registry/apps/replicaset/strategy.go. */
export const replicaSetRules: Rules = {
	generation: 'spec',
	defaults: object => mapObject(object, 'spec', spec => mapObject(fill(spec, {replicas: 1}), 'template', defaultTemplate)),
	prepareForCreate: object => ({...object, status: {replicas: 0}}),
	validate: replicaSetCauses,
	validateUpdate: immutableSelectorCauses,
	fields: {'status.replicas': object => String(objectAt(object, 'status').replicas ?? 0)},
};

/** StatefulSets. kubernetes: pkg/registry/apps/statefulset/strategy.go. */
export const statefulSetRules: Rules = {
	generation: 'spec',
	defaults: object => mapObject(object, 'spec', statefulSetDefaults),
	prepareForCreate: object => ({...withoutMaxUnavailable(object), status: {replicas: 0, availableReplicas: 0}}),
	prepareForUpdate: withoutMaxUnavailable,
	validate: statefulSetCauses,
	validateUpdate: statefulSetUpdateCauses,
};

function statefulSetDefaults(spec: JsonObject): JsonObject {
	const filled = fill(spec, {podManagementPolicy: 'OrderedReady', replicas: 1, revisionHistoryLimit: 10, persistentVolumeClaimRetentionPolicy: {}});
	const retained = mapObject(filled, 'persistentVolumeClaimRetentionPolicy', policy => fill(policy, {whenDeleted: 'Retain', whenScaled: 'Retain'}));
	const updated = mapObject(retained, 'updateStrategy', strategy => {
		const typed = textAt(strategy, 'type') === '' ? fill({...strategy, type: 'RollingUpdate'}, {rollingUpdate: {}}) : strategy;
		return mapObject(typed, 'rollingUpdate', rolling => fill(rolling, {partition: 0}));
	});
	return mapObject(updated, 'template', defaultTemplate);
}

/** The field of a feature that is off by default (kubernetes: MaxUnavailableStatefulSet) is dropped. */
function withoutMaxUnavailable(object: JsonObject): JsonObject {
	return mapObject(object, 'spec', spec =>
		mapObject(spec, 'updateStrategy', strategy => mapObject(strategy, 'rollingUpdate', ({maxUnavailable: _unavailable, ...rolling}) => rolling)),
	);
}

/** DaemonSets. kubernetes: pkg/registry/apps/daemonset/strategy.go. */
export const daemonSetRules: Rules = {
	generation: 'spec',
	defaults: object => mapObject(object, 'spec', daemonSetDefaults),
	prepareForUpdate: (object, old) =>
		withTemplateGeneration(object, templateGeneration(old) + (sameJson(objectAt(object, 'spec').template, objectAt(old, 'spec').template) ? 0 : 1)),
	prepareForCreate: object => ({
		...withTemplateGeneration(object, 1),
		status: {currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0},
	}),
	validate: daemonSetCauses,
	validateUpdate: immutableSelectorCauses,
};

const templateGenerationKey = 'deprecated.daemonset.template.generation';

/** Counts templates; kept for clients of long ago. */
function templateGeneration(object: JsonObject): number {
	return Number(textAt(object, 'metadata', 'annotations', templateGenerationKey)) || 0;
}

function withTemplateGeneration(object: JsonObject, generation: number): JsonObject {
	return mapObject(object, 'metadata', metadata => ({
		...metadata,
		annotations: {...textsAt(metadata, 'annotations'), [templateGenerationKey]: String(generation)},
	}));
}

function daemonSetDefaults(spec: JsonObject): JsonObject {
	const updated = mapObject(fill(spec, {revisionHistoryLimit: 10}), 'updateStrategy', strategy => {
		const typed = textAt(strategy, 'type') === '' ? {...strategy, type: 'RollingUpdate'} : strategy;
		if (typed.type !== 'RollingUpdate') return typed;
		return mapObject(fill(typed, {rollingUpdate: {}}), 'rollingUpdate', rolling => fill(rolling, {maxUnavailable: 1, maxSurge: 0}));
	});
	return mapObject(updated, 'template', defaultTemplate);
}

/** The history of both: what a revision holds never changes. kubernetes: pkg/registry/apps/controllerrevision/strategy.go. */
export const controllerRevisionRules: Rules = {validate: revisionCauses, validateUpdate: revisionUpdateCauses};

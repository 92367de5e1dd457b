import {at, type JsonObject, mapObject, mapObjects, numberAt, objectAt, textAt, textsAt} from '../json.ts';
import {required} from '../kinds/causes.ts';
import type {StoredObject} from '../resource.ts';
import type {Cause} from '../status-error.ts';

const rollingStyle = 'rollouts.kruise.io/rolling-style';

/** `rollouts.kruise.io/v1alpha1` as v1beta1, which is stored. openkruise/rollouts: api/v1alpha1/conversion.go. */
export function rolloutToBeta(rollout: JsonObject): JsonObject {
	const {objectRef, strategy, ...spec} = objectAt(rollout, 'spec');
	const isPartition = textAt(rollout, 'metadata', 'annotations', rollingStyle).toLowerCase() === 'partition';
	const canary = (old: JsonObject) => ({...mapObjects(old, 'steps', stepToBeta), ...(isPartition ? {} : {enableExtraWorkloadForCanary: true})});
	return {
		...rollout,
		spec: {disabled: false, ...spec, workloadRef: objectAt(objectRef, 'workloadRef'), strategy: mapObject(objectAt({strategy}, 'strategy'), 'canary', canary)},
		// v1alpha1 has no such members, so whoever writes it sets them back; the controller puts them right.
		status: {...objectAt(rollout, 'status'), currentStepIndex: 0, currentStepState: ''},
	};
}

function stepToBeta({weight, ...step}: JsonObject): JsonObject {
	if (typeof weight !== 'number') return step;
	return {replicas: `${weight}%`, ...step, traffic: `${weight}%`};
}

/** What the CRD demands of a canary's status since 0.6: whoever writes all of it with the types of before, as `vela workflow resume` does, is refused. */
export function rolloutStatusCauses(rollout: JsonObject): readonly Cause[] {
	if (at(rollout, 'status', 'canaryStatus') === undefined) return [];
	const missing = ['finalisingStep', 'nextStepIndex'].filter(name => at(rollout, 'status', 'canaryStatus', name) === undefined);
	return missing.map(name => required(`status.canaryStatus.${name}`));
}

/** The stored v1beta1 as v1alpha1, which knows one strategy only. */
export function rolloutToAlpha(rollout: StoredObject): StoredObject {
	const {workloadRef, strategy, ...spec} = objectAt(rollout, 'spec');
	const extra = objectAt(strategy, 'canary').enableExtraWorkloadForCanary === true;
	const canary = ({enableExtraWorkloadForCanary: _, ...old}: JsonObject) => mapObjects(old, 'steps', stepToAlpha);
	const {currentStepIndex: _index, currentStepState: _state, ...status} = objectAt(rollout, 'status');
	const annotations = {...textsAt(rollout.metadata, 'annotations'), [rollingStyle]: extra ? 'canary' : 'partition'};
	return {
		...rollout,
		metadata: {...rollout.metadata, annotations},
		spec: {...spec, objectRef: {workloadRef}, strategy: mapObject(objectAt({strategy}, 'strategy'), 'canary', canary)},
		...(rollout.status === undefined ? {} : {status}),
	};
}

function stepToAlpha({traffic, ...step}: JsonObject): JsonObject {
	const weight = typeof traffic === 'string' ? Number.parseInt(traffic, 10) : numberAt({traffic}, 'traffic');
	return weight === undefined || Number.isNaN(weight) ? step : {...step, weight};
}

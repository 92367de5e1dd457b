import {isObject, type Json, type JsonObject, objectAt, sameJson, textAt} from '../json.ts';
import type {StoredObject} from '../resource.ts';
import type {Cause} from '../status-error.ts';
import {nameCauses} from '../write/object-name.ts';
import {notAllowed, notNegative, required, unsupported, wrong} from './causes.ts';
import {amountCauses, isZero, percentOf, workloadCauses} from './validate-workloads.ts';

/** What is wrong with a StatefulSet. kubernetes: pkg/apis/apps/validation/validation.go ValidateStatefulSetSpec. */
export function statefulSetCauses(object: JsonObject): readonly Cause[] {
	const spec = objectAt(object, 'spec');
	const policy = textAt(spec, 'podManagementPolicy');
	return [
		...(['OrderedReady', 'Parallel'].includes(policy) ? [] : [wrong('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'")]),
		...statefulStrategyCauses(objectAt(spec, 'updateStrategy'), 'spec.updateStrategy'),
		...serviceNameCauses(textAt(spec, 'serviceName')),
		...notNegative('spec.ordinals.start', objectAt(spec, 'ordinals').start),
		...workloadCauses(object, 'statefulset'),
	];
}

function serviceNameCauses(name: string): readonly Cause[] {
	return name === '' ? [] : nameCauses(name, {rules: {nameRule: 'label'}}, 'spec.serviceName');
}

function statefulStrategyCauses({type, rollingUpdate}: JsonObject, path: string): readonly Cause[] {
	switch (type) {
		case 'OnDelete':
			return rollingUpdate === undefined
				? []
				: [wrong(`${path}.rollingUpdate`, partitionInGo(rollingUpdate), "only allowed for updateStrategy 'RollingUpdate'")];
		case 'RollingUpdate':
			return notNegative(`${path}.rollingUpdate.partition`, isObject(rollingUpdate) ? rollingUpdate.partition : undefined);
		default:
			return [wrong(path, {Type: type ?? '', RollingUpdate: partitionInGo(rollingUpdate)}, "must be 'RollingUpdate' or 'OnDelete'")];
	}
}

/** As Go's own type is shown: its names of fields, and all of them. */
function partitionInGo(rollingUpdate: Json | undefined): Json {
	return isObject(rollingUpdate) ? {Partition: rollingUpdate.partition ?? 0, MaxUnavailable: null} : null;
}

/** What is wrong with a DaemonSet. kubernetes: pkg/apis/apps/validation/validation.go ValidateDaemonSetSpec. */
export function daemonSetCauses(object: JsonObject): readonly Cause[] {
	const path = 'spec.updateStrategy';
	const {type, rollingUpdate} = objectAt(object, 'spec', 'updateStrategy');
	const causes = workloadCauses(object, 'daemonset');
	if (type === 'OnDelete') return causes;
	if (type !== 'RollingUpdate') return [...causes, unsupported(path, {Type: type ?? '', RollingUpdate: null}, ['RollingUpdate', 'OnDelete'])];
	return [...causes, ...(isObject(rollingUpdate) ? rollingCauses(rollingUpdate, `${path}.rollingUpdate`) : [required(`${path}.rollingUpdate`)])];
}

/** Exactly one of the two is something. */
function rollingCauses({maxUnavailable, maxSurge}: JsonObject, path: string): readonly Cause[] {
	const amounts = [
		[maxUnavailable, `${path}.maxUnavailable`],
		[maxSurge, `${path}.maxSurge`],
	] as const;
	return [
		...amounts.flatMap(([amount, field]) => amountCauses(amount, field)),
		...amounts.flatMap(([amount, field]) => (percentOf(amount) > 100 ? [wrong(field, amount, 'must not be greater than 100%')] : [])),
		...(isZero(maxUnavailable) && isZero(maxSurge) ? [required(`${path}.maxUnavailable`, 'cannot be 0 when maxSurge is 0')] : []),
		...(isZero(maxUnavailable) || isZero(maxSurge) ? [] : [wrong(`${path}.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero')]),
	];
}

/** Little of a StatefulSet may change. */
export function statefulSetUpdateCauses(object: JsonObject, old: StoredObject): readonly Cause[] {
	const fixed = (spec: JsonObject) => ['selector', 'serviceName', 'podManagementPolicy', 'volumeClaimTemplates'].map(key => spec[key] ?? null);
	if (sameJson(fixed(objectAt(object, 'spec')), fixed(objectAt(old, 'spec')))) return [];
	const fields = "'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds'";
	return [notAllowed('spec', `updates to statefulset spec for fields other than ${fields} are forbidden`)];
}

/** What is wrong with a ControllerRevision. */
export function revisionCauses({data, revision}: JsonObject): readonly Cause[] {
	const missing = isObject(data) ? [] : [required('data', (data ?? null) === null ? 'data is mandatory' : 'data must be a valid JSON object')];
	return [...notNegative('revision', revision), ...missing];
}

/** What a revision puts back does not change; its number may. */
export function revisionUpdateCauses(object: JsonObject, old: StoredObject): readonly Cause[] {
	return sameJson(object.data ?? null, old.data ?? null) ? [] : [wrong('data', object.data, 'field is immutable')];
}

import {isObject, type Json, type JsonObject, objectAt, objectsAt, sameJson, textAt} from '../json.ts';
import type {StoredObject} from '../resource.ts';
import {selects} from '../select/object-selector.ts';
import type {Cause} from '../status-error.ts';
import {notAllowed, notNegative, required, unsupported, wrong} from './causes.ts';
import {podSpecCauses} from './validate-pod-spec.ts';

/** What is wrong with a Deployment. kubernetes: pkg/apis/apps/validation/validation.go. */
export function deploymentCauses(object: JsonObject): readonly Cause[] {
	const spec = objectAt(object, 'spec');
	const {progressDeadlineSeconds: deadline, minReadySeconds = 0} = spec;
	return [
		...workloadCauses(object, 'deployment'),
		...strategyCauses(objectAt(spec, 'strategy'), 'spec.strategy'),
		...(typeof deadline === 'number' && deadline <= (minReadySeconds as number)
			? [wrong('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds')]
			: []),
	];
}

/** What is wrong with a ReplicaSet. */
export function replicaSetCauses(object: JsonObject): readonly Cause[] {
	return workloadCauses(object, 'ReplicaSet');
}

/** What all kinds with a selector and a template have in common. */
export function workloadCauses(object: JsonObject, kind: string): readonly Cause[] {
	const spec = objectAt(object, 'spec');
	const template = objectAt(spec, 'template');
	return [
		...notNegative('spec.replicas', spec.replicas),
		...selectorCauses(spec.selector, kind),
		...templateCauses(spec, template),
		...notNegative('spec.minReadySeconds', spec.minReadySeconds),
		// A StatefulSet keeps all of its history when this is negative.
		...(kind === 'statefulset' ? [] : notNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit)),
	];
}

function selectorCauses(selector: Json | undefined, kind: string): readonly Cause[] {
	if (!isObject(selector)) return [required('spec.selector')];
	return isEmptySelector(selector) ? [wrong('spec.selector', selector, `empty selector is invalid for ${kind}`)] : [];
}

function isEmptySelector(selector: JsonObject): boolean {
	return Object.keys(objectAt(selector, 'matchLabels')).length === 0 && objectsAt(selector, 'matchExpressions').length === 0;
}

function templateCauses(spec: JsonObject, template: JsonObject): readonly Cause[] {
	const path = 'spec.template';
	const labels = objectAt(template, 'metadata', 'labels');
	const {selector} = spec;
	const matched = isObject(selector) && (isEmptySelector(selector) || selects(selector, labels as Readonly<Record<string, string>>));
	const shown = Object.keys(labels).length === 0 ? null : labels;
	const policy = textAt(template, 'spec', 'restartPolicy');
	return [
		...(matched ? [] : [wrong(`${path}.metadata.labels`, shown, '`selector` does not match template `labels`')]),
		...podSpecCauses(objectAt(template, 'spec'), `${path}.spec`),
		...(policy === 'Never' || policy === 'OnFailure' ? [unsupported(`${path}.spec.restartPolicy`, policy, ['Always'])] : []),
	];
}

function strategyCauses(strategy: JsonObject, path: string): readonly Cause[] {
	const rolling = strategy.rollingUpdate;
	if (strategy.type === 'Recreate') {
		return rolling === undefined ? [] : [notAllowed(`${path}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")];
	}
	if (strategy.type !== 'RollingUpdate') return [unsupported(path, {Type: strategy.type ?? '', RollingUpdate: rolling ?? null}, ['Recreate', 'RollingUpdate'])];
	if (!isObject(rolling)) return [required(`${path}.rollingUpdate`, 'this should be defaulted and never be nil')];
	const {maxUnavailable, maxSurge} = rolling;
	return [
		...amountCauses(maxUnavailable, `${path}.rollingUpdate.maxUnavailable`),
		...amountCauses(maxSurge, `${path}.rollingUpdate.maxSurge`),
		...(isZero(maxUnavailable) && isZero(maxSurge) ? [wrong(`${path}.rollingUpdate.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0')] : []),
		...(percentOf(maxUnavailable) > 100 ? [wrong(`${path}.rollingUpdate.maxUnavailable`, maxUnavailable, 'must not be greater than 100%')] : []),
	];
}

/** The number before the per cent sign; 0 for a count. */
export function percentOf(amount: Json | undefined): number {
	return typeof amount === 'string' && /^\d+%$/.test(amount) ? Number.parseInt(amount, 10) : 0;
}

/** Whether an amount comes to nothing. */
export function isZero(amount: Json | undefined): boolean {
	return amount === 0 || (typeof amount === 'string' && /^0+%$/.test(amount));
}

/** What is wrong with a count or percentage of pods. */
export function amountCauses(amount: Json | undefined, path: string): readonly Cause[] {
	if (typeof amount === 'number') return notNegative(path, amount);
	if (typeof amount === 'string' && /^\d+%$/.test(amount)) return [];
	return [
		wrong(
			path,
			amount,
			"a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
		),
	];
}

/** Whose pods they are can't change. */
export function immutableSelectorCauses(object: JsonObject, old: StoredObject): readonly Cause[] {
	const selector = objectAt(object, 'spec', 'selector');
	return sameJson(selector, objectAt(old, 'spec', 'selector')) ? [] : [wrong('spec.selector', selector, 'field is immutable')];
}

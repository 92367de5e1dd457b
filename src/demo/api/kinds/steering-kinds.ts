import {fill, type JsonObject, mapObject, numberAt, objectAt, objectsAt, textAt} from '../json.ts';
import type {Rules} from '../resource.ts';
import type {Cause} from '../status-error.ts';
import {required, wrong} from './causes.ts';

/** How many pods may go at a time. kubernetes: pkg/registry/policy/poddisruptionbudget/strategy.go. */
export const disruptionBudgetRules: Rules = {
	generation: 'spec',
	needsVersion: true,
	prepareForCreate: budget => ({...budget, status: {currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0}}),
	validate: budget => {
		const spec = objectAt(budget, 'spec');
		const isBoth = spec.minAvailable !== undefined && spec.maxUnavailable !== undefined;
		return isBoth ? [wrong('spec', spec, 'minAvailable and maxUnavailable cannot be both set')] : [];
	},
};

const usualMetric = {type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: 80}}};

/** Who changes `replicas` by load: stored, with the usual defaults; nobody here measures a load. kubernetes: pkg/apis/autoscaling/v2/defaults.go. */
export const autoscalerRules: Rules = {
	defaults: autoscaler =>
		mapObject(autoscaler, 'spec', spec => {
			const filled = fill(spec, {minReplicas: 1});
			return objectsAt(filled, 'metrics').length === 0 ? {...filled, metrics: [usualMetric]} : filled;
		}),
	prepareForCreate: autoscaler => ({...autoscaler, status: {currentMetrics: null, desiredReplicas: 0}}),
	validate: autoscaler => autoscalerCauses(objectAt(autoscaler, 'spec')),
};

/** kubernetes: pkg/apis/autoscaling/validation/validation.go. */
function autoscalerCauses(spec: JsonObject): readonly Cause[] {
	const [least = 0, most = 0] = ['minReplicas', 'maxReplicas'].map(name => numberAt(spec, name));
	const target = objectAt(spec, 'scaleTargetRef');
	const missing = ['kind', 'name'].filter(name => textAt(target, name) === '');
	const version = textAt(target, 'apiVersion');
	return [
		...(least < 1 ? [wrong('spec.minReplicas', least, 'must be greater than or equal to 1')] : []),
		...(most < 1 ? [required('spec.maxReplicas', 'must be set and greater than 0')] : []),
		...(most < least ? [wrong('spec.maxReplicas', most, 'must be greater than or equal to `minReplicas`')] : []),
		...missing.map(name => required(`spec.scaleTargetRef.${name}`)),
		...(version === '' ? [wrong('spec.scaleTargetRef.apiVersion', version, 'apiVersion must specify API group')] : []),
	];
}

import {type Json, type JsonObject, numberAt, objectAt, objectsAt, textAt} from '../json.ts';
import {ageColumn, ageOf, column, nameColumn, nameOf, type TableKind} from './table-kind.ts';

export const disruptionBudgetTable: TableKind = {
	columns: [
		nameColumn,
		column('Min Available', 'How many pods must stay available.'),
		column('Max Unavailable', 'How many pods may be missing.'),
		column('Allowed Disruptions', 'How many more pods may go now.', 'integer'),
		ageColumn,
	],
	cells: (object, now) => {
		const {minAvailable, maxUnavailable} = objectAt(object, 'spec');
		const bound = (value: Json | undefined) => (value === undefined ? 'N/A' : String(value));
		return [nameOf(object), bound(minAvailable), bound(maxUnavailable), numberAt(object, 'status', 'disruptionsAllowed') ?? 0, ageOf(object, now)];
	},
};

export const autoscalerTable: TableKind = {
	columns: [
		nameColumn,
		column('Reference', 'What it scales.'),
		column('Targets', 'What is measured, and what it should be.'),
		column('MinPods', 'No fewer pods than these.'),
		column('MaxPods', 'No more pods than these.'),
		column('Replicas', 'How many pods there are.'),
		ageColumn,
	],
	cells: (object, now) => [
		nameOf(object),
		`${textAt(object, 'spec', 'scaleTargetRef', 'kind')}/${textAt(object, 'spec', 'scaleTargetRef', 'name')}`,
		targetsText(object),
		String(numberAt(object, 'spec', 'minReplicas') ?? '<unset>'),
		numberAt(object, 'spec', 'maxReplicas') ?? 0,
		numberAt(object, 'status', 'currentReplicas') ?? 0,
		ageOf(object, now),
	],
};

const mostShown = 2;

/** kubernetes: printers.go formatHPAMetrics; of resources, which are what people use. */
function targetsText(object: JsonObject): string {
	const current = objectsAt(object, 'status', 'currentMetrics');
	const texts = objectsAt(object, 'spec', 'metrics').map((metric, index) => targetText(metric, current[index] ?? {}));
	if (texts.length === 0) return '<none>';
	const rest = texts.length - mostShown;
	return `${texts.slice(0, mostShown).join(', ')}${rest > 0 ? ` + ${rest} more...` : ''}`;
}

function targetText(metric: JsonObject, status: JsonObject): string {
	const kind = metric.type === 'ContainerResource' ? 'containerResource' : 'resource';
	if (metric.type !== 'Resource' && metric.type !== 'ContainerResource') return '<unknown type>';
	const target = objectAt(metric, kind, 'target');
	const now = objectAt(status, kind, 'current');
	const name = textAt(metric, kind, 'name');
	if (target.averageValue !== undefined) return `${name}: ${String(now.averageValue ?? '<unknown>')}/${String(target.averageValue)}`;
	const percent = (value: Json | undefined, absent: string) => (value === undefined ? absent : `${String(value)}%`);
	return `${name}: ${percent(now.averageUtilization, '<unknown>')}/${percent(target.averageUtilization, '<auto>')}`;
}

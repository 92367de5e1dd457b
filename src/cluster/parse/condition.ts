import type {Condition} from '../../domain/condition.ts';
import type {JsonValue} from '../../domain/json.ts';
import {objectsOf, shownText, textOf, timeOf} from './fields.ts';

/** `status.conditions` in the API's order; an entry without a type says nothing and is left out. */
export function parseConditions(value: JsonValue | undefined): readonly Condition[] {
	return objectsOf(value).flatMap(condition => {
		const type = textOf(condition.type);
		if (type === undefined) return [];
		return [
			{
				type,
				status: shownText(condition.status),
				reason: shownText(condition.reason),
				message: shownText(condition.message),
				lastTransitionAt: timeOf(condition.lastTransitionTime),
				lastUpdateAt: timeOf(condition.lastUpdateTime),
			},
		];
	});
}

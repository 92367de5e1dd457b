import type {Condition} from './condition.ts';

/** The first condition of that type: later ones of the same type are ignored, as kubectl does. */
export function conditionOf(conditions: readonly Condition[], type: string): Condition | undefined {
	return conditions.find(condition => condition.type === type);
}

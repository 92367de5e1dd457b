import type {Condition} from './condition.ts';

/** The first condition of that type: later ones of the same type are ignored, as kubectl does. */
export function conditionOf(conditions: readonly Condition[], type: string): Condition | undefined {
	// Asked of thousands of pods for each frame: a loop takes half of what a call for each condition does.
	for (const condition of conditions) if (condition.type === type) return condition;
	return undefined;
}

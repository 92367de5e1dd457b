import type {JsonValue} from '../../domain/json.ts';
import type {IntOrPercent} from '../../domain/workload.ts';
import {countOf} from './fields.ts';

function isPercent(value: JsonValue | undefined): value is `${number}%` {
	return typeof value === 'string' && /^\d{1,9}%$/.test(value);
}

/** A number or percentage of a field; `absent` where there is none, or nonsense. */
export function intOrPercentOf(value: JsonValue | undefined, absent: IntOrPercent): IntOrPercent {
	if (typeof value === 'number') return countOf(value);
	return isPercent(value) ? value : absent;
}

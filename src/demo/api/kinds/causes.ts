import type {Json} from '../json.ts';
import type {Cause} from '../status-error.ts';

/** What can be wrong with a field, in upstream's words. apimachinery: pkg/util/validation/field/errors.go. */
export function required(field: string, detail = ''): Cause {
	return {reason: 'FieldValueRequired', message: detail === '' ? 'Required value' : `Required value: ${detail}`, field};
}

/** The value is shown as JSON. */
export function wrong(field: string, value: Json | undefined, detail: string): Cause {
	return {reason: 'FieldValueInvalid', message: `Invalid value: ${JSON.stringify(value ?? null)}: ${detail}`, field};
}

/** Not one of those that there are, which are shown in their order. */
export function unsupported(field: string, value: Json | undefined, supported: readonly string[]): Cause {
	const list = supported.map(text => `"${text}"`).join(', ');
	return {reason: 'FieldValueNotSupported', message: `Unsupported value: ${JSON.stringify(value ?? null)}: supported values: ${list}`, field};
}

/** Twice the same. */
export function duplicate(field: string, value: Json): Cause {
	return {reason: 'FieldValueDuplicate', message: `Duplicate value: ${JSON.stringify(value)}`, field};
}

/** Allowed, but not here. */
export function notAllowed(field: string, detail: string): Cause {
	return {reason: 'FieldValueForbidden', message: `Forbidden: ${detail}`, field};
}

/** A number that counts something. */
export function notNegative(field: string, value: Json | undefined): readonly Cause[] {
	return typeof value === 'number' && value < 0 ? [wrong(field, value, 'must be greater than or equal to 0')] : [];
}

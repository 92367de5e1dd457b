import fieldTypes from './field-types.json' with {type: 'json'};

/** One field of a type: what it holds, and how patches and empty values treat it. */
export interface FieldType {
	/** `string`, `int32`, …, `any`, or the name of another type. Of the items, for lists and maps. */
	readonly type: string;
	readonly shape: 'one' | 'list' | 'map';
	/** The member by which list items are the same; '' merges plain values as a set; undefined: lists are replaced. */
	readonly mergeKey: string | undefined;
	/** Whether a patch may say which members stay (`$retainKeys`). */
	readonly retainsKeys: boolean;
	/** Whether it is printed when it was not given or is empty. */
	readonly printed: 'always' | 'always-or-null' | 'if-not-empty' | 'if-given';
}

type FieldTypes = ReadonlyMap<string, FieldType>;

const parsed = new Map<string, FieldTypes>();

/** The fields of a type by name; undefined for plain types (`string`, `any`, …). */
export function fieldsOf(type: string): FieldTypes | undefined {
	const known = parsed.get(type);
	if (known !== undefined) return known;
	if (!Object.hasOwn(fieldTypes, type)) return undefined;
	const fields = new Map(Object.entries((fieldTypes as Record<string, Record<string, string>>)[type] ?? {}).map(([name, text]) => [name, parse(text)]));
	parsed.set(type, fields);
	return fields;
}

const printings: Readonly<Record<string, FieldType['printed']>> = {'=': 'always', '~': 'always-or-null', '?': 'if-not-empty'};
const pattern = /^(\[\]\{\}|\[\]|\{\}\[\]|\{\})?([\w.-]+)(?:\|(\w*))?(!)?([=?~])?$/;

function parse(text: string): FieldType {
	const [, brackets, type = 'any', mergeKey, retains, printed] = pattern.exec(text) ?? [];
	return {
		// Maps of lists occur in two rare places (client certificates' extra fields); nothing there needs looking after.
		type: brackets === '{}[]' || brackets === '[]{}' ? 'any' : type,
		shape: brackets === undefined ? 'one' : brackets.startsWith('[]') ? 'list' : 'map',
		mergeKey,
		retainsKeys: retains !== undefined,
		printed: printings[printed ?? ''] ?? 'if-given',
	};
}

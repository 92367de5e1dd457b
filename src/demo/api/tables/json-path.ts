import {isObject, type Json} from '../json.ts';

type Step = (values: readonly Json[]) => readonly Json[];

const token =
	/\.?(?:\[\s*(?:(?<index>-?\d+)|'(?<quoted>(?:\\.|[^'\\])*)'|"(?<double>(?:\\.|[^"\\])*)"|(?<all>\*)|\?\(\s*@(?<test>[.\w\\/-]*)\s*(?:(?<operator>==|!=)\s*(?:'(?<one>[^']*)'|"(?<two>[^"]*)"|(?<bare>[\w.-]+)))?\s*\))\s*\]|(?<key>(?:\\.|[^.[\]\\\s])+))/y;

/**
 * The part of JSONPath that CustomResourceDefinitions may use: keys, indexes, `*` and filters with == or != (client-go: util/jsonpath). A path that
 * cannot be read finds nothing.
 */
export function compileJsonPath(path: string): (object: Json) => readonly Json[] {
	const steps = stepsOf(path);
	return object => (steps ?? [() => []]).reduce<readonly Json[]>((values, step) => step(values), [object]);
}

function stepsOf(path: string): readonly Step[] | undefined {
	const steps: Step[] = [];
	// One of its own: it remembers its place, and a filter holds a path in a path.
	const reader = new RegExp(token);
	while (reader.lastIndex < path.length) {
		const groups = reader.exec(path)?.groups;
		if (groups === undefined) return undefined;
		steps.push(stepOf(groups));
	}
	return steps;
}

function stepOf({index, quoted, double, all, test, operator, one, two, bare, key}: Record<string, string | undefined>): Step {
	if (index !== undefined) return values => values.flatMap(value => (Array.isArray(value) ? present(value.at(Number(index))) : []));
	if (all !== undefined || key === '*') return values => values.flatMap(children);
	if (test !== undefined) return filter(test, operator, one ?? two ?? bare);
	const name = (quoted ?? double ?? key ?? '').replaceAll(/\\(.)/g, '$1');
	return values => values.flatMap(value => (isObject(value) && Object.hasOwn(value, name) ? present(value[name]) : []));
}

function filter(test: string, operator: string | undefined, wanted: string | undefined): Step {
	const find = compileJsonPath(test);
	const holds = (value: Json) => {
		const found = find(value)[0];
		if (operator === undefined) return found !== undefined;
		return found !== undefined && (String(found) === wanted) === (operator === '==');
	};
	return values => values.flatMap(children).filter(holds);
}

function children(value: Json): readonly Json[] {
	if (Array.isArray(value)) return value;
	return isObject(value) ? Object.values(value).flatMap(present) : [];
}

function present(value: Json | undefined): readonly Json[] {
	return value === undefined ? [] : [value];
}

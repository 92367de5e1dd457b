import {at, isObject, type Json, type JsonObject} from '../json.ts';

/** A member by a CustomResourceDefinition's simple path, such as `.spec.replicas`. */
export function atPath(object: JsonObject, path: string): Json | undefined {
	return path === '' ? undefined : at(object, ...namesOf(path));
}

/** The object with another value there. */
export function withPath<T extends JsonObject>(object: T, path: string, value: Json): T {
	const [name, ...rest] = namesOf(path);
	if (name === undefined) return object;
	const member = object[name];
	return {...object, [name]: rest.length === 0 ? value : withPath(isObject(member) ? member : {}, rest.join('.'), value)};
}

function namesOf(path: string): string[] {
	return path.split('.').filter(name => name !== '');
}

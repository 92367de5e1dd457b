import {age} from '../../../domain/human-duration.ts';
import {type Json, type JsonObject, textAt} from '../json.ts';

/** A column of `kubectl get`, as the API describes it. */
export interface Column {
	readonly name: string;
	readonly type: string;
	readonly format: string;
	readonly description: string;
	/** 0: always; 1: with `-o wide`. */
	readonly priority: number;
}

/** How objects of a kind are shown as rows. All cells are made, also those of wide columns: clients choose. kubernetes: printers.go. */
export interface TableKind {
	readonly columns: readonly Column[];
	/** One cell for each column; `now` is epoch ms. */
	readonly cells: (object: JsonObject, now: number) => readonly Json[];
	/** What is said of the whole row: that a pod has ended. */
	readonly conditions?: (object: JsonObject) => readonly JsonObject[];
}

/** A column that is always shown. */
export function column(name: string, description: string, type = 'string'): Column {
	return {name, type, format: '', description, priority: 0};
}

/** A column for `-o wide` only. */
export function wideColumn(name: string, description: string): Column {
	return {...column(name, description), priority: 1};
}

export const nameColumn: Column = {...column('Name', 'The name of the object, unique for its kind in its namespace.'), format: 'name'};
export const ageColumn = column('Age', 'How long ago the object was created.');

/** `now` minus a time of the API, as kubectl prints it; `<unknown>` without one. */
export function since(time: string, now: number): string {
	const at = Date.parse(time);
	return age(Number.isNaN(at) ? undefined : at, now);
}

/** AGE of an object. */
export function ageOf(object: JsonObject, now: number): string {
	return since(textAt(object, 'metadata', 'creationTimestamp'), now);
}

/** NAME of an object. */
export function nameOf(object: JsonObject): string {
	return textAt(object, 'metadata', 'name');
}

/** `text`, or `<none>` for nothing. */
export function orNone(text: string): string {
	return text === '' ? '<none>' : text;
}

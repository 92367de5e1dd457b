import type {Json, JsonObject} from '../json.ts';
import table from './protobuf-fields.json' with {type: 'json'};
import {wireFields} from './protobuf-wire.ts';

/** What clients written in Go send unless they are told otherwise. */
export const protobufType = 'application/vnd.kubernetes.protobuf';

const magic = Buffer.from('k8s\0');
const kinds: Readonly<Record<string, string>> = table.kinds;
const messages: Readonly<Record<string, Readonly<Record<string, string>>>> = table.messages;

interface Field {
	/** '': the message's members are the object's own. */
	readonly name: string;
	readonly shape: 'one' | 'list' | 'map';
	readonly type: string;
	readonly omitsEmpty: boolean;
}

type Draft = {[key: string]: Json};
type Fields = ReadonlyMap<number, Field>;

const known = new Map<string, Fields>();

/** The object in a body of `protobufType`. Throws an Error that says why it is none. apimachinery: runtime/serializer/protobuf. */
export function readProtobuf(bytes: Buffer): JsonObject {
	if (!bytes.subarray(0, magic.length).equals(magic)) throw new Error('provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]');
	const envelope = membersOf(bytes.subarray(magic.length));
	const [apiVersion, kind] = [1, 2].map(number => text(membersOf(bytesOf(envelope.get(1))).get(number)));
	const message = kinds[`${apiVersion}/${kind}`] ?? (kind === 'DeleteOptions' ? kind : undefined);
	if (message === undefined) throw new Error(`no kind "${kind}" is registered for version "${apiVersion}"`);
	return {kind: kind ?? '', apiVersion: apiVersion ?? '', ...readMessage(bytesOf(envelope.get(2)), message)};
}

type WireValue = bigint | Buffer;

/** The last value of each field of a message without lists. */
function membersOf(bytes: Buffer): ReadonlyMap<number, WireValue> {
	return new Map([...wireFields(bytes)].map(({number, value}) => [number, value]));
}

function bytesOf(value: WireValue | undefined): Buffer {
	return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
}

function text(value: WireValue | undefined): string {
	return bytesOf(value).toString('utf8');
}

function readMessage(bytes: Buffer, type: string): JsonObject {
	const fields = fieldsOf(type);
	const object: Draft = {};
	for (const {number, value} of wireFields(bytes)) {
		const field = fields.get(number);
		if (field !== undefined && field.type !== 'skipped') addField(object, field, value);
	}
	return object;
}

function addField(object: Draft, {name, shape, type, omitsEmpty}: Field, value: WireValue): void {
	if (name === '') Object.assign(object, readValue(value, type));
	else if (shape === 'list') object[name] = [...((object[name] as readonly Json[] | undefined) ?? []), readValue(value, type) ?? null];
	else if (shape === 'map') object[name] = {...(object[name] as JsonObject | undefined), ...readEntry(bytesOf(value), type)};
	else {
		const read = readValue(value, type);
		// Go writes what is not there as an empty value, and leaves that out of JSON again.
		const isEmpty = read === '' || read === 0 || read === false;
		if (read !== undefined && !(omitsEmpty && isEmpty)) object[name] = read;
	}
}

function readEntry(bytes: Buffer, type: string): JsonObject {
	const entry = membersOf(bytes);
	const key = text(entry.get(1));
	// Would become the prototype of an object when it is copied.
	return key === '__proto__' ? {} : {[key]: readValue(entry.get(2) ?? Buffer.alloc(0), type) ?? null};
}

function readValue(value: WireValue, type: string): Json | undefined {
	switch (type) {
		case 'string':
			return text(value);
		case 'bytes':
			return bytesOf(value).toString('base64');
		case 'bool':
			return value !== 0n && !Buffer.isBuffer(value);
		case 'int':
			return Buffer.isBuffer(value) ? 0 : Number(BigInt.asIntN(64, value));
		case 'double':
			return bytesOf(value).length === 8 ? bytesOf(value).readDoubleLE() : 0;
		default:
			return readSpecial(bytesOf(value), type);
	}
}

function readSpecial(bytes: Buffer, type: string): Json | undefined {
	const members = () => membersOf(bytes);
	switch (type) {
		case 'quantity':
			return text(members().get(1));
		case 'raw':
			return JSON.parse(text(members().get(1)) || 'null');
		case 'int-or-string':
			return members().get(1) === 1n ? text(members().get(3)) : (readValue(members().get(2) ?? 0n, 'int') ?? 0);
		case 'time':
		case 'microtime':
			return timeOf(members(), type);
		default:
			return readMessage(bytes, type);
	}
}

function timeOf(members: ReadonlyMap<number, WireValue>, type: 'time' | 'microtime'): string | undefined {
	// No time at all is an empty message.
	if (members.size === 0) return undefined;
	const [seconds = 0, nanos = 0] = [1, 2].map(number => Number(readValue(members.get(number) ?? 0n, 'int')));
	const at = new Date(seconds * 1_000);
	if (Number.isNaN(at.getTime())) throw new Error('a time that no calendar has');
	const whole = at.toISOString().slice(0, 19);
	return type === 'time' ? `${whole}Z` : `${whole}.${String(Math.trunc(nanos / 1_000)).padStart(6, '0')}Z`;
}

function fieldsOf(type: string): Fields {
	const found = known.get(type);
	if (found !== undefined) return found;
	const fields = new Map(Object.entries(messages[type] ?? {}).map(([number, each]) => [Number(number), parseField(each)]));
	known.set(type, fields);
	return fields;
}

function parseField(field: string): Field {
	const [, name = '', brackets, type = 'skipped', mark] = /^([^:]*):(\[\]|\{\})?([^?]*)(\?)?$/.exec(field) ?? [];
	const shape = brackets === undefined ? 'one' : brackets === '[]' ? 'list' : 'map';
	return {name, shape, type: type.startsWith('[') || type.startsWith('{') ? 'skipped' : type, omitsEmpty: mark !== undefined};
}

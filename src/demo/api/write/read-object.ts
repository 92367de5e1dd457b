import type {ApiCall} from '../api-call.ts';
import {mediaTypeOf, parseBody} from '../http/read-body.ts';
import {isObject, type Json, type JsonObject, objectAt, textAt} from '../json.ts';
import {wrong} from '../kinds/causes.ts';
import {apiVersionOf, type Resource} from '../resource.ts';
import {builtInResources} from '../resources.ts';
import {conform, type Findings} from '../schema/conform.ts';
import {protobufType} from '../schema/read-protobuf.ts';
import {badRequest, invalid, StatusError} from '../status-error.ts';

const acceptedTypes = ['', 'application/json', 'application/yaml', protobufType];

/** What an endpoint takes. */
export type Taken = Pick<Resource, 'group' | 'version' | 'kind' | 'type'> & {readonly custom?: boolean};

/** The object in a request's body, checked against its type and with defaults. Throws StatusError 400, 413 and 415. */
export async function readObject(call: ApiCall, resource: Resource): Promise<JsonObject> {
	const object = await readTyped(call, resource);
	return resource.rules.defaults?.(object) ?? object;
}

/** The same without defaults, for what is no resource of its own (a Binding, a Scale). */
export async function readTyped(call: ApiCall, taken: Taken): Promise<JsonObject> {
	const mediaType = mediaTypeOf(call.request);
	const bytes = await call.readBody();
	if (!acceptedTypes.includes(mediaType)) throw unsupportedMediaType(mediaType, 'application/json, application/yaml, application/vnd.kubernetes.protobuf');
	return checked(call, taken, parse(bytes, mediaType, taken));
}

/** 415. */
export function unsupportedMediaType(mediaType: string, accepted: string): StatusError {
	const message = `the body of the request was in an unknown format - accepted media types include: ${accepted}`;
	return new StatusError(415, 'UnsupportedMediaType', mediaType === '' ? `${message} ` : message);
}

function parse(bytes: Buffer, mediaType: string, {kind}: Taken): Json {
	try {
		return parseBody(bytes, mediaType);
	} catch (error) {
		const shown = bytes.length === 0 ? '<empty>' : bytes.length > 30 ? `${bytes.subarray(0, 30).toString()} ...` : bytes.toString();
		throw badRequest(
			`the object provided is unrecognized (must be of type ${kind}): couldn't get version/kind; json parse error: ${(error as Error).message} (${shown})`,
		);
	}
}

/** An object that says what it is, with the fields of its type. Throws StatusError 400. */
export function checked(call: ApiCall, taken: Taken, value: Json): JsonObject {
	const apiVersion = apiVersionOf(taken);
	if (!isObject(value))
		throw badRequest(
			`the object provided is unrecognized (must be of type ${taken.kind}): couldn't get version/kind; json parse error: the body is no JSON object`,
		);
	if (taken.custom === true && textAt(value, 'kind') === '') throw badRequest(`Object 'Kind' is missing in '${JSON.stringify(value)}'`);
	const given = {kind: textAt(value, 'kind') || taken.kind, apiVersion: textAt(value, 'apiVersion') || apiVersion};
	if (given.kind !== taken.kind || given.apiVersion !== apiVersion) throw otherKind(given, taken);
	return typed(call, taken, {...given, metadata: {}, ...value, ...given});
}

/** 400 for an object of another kind; Go names the types, whose packages are called as their groups. */
function otherKind(given: {kind: string; apiVersion: string}, {group, version: ownVersion, kind, custom = false}: Taken): StatusError {
	const version = given.apiVersion.slice(given.apiVersion.indexOf('/') + 1);
	const isKnown = builtInResources.some(known => known.kind === given.kind && apiVersionOf(known) === given.apiVersion);
	if (custom && apiVersionOf({group, version: ownVersion}) !== given.apiVersion)
		return badRequest(
			`the API version in the data (${given.apiVersion}) does not match the expected API version (${apiVersionOf({group, version: ownVersion})})`,
		);
	if (custom) return invalid({group, kind}, '', [wrong('kind', given.kind, `must be ${kind}`)]);
	const why = isKnown
		? `converting (${version}.${given.kind}) to (${group === '' ? 'core' : group.split('.')[0]}.${kind}): unknown conversion`
		: `no kind ${JSON.stringify(given.kind)} is registered for version ${JSON.stringify(given.apiVersion)} in scheme "pkg/runtime/scheme.go:111"`;
	return badRequest(`${given.kind} in version ${JSON.stringify(version)} cannot be handled as a ${kind}: ${why}`);
}

function typed(call: ApiCall, {kind, version, type}: Taken, value: JsonObject): JsonObject {
	const findings: Findings = {mismatch: undefined, unknownFields: []};
	const object = type === undefined ? withObjectMeta(value, findings) : conform(type, value, findings);
	if (findings.mismatch !== undefined) throw badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${findings.mismatch}`);
	report(call, `${kind} in version "${version}" cannot be handled as a ${kind}`, findings.unknownFields);
	return object;
}

/** A custom resource may hold anything, but its metadata is everybody's. */
function withObjectMeta(value: JsonObject, findings: Findings): JsonObject {
	const metadata = isObject(value.metadata) ? conform('ObjectMeta', value.metadata, findings) : objectAt(value, 'metadata');
	return metadata === value.metadata ? value : {...value, metadata};
}

/** Unknown fields are dropped; whether that is told, or an error, the client says. */
function report(call: ApiCall, context: string, unknownFields: readonly string[]): void {
	if (unknownFields.length === 0) return;
	const texts = unknownFields.slice(0, 10).map(field => `unknown field "${field}"`);
	const how = call.query.get('fieldValidation') ?? '';
	if (how === 'Strict') throw badRequest(`${context}: strict decoding error: ${texts.join(', ')}`);
	if (how !== 'Ignore') for (const text of texts) call.warn(text);
}

import type {Answer, ApiCall} from '../api-call.ts';
import type {ApiState} from '../api-state.ts';
import {isObject, type JsonObject, numberAt, objectAt, objectsAt, textAt, textsAt} from '../json.ts';
import {find} from '../read/get.ts';
import type {Resource, StoredObject} from '../resource.ts';
import {internalError, invalid} from '../status-error.ts';
import {checkName} from '../write/object-meta.ts';
import {patched, readPatch} from '../write/patch.ts';
import {readTyped} from '../write/read-object.ts';
import {updateObject} from '../write/update.ts';
import {atPath, withPath} from './object-path.ts';

const scaleKind: Resource = {
	group: 'autoscaling',
	version: 'v1',
	kind: 'Scale',
	plural: 'scale',
	singular: 'scale',
	shortNames: [],
	categories: [],
	namespaced: true,
	verbs: [],
	subresources: [],
	custom: false,
	type: 'Scale',
	rules: {},
};

/** How many there should be, on its own: GET, PUT and PATCH of `…/scale`. kubernetes: pkg/registry/apps/deployment/storage/storage.go. */
export async function scale(call: ApiCall, resource: Resource, state: ApiState): Promise<Answer> {
	const old = () => find(call, resource, state).object;
	if (call.info.verb === 'get') return answer(withReplicas(old(), resource), resource);
	const given = call.info.verb === 'patch' ? await patchedScale(call, resource, old) : await readTyped(call, scaleKind);
	checkName(objectAt(given, 'metadata'), call.info.name, call.info.namespace);
	const replicas = numberAt(given, 'spec', 'replicas') ?? 0;
	if (replicas < 0) throw tooFew(call.info.name, replicas);
	const current = old();
	const {resourceVersion, uid} = objectAt(given, 'metadata');
	const metadata = {...current.metadata, resourceVersion: resourceVersion ?? '', ...(uid === undefined ? {} : {uid})};
	const changed = withPath({...current, metadata}, pathsOf(resource).spec, replicas);
	const {content} = updateObject({...call, info: {...call.info, subresource: ''}}, resource, state, {given: changed, old: current});
	return answer(content?.objects[0] ?? current, resource);
}

/** A custom resource has no default to fall back on. */
function withReplicas(object: StoredObject, resource: Resource): StoredObject {
	const {spec} = pathsOf(resource);
	if (resource.custom && atPath(object, spec) === undefined) throw internalError(`the spec replicas field ${JSON.stringify(spec)} does not exist`);
	return object;
}

async function patchedScale(call: ApiCall, resource: Resource, old: () => StoredObject): Promise<JsonObject> {
	const patch = await readPatch(call, resource);
	return patched(call, scaleKind, scaleOf(old(), resource), patch);
}

function tooFew(name: string, replicas: number): Error {
	const message = `Invalid value: ${replicas}: must be greater than or equal to 0`;
	return invalid(scaleKind, name, [{reason: 'FieldValueInvalid', message, field: 'spec.replicas'}]);
}

function answer(object: StoredObject, resource: Resource): Answer {
	const body = scaleOf(object, resource);
	return {code: 200, body, content: {resource, objects: [body]}};
}

function scaleOf(object: StoredObject, resource: Resource): StoredObject {
	const {name, namespace = '', uid, resourceVersion, creationTimestamp} = object.metadata;
	const paths = pathsOf(resource);
	const selector = selectorText(atPath(object, paths.selector));
	const wanted = atPath(object, paths.spec);
	const replicas = typeof wanted === 'number' ? wanted : 0;
	const current = numberAt({replicas: atPath(object, paths.status)}, 'replicas') ?? 0;
	return {
		kind: 'Scale',
		apiVersion: 'autoscaling/v1',
		metadata: {name, namespace, uid, resourceVersion, creationTimestamp},
		spec: replicas === 0 ? {} : {replicas},
		status: {replicas: current, ...(selector === '' ? {} : {selector})},
	};
}

function pathsOf({scalePaths}: Resource): {readonly spec: string; readonly status: string; readonly selector: string} {
	return scalePaths ?? {spec: '.spec.replicas', status: '.status.replicas', selector: '.spec.selector'};
}

/** A selector as `kubectl get -l` takes it; sorted, as upstream prints it. apimachinery: labels.Selector.String. */
function selectorText(selector: unknown): string {
	if (typeof selector === 'string') return selector;
	if (!isObject(selector)) return '';
	const equal = Object.entries(textsAt(selector, 'matchLabels')).map(([key, value]) => ({key, text: `${key}=${value}`}));
	const expressions = objectsAt(selector, 'matchExpressions').map(expression => ({key: textAt(expression, 'key'), text: expressionText(expression)}));
	return [...equal, ...expressions]
		.sort((a, b) => (a.key < b.key ? -1 : 1))
		.map(({text}) => text)
		.join(',');
}

function expressionText(expression: JsonObject): string {
	const key = textAt(expression, 'key');
	const values = Array.isArray(expression.values) ? [...expression.values].sort().join(',') : '';
	switch (textAt(expression, 'operator')) {
		case 'Exists':
			return key;
		case 'DoesNotExist':
			return `!${key}`;
		case 'NotIn':
			return `${key} notin (${values})`;
		default:
			return `${key} in (${values})`;
	}
}

import {fill, type JsonObject, mapObject, mapObjects, objectAt, objectsAt, textAt, textsAt} from '../json.ts';
import type {Rules, StoredMeta, StoredObject} from '../resource.ts';
import {required, wrong} from './causes.ts';

/** Namespaces: born active, and held while something is in them. kubernetes: pkg/registry/core/namespace/strategy.go. */
export const namespaceRules: Rules = {
	nameRule: 'label',
	showsDeleted: true,
	prepareForCreate: namespace => ({...withNameLabel(namespace), spec: {finalizers: finalizersOf(namespace)}, status: {phase: 'Active'}}),
	prepareForUpdate: (namespace, old) => ({...withNameLabel(namespace), spec: old.spec}),
	isHeld: namespace => objectsOrTexts(namespace).length > 0,
	whenMarked: terminating,
	fields: {'status.phase': namespace => textAt(namespace, 'status', 'phase')},
};

/** kubernetes: pkg/registry/core/namespace/storage/storage.go Delete. */
function terminating(namespace: StoredObject): StoredObject {
	const {deletionGracePeriodSeconds: _grace, ...metadata} = namespace.metadata;
	return {...namespace, metadata: metadata as StoredMeta, status: {...objectAt(namespace, 'status'), phase: 'Terminating'}};
}

function withNameLabel(namespace: JsonObject): JsonObject {
	const name = textAt(namespace, 'metadata', 'name');
	return mapObject(namespace, 'metadata', metadata => ({...metadata, labels: {...textsAt(metadata, 'labels'), 'kubernetes.io/metadata.name': name}}));
}

function finalizersOf(namespace: JsonObject): readonly string[] {
	return [...new Set([...objectsOrTexts(namespace), 'kubernetes'])];
}

function objectsOrTexts(namespace: JsonObject): readonly string[] {
	const {finalizers} = objectAt(namespace, 'spec');
	return Array.isArray(finalizers) ? finalizers.filter(name => typeof name === 'string') : [];
}

/** Nodes bring their status along. */
export const nodeRules: Rules = {
	statusAtCreation: true,
	defaults: node => mapObject(node, 'status', status => (status.capacity === undefined ? status : fill(status, {allocatable: status.capacity}))),
	fields: {'spec.unschedulable': node => String(objectAt(node, 'spec').unschedulable === true)},
};

/** Secrets: what comes as plain text is kept as bytes. */
export const secretRules: Rules = {
	showsDeleted: false,
	defaults: secret => fill(withStringData(secret), {type: 'Opaque'}),
	fields: {type: secret => textAt(secret, 'type')},
};

function withStringData({stringData, ...secret}: JsonObject): JsonObject {
	if (stringData === undefined) return secret;
	const encoded = Object.entries(textsAt({stringData}, 'stringData')).map(([key, text]) => [key, Buffer.from(text).toString('base64')]);
	return {...secret, data: {...objectAt(secret, 'data'), ...Object.fromEntries(encoded)}};
}

export const serviceAccountRules: Rules = {showsDeleted: true};
export const quotaRules: Rules = {showsDeleted: true};
export const leaseRules: Rules = {createOnUpdate: true, needsVersion: true};

export const endpointsRules: Rules = {
	createOnUpdate: true,
	defaults: endpoints => mapObjects(endpoints, 'subsets', subset => mapObjects(subset, 'ports', port => fill(port, {protocol: 'TCP'}))),
};

export const endpointSliceRules: Rules = {
	generation: 'all',
	defaults: slice => mapObjects(slice, 'ports', port => fill(port, {name: '', protocol: 'TCP'})),
	validate: slice => (['IPv4', 'IPv6', 'FQDN'].includes(textAt(slice, 'addressType')) ? [] : [required('addressType')]),
};

export const ingressRules: Rules = {
	generation: 'spec',
	prepareForCreate: ingress => ({...ingress, status: {loadBalancer: {}}}),
	validate: ingress =>
		objectsAt(ingress, 'spec', 'rules').length === 0 && objectAt(ingress, 'spec').defaultBackend === undefined
			? [wrong('spec', [], 'either `defaultBackend` or `rules` must be specified')]
			: [],
};

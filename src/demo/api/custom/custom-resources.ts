import {type JsonObject, objectAt, objectsAt, textAt} from '../json.ts';
import {rolloutStatusCauses, rolloutToAlpha, rolloutToBeta} from '../kruise/kruise-conversion.ts';
import type {Resource, Rules, StoredObject} from '../resource.ts';
import {statusOfKind} from '../resources.ts';

/** What a CustomResourceDefinition adds: one resource for each version that it serves. Fields are neither checked nor dropped: its schema is not read. */
export function customResources(definition: JsonObject): readonly Resource[] {
	const spec = objectAt(definition, 'spec');
	const versions = objectsAt(spec, 'versions');
	const storage = versions.find(({storage: isStorage}) => isStorage === true);
	return versions.filter(({served}) => served === true).map(version => customResource(spec, version, textAt(storage, 'name')));
}

function customResource(spec: JsonObject, version: JsonObject, storageVersion: string): Resource {
	const names = objectAt(spec, 'names');
	const kind = textAt(names, 'kind');
	const subresources = objectAt(version, 'subresources');
	const group = textAt(spec, 'group');
	const name = textAt(version, 'name');
	const scale = objectAt(subresources, 'scale');
	const hasScale = subresources.scale !== undefined;
	return {
		group,
		version: name,
		kind,
		plural: textAt(names, 'plural'),
		singular: textAt(names, 'singular') || kind.toLowerCase(),
		shortNames: textsOf(names.shortNames),
		categories: textsOf(names.categories),
		namespaced: spec.scope === 'Namespaced',
		verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
		subresources: [
			...(subresources.status === undefined ? [] : [statusOfKind(kind)]),
			...(hasScale ? [{name: 'scale', kind: 'Scale', group: 'autoscaling', version: 'v1', verbs: ['get', 'patch', 'update'] as const}] : []),
		],
		custom: true,
		printerColumns: objectsAt(version, 'additionalPrinterColumns') as never,
		...(hasScale
			? {scalePaths: {spec: textAt(scale, 'specReplicasPath'), status: textAt(scale, 'statusReplicasPath'), selector: textAt(scale, 'labelSelectorPath')}}
			: {}),
		...(name === storageVersion ? {} : {storedAs: storedAs(group, textAt(names, 'plural'), name, storageVersion)}),
		rules: {generation: 'all', needsVersion: true, statusKeeps: 'all', showsDeleted: false, ...ownRules[`${textAt(names, 'plural')}.${group}`]},
	};
}

function textsOf(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}

/** What schemas say that matters to us: none is read. */
const ownRules: Readonly<Record<string, Rules>> = {'rollouts.rollouts.kruise.io': {validateUpdate: rolloutStatusCauses}};

type Conversion = Pick<NonNullable<Resource['storedAs']>, 'toStorage' | 'fromStorage'>;

/** What a conversion webhook does, of the kinds whose controllers we have; all others differ in name only. By resource and version. */
const conversions: Readonly<Record<string, Conversion>> = {
	'rollouts.rollouts.kruise.io/v1alpha1': {toStorage: rolloutToBeta, fromStorage: rolloutToAlpha},
};

function storedAs(group: string, plural: string, version: string, storageVersion: string): NonNullable<Resource['storedAs']> {
	const {toStorage, fromStorage}: Conversion = conversions[`${plural}.${group}/${version}`] ?? {toStorage: object => object, fromStorage: object => object};
	return {
		group,
		plural,
		toStorage: object => ({...toStorage(object), apiVersion: `${group}/${storageVersion}`}),
		fromStorage: (object): StoredObject => ({...fromStorage(object), apiVersion: `${group}/${version}`}),
	};
}

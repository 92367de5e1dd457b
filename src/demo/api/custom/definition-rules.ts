import {apiTime} from '../../clock.ts';
import {fill, type JsonObject, mapObject, objectAt, objectsAt, textAt} from '../json.ts';
import {required, wrong} from '../kinds/causes.ts';
import type {HookContext, Rules, StoredObject} from '../resource.ts';
import type {Cause} from '../status-error.ts';

/** CustomResourceDefinitions. What upstream's controllers find out later is known at once: names are accepted, and it is served. */
export const definitionRules: Rules = {
	generation: 'spec',
	needsVersion: true,
	defaults: definition => mapObject(definition, 'spec', specDefaults),
	prepareForCreate: (definition, context) => ({...definition, status: statusOf(definition, context)}),
	prepareForUpdate: (definition, old) => withStoredVersion(definition, old),
	validate: causesOf,
};

function specDefaults(spec: JsonObject): JsonObject {
	const filled = fill(spec, {conversion: {strategy: 'None'}});
	return mapObject(filled, 'names', names => {
		const kind = textAt(names, 'kind');
		return fill(names, {singular: kind.toLowerCase(), listKind: `${kind}List`});
	});
}

function statusOf(definition: JsonObject, {clock}: HookContext): JsonObject {
	const lastTransitionTime = apiTime(clock.now());
	return {
		conditions: [
			{type: 'NamesAccepted', status: 'True', lastTransitionTime, reason: 'NoConflicts', message: 'no conflicts found'},
			{type: 'Established', status: 'True', lastTransitionTime, reason: 'InitialNamesAccepted', message: 'the initial names have been accepted'},
		],
		acceptedNames: objectAt(definition, 'spec', 'names'),
		storedVersions: [storageVersionOf(definition)],
	};
}

function withStoredVersion(definition: JsonObject, old: StoredObject): JsonObject {
	const status = objectAt(old, 'status');
	const stored = Array.isArray(status.storedVersions) ? status.storedVersions : [];
	const version = storageVersionOf(definition);
	const storedVersions = stored.includes(version) ? stored : [...stored, version];
	return {...definition, status: {...status, acceptedNames: objectAt(definition, 'spec', 'names'), storedVersions}};
}

function storageVersionOf(definition: JsonObject): string {
	return textAt(
		objectsAt(definition, 'spec', 'versions').find(({storage}) => storage === true),
		'name',
	);
}

/** apiextensions-apiserver: pkg/apis/apiextensions/validation/validation.go, the part that matters to us. */
function causesOf(definition: JsonObject): readonly Cause[] {
	const spec = objectAt(definition, 'spec');
	const name = textAt(definition, 'metadata', 'name');
	const wanted = `${textAt(spec, 'names', 'plural')}.${textAt(spec, 'group')}`;
	const versions = objectsAt(spec, 'versions');
	return [
		...(name === wanted ? [] : [wrong('metadata.name', name, 'must be spec.names.plural+"."+spec.group')]),
		...['group', 'scope'].filter(key => textAt(spec, key) === '').map(key => required(`spec.${key}`)),
		...['plural', 'kind'].filter(key => textAt(spec, 'names', key) === '').map(key => required(`spec.names.${key}`)),
		...(versions.filter(({storage}) => storage === true).length === 1
			? []
			: [wrong('spec.versions', versions, 'must have exactly one version marked as storage version')]),
		...(versions.some(version => textAt(version, 'name') === '') ? [required('spec.versions[0].name')] : []),
	];
}

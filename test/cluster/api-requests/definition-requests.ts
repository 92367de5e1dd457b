import {jsonPatch, mergePatch, strategicPatch, type TableRequest} from './request.ts';

const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const version = {
	name: 'v1',
	served: true,
	storage: true,
	subresources: {status: {}, scale: {specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas', labelSelectorPath: '.status.selector'}},
	schema: {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}},
	additionalPrinterColumns: [{name: 'Size', type: 'integer', jsonPath: '.spec.size'}],
};
// Named after the namespace, as definitions have none.
const group = 'NS.example.com';
const definition = (name: string, spec: object) => ({apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: {name}, spec});
const thing = (name: string, members: object = {}) => ({apiVersion: `${group}/v1`, kind: 'Thing', metadata: {name}, spec: {size: 1}, ...members});
const things = `/apis/${group}/v1/namespaces/NS/things`;

/** CustomResourceDefinitions. The real one finds out a little later than ours that it serves them. */
export const definitionRequests: readonly TableRequest[] = [
	{
		why: 'create',
		method: 'POST',
		path: definitions,
		body: definition(`things.${group}`, {
			group,
			scope: 'Namespaced',
			names: {plural: 'things', kind: 'Thing', shortNames: ['th']},
			versions: [version, {...version, name: 'v2', storage: false}],
		}),
		ignore: ['.status'],
	},
	{
		why: 'a wrong name',
		method: 'POST',
		path: definitions,
		body: definition('other', {group, scope: 'Namespaced', names: {plural: 'things', kind: 'Thing'}, versions: [version]}),
		wordsDiffer: 'more is validated there',
	},
	{why: 'create a thing', method: 'POST', path: things, body: thing('a', {status: {no: 'yes'}, other: {kept: true}}), retryOn404: true},
	// Not before: the real one says so when it serves it.
	{why: 'it is there', method: 'GET', path: `${definitions}/things.${group}`},
	{why: 'a thing of another kind', method: 'POST', path: things, body: {...thing('x'), kind: 'Other'}, wordsDiffer: 'Go'},
	{why: 'a thing without a kind', method: 'POST', path: things, body: {metadata: {name: 'x'}}, wordsDiffer: 'Go'},
	{why: 'a thing with a bad name', method: 'POST', path: things, body: thing('A')},
	{why: 'get', method: 'GET', path: `${things}/a`},
	{why: 'in its other version', method: 'GET', path: `/apis/${group}/v2/namespaces/NS/things/a`},
	{why: 'list', method: 'GET', path: things},
	{why: 'list by a field', method: 'GET', path: `${things}?fieldSelector=metadata.name%3Da`},
	{why: 'list by a field that is not served', method: 'GET', path: `${things}?fieldSelector=spec.size%3D1`},
	{why: 'put without a version', method: 'PUT', path: `${things}/a`, body: thing('a')},
	{why: 'merge patch', method: 'PATCH', path: `${things}/a`, body: {spec: {size: 2}, status: {no: 'no'}}, contentType: mergePatch},
	{why: 'JSON patch', method: 'PATCH', path: `${things}/a`, body: [{op: 'add', path: '/spec/more', value: [1]}], contentType: jsonPatch},
	{why: 'strategic patch', method: 'PATCH', path: `${things}/a`, body: {}, contentType: strategicPatch},
	{why: 'labels only', method: 'PATCH', path: `${things}/a`, body: {metadata: {labels: {a: 'b'}}}, contentType: mergePatch},
	{
		why: 'status',
		method: 'PATCH',
		path: `${things}/a/status`,
		body: {status: {replicas: 1, selector: 'a=b'}, spec: {size: 9}, metadata: {labels: {c: 'd'}}},
		contentType: mergePatch,
	},
	{why: 'scale', method: 'GET', path: `${things}/a/scale`},
	{why: 'scale it', method: 'PATCH', path: `${things}/a/scale`, body: {spec: {replicas: 3}}, contentType: mergePatch},
	{why: 'it is scaled', method: 'GET', path: `${things}/a`},
	{why: 'delete', method: 'DELETE', path: `${things}/a`},
	{
		why: 'delete the definition',
		method: 'DELETE',
		path: `${definitions}/things.${group}`,
		ignore: ['.metadata', '.kind', '.apiVersion', '.spec', '.status', '.details'],
	},
];

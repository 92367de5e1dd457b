import {expect, it} from 'vitest';
import type {JsonObject} from '../../src/domain/json.ts';
import {templateReferences} from '../../src/domain/template-references.ts';

const references = (spec: JsonObject) => templateReferences({raw: {spec}, images: [], labels: {}});

it.each([
	['nothing', {containers: [{name: 'app', env: [{name: 'A', value: '1'}]}]}, [], []],
	['volumes', {volumes: [{configMap: {name: 'conf'}}, {secret: {secretName: 'tls'}}, {emptyDir: {}}]}, ['conf'], ['tls']],
	['projected volumes', {volumes: [{projected: {sources: [{configMap: {name: 'a'}}, {secret: {name: 'b'}}, {downwardAPI: {}}]}}]}, ['a'], ['b']],
	['the whole environment', {containers: [{envFrom: [{configMapRef: {name: 'env'}}, {secretRef: {name: 'keys'}}]}]}, ['env'], ['keys']],
	[
		'single variables, of init containers too',
		{
			initContainers: [{env: [{name: 'A', valueFrom: {configMapKeyRef: {name: 'conf', key: 'a'}}}]}],
			containers: [{env: [{name: 'B', valueFrom: {secretKeyRef: {name: 'keys', key: 'b'}}}]}],
		},
		['conf'],
		['keys'],
	],
	['pull secrets', {imagePullSecrets: [{name: 'registry'}]}, [], ['registry']],
	['the same one in two places, once, by name', {volumes: [{configMap: {name: 'b'}}, {configMap: {name: 'a'}}, {configMap: {name: 'b'}}]}, ['a', 'b'], []],
	['what is malformed', {volumes: 'none', containers: [null, {env: {}}, {envFrom: [{configMapRef: {name: 7}}]}]}, [], []],
])('names what pods read from elsewhere: %s', (_reason, spec: JsonObject, configMaps, secrets) => {
	expect(references(spec)).toEqual({configMaps, secrets});
});

it('finds nothing in a template without a spec', () => {
	expect(templateReferences({raw: {}, images: [], labels: {}})).toEqual({configMaps: [], secrets: []});
});

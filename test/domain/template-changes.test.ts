import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {JsonObject, JsonValue} from '../../src/domain/json.ts';
import {sameTemplate, withoutHash} from '../../src/domain/same-template.ts';
import type {Template} from '../../src/domain/template.ts';
import {templateChanges} from '../../src/domain/template-changes.ts';
import {template, withHash} from './cluster-objects.ts';

function of(raw: JsonObject): Template {
	return {raw, images: [], labels: {}};
}

/** A template whose container `app` has these fields. */
function container(fields: JsonObject): Template {
	return of({spec: {containers: [{name: 'app', ...fields}]}});
}

describe('two templates are the same', () => {
	it.each<[reason: string, left: Template, right: Template]>([
		['but for the hash label', template('app:v1'), withHash(template('app:v1'), 'abc')],
		['with other hash labels', withHash(template('app:v1'), 'abc'), withHash(template('app:v1'), 'def')],
		['when one has the hash as its only label', of({metadata: {labels: {'pod-template-hash': 'a'}}}), of({metadata: {}})],
		['when one leaves out an empty map', of({metadata: {annotations: {}}}), of({metadata: {}})],
		['when one leaves out an empty list', container({env: []}), container({})],
		['when one leaves out null', of({metadata: {creationTimestamp: null}}), of({metadata: {}})],
		['when one leaves out a struct of empty maps', container({resources: {limits: {}}}), container({})],
		['in another order of keys', of({a: 1, b: 2}), of({b: 2, a: 1})],
	])('%s', (_reason, left, right) => {
		expect(sameTemplate(left, right)).toBe(true);
		expect(sameTemplate(right, left)).toBe(true);
		expect(templateChanges(left, right)).toEqual([]);
	});

	it.each<[reason: string, left: Template, right: Template]>([
		['another image', container({image: 'a'}), container({image: 'b'})],
		['an empty object behind a pointer is a value', of({spec: {securityContext: {}}}), of({spec: {}})],
		['a volume without its kind', of({spec: {volumes: [{name: 'v', emptyDir: {}}]}}), of({spec: {volumes: [{name: 'v'}]}})],
		['another order of containers', of({spec: {containers: [{name: 'a'}, {name: 'b'}]}}), of({spec: {containers: [{name: 'b'}, {name: 'a'}]}})],
		['a number and its text', of({spec: {x: 1}}), of({spec: {x: '1'}})],
		['false and absent', of({spec: {hostNetwork: false}}), of({spec: {}})],
	])('is not said of %s', (_reason, left, right) => {
		expect(sameTemplate(left, right)).toBe(false);
		expect(templateChanges(left, right).length).toBeGreaterThan(0);
	});

	it('never touches the raw template that an undo sends back', () => {
		const hashed = withHash(template('app:v1'), 'abc');
		const before = JSON.stringify(hashed.raw);
		withoutHash(hashed.raw);
		expect(JSON.stringify(hashed.raw)).toBe(before);
	});
});

describe('the changed fields of a template', () => {
	it.each<[reason: string, left: Template, right: Template, changes: ReturnType<typeof templateChanges>]>([
		[
			'a container by its name',
			container({image: 'app:v1'}),
			container({image: 'app:v2'}),
			[{path: 'spec.containers[app].image', from: 'app:v1', to: 'app:v2'}],
		],
		[
			'an env variable by its name, with its value alone',
			container({env: [{name: 'LEVEL', value: 'info'}]}),
			container({env: [{name: 'LEVEL', value: 'debug'}]}),
			[{path: 'spec.containers[app].env[LEVEL]', from: 'info', to: 'debug'}],
		],
		[
			'an env variable that comes with the list',
			container({}),
			container({env: [{name: 'LEVEL', value: 'debug'}]}),
			[{path: 'spec.containers[app].env[LEVEL]', from: undefined, to: 'debug'}],
		],
		[
			'an env variable that now comes from elsewhere',
			container({env: [{name: 'KEY', value: 'x'}]}),
			container({env: [{name: 'KEY', valueFrom: {secretKeyRef: {name: 's', key: 'k'}}}]}),
			[
				{path: 'spec.containers[app].env[KEY].value', from: 'x', to: undefined},
				{path: 'spec.containers[app].env[KEY].valueFrom', from: undefined, to: '{"secretKeyRef":{"name":"s","key":"k"}}'},
			],
		],
		[
			'an annotation with dots and slashes, in brackets',
			of({metadata: {annotations: {'example.com/x': 'a'}}}),
			of({metadata: {annotations: {'example.com/x': 'b'}}}),
			[{path: 'metadata.annotations[example.com/x]', from: 'a', to: 'b'}],
		],
		[
			'a map that comes, key by key: a restart on a template without annotations',
			of({metadata: {}}),
			of({metadata: {annotations: {'kubectl.kubernetes.io/restartedAt': '2026-11-21T14:00:00Z'}}}),
			[{path: 'metadata.annotations[kubectl.kubernetes.io/restartedAt]', from: undefined, to: '2026-11-21T14:00:00Z'}],
		],
		[
			'a map that goes, key by key',
			container({resources: {limits: {cpu: '1', memory: '1Gi'}}}),
			container({}),
			[
				{path: 'spec.containers[app].resources.limits.cpu', from: '1', to: undefined},
				{path: 'spec.containers[app].resources.limits.memory', from: '1Gi', to: undefined},
			],
		],
		[
			'an empty object that means something, as it stands',
			of({spec: {volumes: [{name: 'v'}]}}),
			of({spec: {volumes: [{name: 'v', emptyDir: {}}]}}),
			[{path: 'spec.volumes[v].emptyDir', from: undefined, to: '{}'}],
		],
		[
			'a list of plain values by its index',
			container({args: ['-v', '1']}),
			container({args: ['-v', '2']}),
			[{path: 'spec.containers[app].args[1]', from: '1', to: '2'}],
		],
		[
			'only the order of containers',
			of({spec: {containers: [{name: 'a'}, {name: 'b'}]}}),
			of({spec: {containers: [{name: 'b'}, {name: 'a'}]}}),
			[{path: 'spec.containers', from: 'a, b', to: 'b, a'}],
		],
		[
			'a port by its number',
			container({ports: [{containerPort: 80, protocol: 'TCP'}]}),
			container({ports: [{containerPort: 80, protocol: 'UDP'}]}),
			[{path: 'spec.containers[app].ports[80].protocol', from: 'TCP', to: 'UDP'}],
		],
		[
			'two elements of the same name by their index',
			of({spec: {hostAliases: [{ip: '1'}, {ip: '1'}]}}),
			of({spec: {hostAliases: [{ip: '1'}, {ip: '2'}]}}),
			[{path: 'spec.hostAliases[1].ip', from: '1', to: '2'}],
		],
		['a value that becomes null', of({spec: {x: 1}}), of({spec: {x: null}}), [{path: 'spec.x', from: '1', to: undefined}]],
	])('%s', (_reason, left, right, changes) => expect(templateChanges(left, right)).toEqual(changes));

	it('are one printable line of bounded length each, whatever the template holds', () => {
		const evil = `\u001B[31mred\u0007\n${'x'.repeat(5000)}`;
		const [change] = templateChanges(of({metadata: {annotations: {[evil]: 'a'}}}), of({metadata: {annotations: {[evil]: evil}}}));
		for (const text of [change?.path ?? '', change?.to ?? '']) {
			expect(text).not.toMatch(/[\u0000-\u001F]/);
			expect(text.length).toBeLessThan(200);
		}
	});
});

/** Templates small enough to be equal now and then, with the fields that have rules of their own. */
const fieldNames = ['metadata', 'labels', 'annotations', 'spec', 'containers', 'env', 'name', 'value', 'resources', 'limits', 'emptyDir', 'pod-template-hash'];
const {json} = fc.letrec<{json: JsonValue}>(tie => ({
	json: fc.oneof(
		{maxDepth: 4, withCrossShrink: true},
		fc.constantFrom<JsonValue>(null, 'a', 'b', 1, true),
		fc.array(tie('json'), {maxLength: 2}),
		fc.dictionary(fc.constantFrom(...fieldNames), tie('json'), {maxKeys: 3}) as fc.Arbitrary<JsonObject>,
	),
}));
const anyTemplate = (fc.dictionary(fc.constantFrom(...fieldNames), json, {maxKeys: 4}) as fc.Arbitrary<JsonObject>).map(of);

describe('a field that is called as what every object has', () => {
	it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty', '__proto__'])('is a field like any other: %s', name => {
		const before = of({metadata: {labels: {app: 'web'}}});
		const after = of(JSON.parse(`{"metadata": {"labels": {"app": "web", "${name}": "x"}}}`));
		expect(templateChanges(before, after)).toEqual([{path: expect.stringContaining(name), from: undefined, to: 'x'}]);
		expect(templateChanges(after, before)).toEqual([{path: expect.stringContaining(name), from: 'x', to: undefined}]);
		expect(sameTemplate(before, after)).toBe(false);
	});
});

describe('templateChanges and sameTemplate', () => {
	it('agree: no change is told exactly where they are the same', () => {
		fc.assert(
			fc.property(anyTemplate, anyTemplate, (left, right) => {
				expect(templateChanges(left, right).length === 0).toBe(sameTemplate(left, right));
			}),
			{numRuns: 2000},
		);
	});

	it('make “the same” an equivalence, also of templates that differ in one place only', () => {
		fc.assert(
			fc.property(anyTemplate, fc.constantFrom(...fieldNames), json, (left, name, value) => {
				const right = of({...left.raw, [name]: value});
				expect(sameTemplate(left, of(structuredClone(left.raw)))).toBe(true);
				expect(sameTemplate(left, right)).toBe(sameTemplate(right, left));
				expect(templateChanges(left, right).length === 0).toBe(sameTemplate(left, right));
				expect(templateChanges(left, right).length).toBe(templateChanges(right, left).length);
			}),
			{numRuns: 1000},
		);
	});
});

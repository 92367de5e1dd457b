import fc from 'fast-check';
import {load} from 'js-yaml';
import {describe, expect, it} from 'vitest';
import type {JsonObject, JsonValue} from '../../src/domain/json.ts';
import {sameTemplate} from '../../src/domain/same-template.ts';
import type {Template} from '../../src/domain/template.ts';
import {templateDiff} from '../../src/domain/template-diff.ts';
import {yamlLines} from '../../src/domain/template-yaml.ts';

function of(raw: JsonObject): Template {
	return {raw, images: [], labels: {}};
}

const marks = {same: '  ', added: '+ ', removed: '- ', place: '@ ', 'left-out': '~ '} as const;
const textOf = (from: Template, to: Template) =>
	templateDiff(from, to)
		.lines.map(({kind, text}) => `${marks[kind]}${text}`)
		.join('\n');

const kubia = of({
	metadata: {labels: {app: 'kubia', 'pod-template-hash': 'abc'}},
	spec: {
		containers: [
			{
				name: 'kubia',
				image: 'luksa/kubia:v3',
				env: [
					{name: 'LEVEL', value: 'debug'},
					{name: 'PASSWORD', value: 'hunter2'},
				],
				ports: [{containerPort: 8080}],
				resources: {},
				volumeMounts: [{mountPath: '/a'}, {mountPath: '/b'}],
			},
		],
		volumes: [{name: 'v', emptyDir: {}}],
	},
});

describe('the diff of two templates', () => {
	it('shows what goes and comes, where it stands, and masks what is secret', () => {
		const to = structuredClone(kubia) as unknown as {raw: {metadata: {labels: JsonObject}; spec: {containers: Record<string, unknown>[]; volumes: unknown}}};
		const [container] = to.raw.spec.containers;
		Object.assign(container ?? {}, {
			image: 'luksa/kubia:v2',
			env: [
				{name: 'LEVEL', value: 'debug'},
				{name: 'PASSWORD', value: 'hunter3'},
			],
		});
		to.raw.metadata.labels = {app: 'kubia', 'pod-template-hash': 'def'};
		to.raw.spec.volumes = [{name: 'v', configMap: {name: 'web'}}];
		expect(textOf(kubia, to as unknown as Template)).toMatchInlineSnapshot(`
			"@ 
			  spec:
			    containers:
			      - name: kubia
			-       image: luksa/kubia:v3
			+       image: luksa/kubia:v2
			        env:
			          - name: LEVEL
			            value: debug
			          - name: PASSWORD
			-           value: ••••••
			+           value: •••••• (differs)
			        ports:
			          - containerPort: 8080
			        volumeMounts:
			@ spec.containers[kubia].volumeMounts
			          - mountPath: /b
			    volumes:
			      - name: v
			-       emptyDir: {}
			+       configMap:
			+         name: web"
		`);
	});

	it('is empty for the same pods: another hash, another order of keys, an empty map', () => {
		const left = of({metadata: {labels: {a: '1', 'pod-template-hash': 'x'}}, spec: {x: 1, y: 2}});
		const right = of({spec: {y: 2, x: 1, resources: {}}, metadata: {labels: {a: '1', 'pod-template-hash': 'y'}}});
		expect(templateDiff(left, right)).toEqual({lines: [], added: 0, removed: 0, masked: false});
	});

	it('shows secrets where that is asked for', () => {
		const [from, to] = ['hunter2', 'hunter3'].map(value => of({spec: {containers: [{name: 'a', env: [{name: 'PASSWORD', value}]}]}})) as [Template, Template];
		expect(JSON.stringify(templateDiff(from, to))).not.toMatch(/hunter/);
		expect(templateDiff(from, to).masked).toBe(true);
		expect(JSON.stringify(templateDiff(from, to, {showValues: true}))).toMatch(/hunter2.*hunter3/);
	});

	it('is made of printable lines of bounded length, indented as they stand', () => {
		const evil = `\u001B[31mred\u0007 ${'x '.repeat(5000)}\n\u202Eback`;
		const {lines} = templateDiff(of({}), of({metadata: {annotations: {evil}}, spec: {deep: {er: evil}}}));
		for (const {text} of lines) {
			expect(text).not.toMatch(/[\u0000-\u001F\u007F\u202E]/);
			expect(text.length).toBeLessThan(1100);
		}
		expect(lines.map(({text}) => text)).toContain('  deep:');
	});

	it('of two templates with nothing in common is bounded, and whole in its counts', () => {
		const big = (letter: string) =>
			of({spec: {containers: [{name: 'a', env: Array.from({length: 4000}, (_, index) => ({name: `${letter}${index}`, value: `${letter}`}))}]}});
		const {lines, added, removed} = templateDiff(big('x'), big('y'));
		expect([added, removed]).toEqual([8000, 8000]);
		expect(lines.length).toBeLessThanOrEqual(5001);
		expect(lines.at(-1)?.kind).toBe('left-out');
	});
});

const names = ['metadata', 'labels', 'spec', 'containers', 'env', 'name', 'value', 'image', 'PASSWORD', 'args'];
const {json} = fc.letrec<{json: JsonValue}>(tie => ({
	json: fc.oneof(
		{maxDepth: 4, withCrossShrink: true},
		fc.constantFrom<JsonValue>(null, 'a', 'b: c', '--token', 'x\ny\n', '', '- d', 1, true),
		fc.array(tie('json'), {maxLength: 3}),
		fc.dictionary(fc.constantFrom(...names), tie('json'), {maxKeys: 4}) as fc.Arbitrary<JsonObject>,
	),
}));
const anyTemplate = (fc.dictionary(fc.constantFrom(...names), json, {maxKeys: 4}) as fc.Arbitrary<JsonObject>).map(of);

describe('any two templates', () => {
	it('have a diff exactly where they are not the same, and its counts are those of its lines', () => {
		fc.assert(
			fc.property(anyTemplate, anyTemplate, (left, right) => {
				const {lines, added, removed} = templateDiff(left, right);
				expect(lines.length === 0).toBe(sameTemplate(left, right));
				expect(lines.filter(({kind}) => kind === 'added')).toHaveLength(added);
				expect(lines.filter(({kind}) => kind === 'removed')).toHaveLength(removed);
			}),
			{numRuns: 1000},
		);
	});

	it('become each other: what stays and comes is the one, what stays and goes the other', () => {
		fc.assert(
			fc.property(anyTemplate, anyTemplate, (left, right) => {
				const {lines} = templateDiff(left, right, {showValues: true});
				const told = (kinds: readonly string[]) => lines.filter(({kind}) => kinds.includes(kind)).map(({text}) => text);
				for (const [kinds, of] of [
					[['added', 'same'], right],
					[['removed', 'same'], left],
				] as const) {
					const all = yamlLines(of.raw);
					let at = 0;
					// Context is left out in between, so that the told lines are a subsequence of all.
					for (const text of told(kinds)) at = all.indexOf(text, at) + 1 || Number.POSITIVE_INFINITY;
					expect(at).toBeLessThanOrEqual(all.length);
				}
			}),
			{numRuns: 1000},
		);
	});

	it('are written as YAML that reads as the same template', () => {
		fc.assert(
			fc.property(anyTemplate, template => {
				const back = load(yamlLines(template.raw).join('\n')) as JsonObject | undefined;
				expect(sameTemplate(of(back ?? {}), template)).toBe(true);
			}),
			{numRuns: 500},
		);
	});
});

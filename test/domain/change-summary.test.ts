import {describe, expect, it} from 'vitest';
import {changeSummary, summaryText} from '../../src/domain/change-summary.ts';
import type {JsonObject} from '../../src/domain/json.ts';
import type {Template} from '../../src/domain/template.ts';
import {templateChanges} from '../../src/domain/template-changes.ts';

function pod(containers: readonly JsonObject[], more: JsonObject = {}, metadata: JsonObject = {}): Template {
	return {raw: {metadata, spec: {containers, ...more}}, images: [], labels: {}};
}

const app = (fields: JsonObject) => pod([{name: 'app', image: 'web:v3', ...fields}]);
const probe = (path: string): JsonObject => ({httpGet: {path, port: 80}});

describe('a change in a word or two', () => {
	it.each<[reason: string, from: Template, to: Template, words: readonly string[]]>([
		['nothing', app({}), app({}), []],
		['a field that is called as what every object has', app({}), app({constructor: 'x', toString: 'y'} as unknown as JsonObject), ['constructor', 'toString']],
		['the tag alone', app({}), app({image: 'web:v2'}), ['image v3→v2']],
		['another program: the whole image', app({}), app({image: 'other:v3'}), ['image web:v3→other:v3']],
		['an image without a tag', app({image: 'web'}), app({image: 'web:v2'}), ['image web→web:v2']],
		['a digest', app({image: 'web@sha256:0123456789abcdef0'}), app({image: 'web:v2'}), ['image web@sha256:0123456789abcdef0→web:v2']],
		[
			'which container, where there are several that change',
			pod([
				{name: 'a', image: 'x:1'},
				{name: 'b', image: 'y:1'},
			]),
			pod([
				{name: 'a', image: 'x:2'},
				{name: 'b', image: 'y:2'},
			]),
			['image a 1→2', 'image b 1→2'],
		],
		[
			'variables by their names',
			app({env: [{name: 'LEVEL', value: 'a'}]}),
			app({
				env: [
					{name: 'LEVEL', value: 'b'},
					{name: 'NEW', value: 'b'},
				],
			}),
			['env LEVEL', 'env NEW'],
		],
		[
			'a variable that comes from elsewhere, once',
			app({env: [{name: 'K', value: 'x'}]}),
			app({env: [{name: 'K', valueFrom: {secretKeyRef: {name: 's', key: 'k'}}}]}),
			['env K'],
		],
		[
			'several probes as one thing',
			app({readinessProbe: probe('/a'), livenessProbe: probe('/a')}),
			app({readinessProbe: probe('/b'), livenessProbe: probe('/b')}),
			['probes'],
		],
		['command and args as one thing', app({}), app({command: ['a'], args: ['b']}), ['command']],
		['resources', app({resources: {limits: {cpu: '1'}}}), app({resources: {limits: {cpu: '2'}}}), ['resources']],
		['a container that comes', pod([{name: 'app'}]), pod([{name: 'app'}, {name: 'side'}]), ['container side comes']],
		['a container that goes', pod([{name: 'app'}, {name: 'side'}]), pod([{name: 'app'}]), ['container side goes']],
		['an init container', pod([], {initContainers: [{name: 'i', image: 'x:1'}]}), pod([], {initContainers: [{name: 'i', image: 'x:2'}]}), ['image 1→2']],
		['a restart', pod([], {}, {}), pod([], {}, {annotations: {'kubectl.kubernetes.io/restartedAt': '2026-11-21T14:00:00Z'}}), ['restart']],
		['other annotations', pod([], {}, {annotations: {a: '1'}}), pod([], {}, {annotations: {a: '2'}}), ['annotations']],
		['labels', pod([], {}, {labels: {a: '1'}}), pod([], {}, {labels: {a: '2'}}), ['labels']],
		[
			'what belongs to the pod, by its field',
			pod([], {terminationGracePeriodSeconds: 3}),
			pod([], {terminationGracePeriodSeconds: 4}),
			['terminationGracePeriodSeconds'],
		],
		[
			'the most telling first',
			app({env: [{name: 'A', value: '1'}], resources: {limits: {cpu: '1'}}}),
			app({image: 'web:v2', env: [{name: 'A', value: '2'}], resources: {}}),
			['image v3→v2', 'env A', 'resources'],
		],
	])('%s', (_reason, from, to, words) => expect(changeSummary(templateChanges(from, to))).toEqual(words));

	it('says how many more there are', () => {
		expect(summaryText(['a', 'b', 'c'], 3)).toBe('a, b, c');
		expect(summaryText(['a', 'b', 'c'], 1)).toBe('a, +2 more');
		expect(summaryText([], 1)).toBe('');
	});
});

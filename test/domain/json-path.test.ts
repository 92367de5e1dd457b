import fc from 'fast-check';
import {expect, it} from 'vitest';
import {parseJson, parseJsonPath, valueAt} from '../../src/domain/json-path.ts';

it.each<[string, readonly (string | number)[]]>([
	['version', ['version']],
	['.build.version', ['build', 'version']],
	['$.items[0].tag', ['items', 0, 'tag']],
	['{.version}', ['version']],
	['["a.b"].c', ['a.b', 'c']],
	["['a b'][12]", ['a b', 12]],
	['app-version', ['app-version']],
	['[0]', [0]],
])('reads the path %s', (text, path) => {
	expect(parseJsonPath(text)).toEqual(path);
});

it.each(['', '.', 'a..b', 'a[', 'a[x]', 'a b', '$', 'a.b.', '{.a', '[-1]'])('refuses the path %j', text => {
	expect(parseJsonPath(text)).toBeUndefined();
});

it('finds every value by the path that leads to it', () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.array(fc.oneof(fc.string(), fc.nat(3)), {maxLength: 4}), (leaf, path) => {
			const root = path.reduceRight<unknown>(
				(value, part) => (typeof part === 'number' ? Object.assign([0, 0, 0, 0], {[part]: value}) : {[part]: value}),
				leaf,
			);
			expect(valueAt(JSON.parse(JSON.stringify(root)), path)).toEqual(JSON.parse(JSON.stringify(leaf)));
		}),
	);
});

it('finds nothing that an object only inherits', () => {
	expect(valueAt({}, ['constructor'])).toBeUndefined();
	expect(valueAt([1], ['length'])).toBeUndefined();
	expect(valueAt('text', [0])).toBeUndefined();
});

it('takes what is no JSON for none', () => {
	expect(parseJson('{"a": 1')).toBeUndefined();
	expect(parseJson('null')).toBeNull();
});

import fc from 'fast-check';
import {expect, test} from 'vitest';
import {shareJson} from '../../src/demo/share-json.ts';

test('a value stays what it says, member for member in the same order', () => {
	fc.assert(
		fc.property(fc.object({withNullPrototype: false}), fc.object(), (value, before) => {
			const plain = JSON.parse(JSON.stringify(value)) as object;
			const text = JSON.stringify(plain);
			expect(JSON.stringify(shareJson(plain, before))).toBe(text);
			expect(JSON.stringify(shareJson(JSON.parse(text), plain))).toBe(text);
		}),
	);
});

test('equal parts of two objects are the same part, the objects themselves are not', () => {
	const text = '{"spec":{"containers":[{"name":"app","ports":[{"containerPort":80}]}]},"name":"one"}';
	const one = shareJson(JSON.parse(text));
	const two = shareJson(JSON.parse(text));
	expect(two).not.toBe(one);
	expect(two.spec).toBe(one.spec);
});

test('what an object has kept since its earlier state stays the same part, however much came in between', () => {
	const first = shareJson(JSON.parse('{"spec":{"replicas":3},"status":{"ready":1}}'));
	for (let index = 0; index < 20_000; index++) shareJson({other: {index}});
	const next = shareJson(JSON.parse('{"spec":{"replicas":3},"status":{"ready":2}}'), first);
	expect(next.spec).toBe(first.spec);
	expect(next.status).toEqual({ready: 2});
});

test('parts that differ only in order or in kind are not taken for one another', () => {
	const one = shareJson({part: {a: 1, b: 2}, list: ['x']});
	const two = shareJson({part: {b: 2, a: 1}, list: {0: 'x'}});
	expect(JSON.stringify(one)).toBe('{"part":{"a":1,"b":2},"list":["x"]}');
	expect(JSON.stringify(two)).toBe('{"part":{"b":2,"a":1},"list":{"0":"x"}}');
});

test('a member with a name of JavaScript is a member like others', () => {
	const value = shareJson(JSON.parse('{"part":{"__proto__":{"polluted":"yes"},"constructor":"x"}}'), {part: {}});
	expect(JSON.stringify(value)).toBe('{"part":{"__proto__":{"polluted":"yes"},"constructor":"x"}}');
	expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

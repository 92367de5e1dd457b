import fc from 'fast-check';
import {expect, test} from 'vitest';
import {templateHash} from '../../../src/demo/controllers/template-hash.ts';

const template = {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'app', image: 'a:1'}]}};

test('is made of the letters that upstream uses, ten at most', () => {
	fc.assert(
		fc.property(fc.string(), fc.option(fc.nat(), {nil: undefined}), (name, collisions) => {
			expect(templateHash({spec: {containers: [{name}]}}, collisions)).toMatch(/^[4-9bcdf]{1,10}$/);
		}),
	);
});

test('is the same whatever the order of the fields, and whether one is absent or undefined', () => {
	const turned = {spec: {containers: [{image: 'a:1', name: 'app'}]}, metadata: {annotations: undefined, labels: {app: 'web'}}} as unknown as typeof template;
	expect(templateHash(turned, undefined)).toBe(templateHash(template, undefined));
});

test('changes with the template, with the order of containers, and with each collision', () => {
	const other = {...template, spec: {containers: [{name: 'app', image: 'a:2'}]}};
	const hashes = [templateHash(template, undefined), templateHash(template, 0), templateHash(template, 1), templateHash(other, undefined)];
	expect(new Set(hashes).size).toBe(4);
});

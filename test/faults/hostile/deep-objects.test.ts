import {expect, test} from 'vitest';
import {misdrawnIn, spoiltState} from './states.ts';
import {worldMakers} from './worlds.ts';

function nested(depth: number): unknown {
	let value: unknown = 1;
	for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? {a: value} : [value];
	return value;
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object with something bottomless in each object of its first levels. */
function withDeep(value: unknown, deep: unknown, levels: number): unknown {
	if (Array.isArray(value)) return value.map(item => withDeep(item, deep, levels));
	if (!isFields(value) || levels === 0) return value;
	return {...Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withDeep(inner, deep, levels - 1)])), deep};
}

const makers = worldMakers().slice(-20);

// The stack of JavaScript ends at some ten thousand calls; what is compared, masked and shown line by line is slow long before.
test.each([500, 100_000])('objects with something %i levels deep in all their parts are shown or dropped', depth => {
	const deep = nested(depth);
	const faults = makers.flatMap(make => {
		const world = make();
		const lists = world.lists.map(list => ({...list, objects: list.objects.map(object => withDeep(object, deep, 5) as object)}));
		return misdrawnIn(
			spoiltState({...world, lists}, () => 0.9),
			() => 0.6,
		);
	});
	expect(faults).toEqual([]);
});

import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import type {JsonObject} from '../../../src/demo/api/json.ts';
import {strategicMerge} from '../../../src/demo/api/patch/strategic-merge.ts';

interface Case {
	readonly kind: string;
	readonly original: JsonObject;
	readonly patch: JsonObject;
	/** Absent when upstream refuses the patch. */
	readonly result?: JsonObject;
}

// Made by upstream's own StrategicMergePatch from random objects and patches: test/fixtures/strategic-merge.md.
const cases: readonly Case[] = JSON.parse(readFileSync(new URL('../../fixtures/strategic-merge.json', import.meta.url), 'utf8'));

test('merges as upstream does, with all directives, lists in the same order', () => {
	const results = cases.map(({kind, original, patch}) => attempt(() => strategicMerge(original, patch, kind)));
	const wrong = cases.flatMap((each, index) => (isSame(results[index], each.result) ? [] : [{...each, ours: results[index]}]));
	expect(wrong.slice(0, 3)).toEqual([]);
	expect(cases.filter(({result}) => result !== undefined).length).toBeGreaterThan(200);
});

test('leaves the stored object as it was', () => {
	for (const {kind, original, patch} of cases) {
		const before = JSON.stringify([original, patch]);
		attempt(() => strategicMerge(original, patch, kind));
		expect(JSON.stringify([original, patch])).toBe(before);
	}
});

test('shares what the patch does not touch', () => {
	const spec = {replicas: 3};
	expect(strategicMerge({spec, status: {replicas: 1}}, {status: {replicas: 2}}, 'Deployment').spec).toBe(spec);
});

function attempt(run: () => JsonObject): JsonObject | undefined {
	try {
		return run();
	} catch {
		return undefined;
	}
}

function isSame(ours: JsonObject | undefined, theirs: JsonObject | undefined): boolean {
	try {
		expect(ours).toEqual(theirs);
		return true;
	} catch {
		return false;
	}
}

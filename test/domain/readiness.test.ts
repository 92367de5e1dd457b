import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Pod} from '../../src/domain/pod.ts';
import {isPodAvailable} from '../../src/domain/pod-availability.ts';
import {availableCount, countOf, createReadiness, unavailablePods} from '../../src/domain/readiness.ts';
import {condition, pod, start} from './cluster-objects.ts';

const uids = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const anyPod = fc
	.record({
		uid: fc.constantFrom(...uids),
		status: fc.constantFrom('True', 'False', 'Unknown', undefined),
		seconds: fc.option(fc.integer({min: 0, max: 5}), {nil: undefined}),
		createdAt: fc.constantFrom(start, start + 1000, undefined),
	})
	.map(({uid, status, seconds, createdAt}): Pod => {
		const lastTransitionAt = seconds === undefined ? undefined : start + seconds * 1000;
		return pod(uid, 'web-b', false, {uid, createdAt, conditions: status === undefined ? [] : [condition('Ready', status, {lastTransitionAt})]});
	});
const edits = fc.array(fc.oneof(anyPod, fc.constantFrom(...uids)), {maxLength: 30});

describe('readiness that follows pods', () => {
	it('gives those that are not available, as each pod by itself would', () => {
		fc.assert(
			fc.property(edits, fc.constantFrom(0, 1, 3), fc.integer({min: -1, max: 9}), (all, minReadySeconds, seconds) => {
				const now = start + seconds * 1000;
				const readiness = createReadiness();
				const known = new Map<string, Pod>();
				for (const edit of all) {
					const [uid, after] = typeof edit === 'string' ? [edit, undefined] : [edit.uid, edit];
					readiness.put(known.get(uid), after);
					if (after === undefined) known.delete(uid);
					else known.set(uid, after);
				}
				const unavailable = [...known.values()].filter(one => !isPodAvailable(one, minReadySeconds, now));
				expect(new Set(unavailablePods(readiness, minReadySeconds, now))).toEqual(new Set(unavailable));
				expect(countOf(readiness)).toBe(known.size);
				expect(availableCount(readiness, minReadySeconds, now)).toBe(known.size - unavailable.length);
				const births = [...readiness.unready.values()].map(({createdAt}) => createdAt);
				expect(readiness.unreadyByBirth).toEqual(new Map(births.map(birth => [birth, births.filter(other => other === birth).length])));
			}),
		);
	});

	it('has those that are ready by when they became so', () => {
		fc.assert(
			fc.property(fc.uniqueArray(anyPod, {selector: ({uid}) => uid}), pods => {
				const times = createReadiness(pods).ready.map(({since}) => since);
				expect(times).toEqual(times.toSorted((left, right) => left - right));
			}),
		);
	});
});

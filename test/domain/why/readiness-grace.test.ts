import {expect, it} from 'vitest';
import type {Probe} from '../../../src/domain/pod.ts';
import {readinessGrace, startupLimit} from '../../../src/domain/why/pod/readiness-grace.ts';
import {probe, start} from '../cluster-objects.ts';

const asked = (change: Partial<Probe> = {}) => probe('GET :8080/', {periodSeconds: 5, ...change});

/** Seconds after the container's start: the earliest, likely and latest moment. */
function seconds(readiness: Probe | undefined, startup: Probe | undefined, isStarted = false): readonly number[] {
	const {earliestAt, likelyAt, latestAt} = readinessGrace(start, readiness, startup, isStarted);
	return [earliestAt, likelyAt, latestAt].map(at => (at - start) / 1000);
}

it.each<[reason: string, readiness: Probe | undefined, startup: Probe | undefined, isStarted: boolean, expected: readonly number[]]>([
	['at once without a probe', undefined, undefined, false, [0, 0, 0]],
	['by its first questions', asked(), undefined, false, [0, 5, 16]],
	['after its delay', asked({initialDelaySeconds: 30}), undefined, false, [30, 35, 46]],
	['after as many good answers as are wanted', asked({successThreshold: 3}), undefined, false, [10, 15, 16]],
	['after its startup probe, which may take all its tries', asked(), asked({initialDelaySeconds: 10, failureThreshold: 6}), false, [10, 20, 56]],
	['without waiting for a startup probe that has succeeded', asked(), asked({initialDelaySeconds: 10, failureThreshold: 6}), true, [0, 5, 16]],
	['by its startup probe alone', undefined, asked({failureThreshold: 6}), false, [0, 5, 30]],
	['after the longer of both delays', asked({initialDelaySeconds: 60}), asked({initialDelaySeconds: 10}), false, [60, 65, 76]],
])('a container that does well becomes ready %s', (_reason, readiness, startup, isStarted, expected) => {
	expect(seconds(readiness, startup, isStarted)).toEqual(expected);
});

it('is killed when its startup probe has failed as often as it may', () => {
	expect((startupLimit(start, asked({initialDelaySeconds: 10, failureThreshold: 6})) - start) / 1000).toBe(40);
});

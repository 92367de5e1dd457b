import {describe, expect, test} from 'vitest';
import {
	countAnnotation,
	hasAnnotations,
	newestAnnotations,
	nextRevision,
	revisionOf,
	sizeAnnotations,
} from '../../../src/demo/controllers/deployment/revision-annotations.ts';
import {aDeployment, aReplicaSet} from './objects.ts';

const revision = 'deployment.kubernetes.io/revision';
const history = 'deployment.kubernetes.io/revision-history';

describe('the newest ReplicaSet', () => {
	test('gets a number above all others, unreadable ones aside', () => {
		const rs = (text: string) => aReplicaSet(text, 1, {annotations: {[revision]: text}});
		expect(nextRevision([rs('2'), rs('7'), rs('x9')])).toBe(8);
		expect(nextRevision([])).toBe(1);
		expect(revisionOf(aReplicaSet('none', 1))).toBe(0);
	});

	test("gets the Deployment's annotations but for those that are each one's own", () => {
		const annotations = {'kubernetes.io/change-cause': 'v2', [revision]: '3', 'kubectl.kubernetes.io/last-applied-configuration': '{}'};
		expect(newestAnnotations(aDeployment({annotations}), {own: 'kept'}, 1)).toEqual({own: 'kept', 'kubernetes.io/change-cause': 'v2', [revision]: '1'});
	});

	test('keeps the numbers that it had before', () => {
		expect(newestAnnotations(aDeployment(), {[revision]: '2'}, 4)).toEqual({[revision]: '4', [history]: '2'});
		expect(newestAnnotations(aDeployment(), {[revision]: '4', [history]: '2'}, 6)).toEqual({[revision]: '6', [history]: '2,4'});
	});

	test('is not numbered down, and not at all when its number is unreadable', () => {
		expect(newestAnnotations(aDeployment(), {[revision]: '5'}, 4)).toEqual({[revision]: '5'});
		expect(newestAnnotations(aDeployment(), {[revision]: 'five'}, 4)).toEqual({[revision]: 'five'});
	});

	test('forgets its oldest numbers when there are too many of them', () => {
		const numbers = Array.from({length: 400}, (_, index) => String(1_000 + index)).join(',');
		const next = newestAnnotations(aDeployment(), {[revision]: '1999', [history]: numbers}, 2_000)[history] ?? '';
		expect(next.length).toBeLessThanOrEqual(2_000);
		expect(next).toMatch(/^1001,1002,.*,1399,1999$/);
	});
});

test('a scaled ReplicaSet tells what was desired, and the most there could be', () => {
	const sizes = sizeAnnotations(aDeployment({spec: {replicas: 10}}));
	expect(sizes).toEqual({'deployment.kubernetes.io/desired-replicas': '10', 'deployment.kubernetes.io/max-replicas': '13'});
	expect(hasAnnotations({...sizes, other: '1'}, sizes)).toBe(true);
	expect(hasAnnotations(undefined, sizes)).toBe(false);
});

test.each(['-1', '1.5', 'many', '4294967296', ''])('a count of %j is none', text => {
	expect(countAnnotation(aReplicaSet('a', 1, {annotations: {count: text}}), 'count')).toBeUndefined();
});

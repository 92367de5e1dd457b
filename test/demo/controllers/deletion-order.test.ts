import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Pod} from '../../../src/demo/controllers/kinds.ts';
import {podsToDelete} from '../../../src/demo/controllers/replica-set/deletion-order.ts';
import {aPod, now} from './objects.ts';

const order = (...pods: readonly Pod[]) =>
	[
		...podsToDelete(
			[...pods, aPod('last', {createdAgo: 1e9, readyAgo: 1e9, annotations: {'controller.kubernetes.io/pod-deletion-cost': '2147483647'}})],
			pods,
			pods.length,
			now,
		),
	].map(({metadata}) => metadata.name);

describe('which pods go first', () => {
	test.each<[rule: string, first: Pod, second: Pod]>([
		['one without a node', aPod('a', {node: '', readyAgo: 9}), aPod('b', {phase: 'Pending'})],
		['one that is pending', aPod('a', {phase: 'Pending', readyAgo: 9}), aPod('b')],
		['one that is not ready', aPod('a', {restarts: 0}), aPod('b', {readyAgo: 9})],
		['the cheaper one', aPod('a', {readyAgo: 900, annotations: {'controller.kubernetes.io/pod-deletion-cost': '-5'}}), aPod('b', {readyAgo: 9})],
		['the one with a neighbour on its node', aPod('a', {node: 'n1', readyAgo: 900}), aPod('b', {node: 'n2', readyAgo: 9})],
		['the one that became ready last', aPod('a', {readyAgo: 9}), aPod('b', {readyAgo: 900})],
		['of ages alike, the one with the smaller uid', aPod('a', {readyAgo: 60, uid: '1'}), aPod('b', {readyAgo: 50, uid: '2'})],
		['the one that restarted more often', aPod('a', {restarts: 3}), aPod('b', {restarts: 1})],
		['the younger one', aPod('a', {createdAgo: 5}), aPod('b', {createdAgo: 500})],
	])('%s', (rule, first, second) => {
		const neighbours = rule.includes('neighbour') ? [aPod('n', {node: 'n1', readyAgo: 10_000})] : [];
		const both = podsToDelete([second, first], [first, second, ...neighbours], 1, now);
		expect(both.map(({metadata}) => metadata.name)).toEqual(['a']);
	});

	test('a cost that is no number counts as none', () => {
		const cost = (text: string) => ({'controller.kubernetes.io/pod-deletion-cost': text});
		expect(order(aPod('plus', {annotations: cost('+9')}), aPod('less', {annotations: cost('-1')}), aPod('zeros', {annotations: cost('007')}))[0]).toBe('less');
	});

	test('it is the same order from whatever order they come in', () => {
		const pods = fc.array(
			fc.record({
				node: fc.constantFrom('', 'n1', 'n2'),
				phase: fc.constantFrom('Pending', 'Running'),
				readyAgo: fc.option(fc.integer({min: 0, max: 5_000}), {nil: undefined}),
				createdAgo: fc.integer({min: 0, max: 5_000}),
				restarts: fc.integer({min: 0, max: 3}),
			}),
			{minLength: 2, maxLength: 12},
		);
		fc.assert(
			fc.property(pods, fc.nat(), (traits, salt) => {
				const all = traits.map(({readyAgo, ...rest}, index) => aPod(`p${index}`, {...rest, ...(readyAgo !== undefined && {readyAgo})}));
				const turned = [...all.slice(salt % all.length), ...all.slice(0, salt % all.length)].reverse();
				const names = (list: readonly Pod[]) => podsToDelete(list, all, list.length - 1, now).map(({metadata}) => metadata.name);
				expect(names(turned)).toEqual(names(all));
			}),
		);
	});
});

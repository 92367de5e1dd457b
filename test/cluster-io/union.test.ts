import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createUnion} from '../../src/cluster/follow/union.ts';
import type {StreamEvent} from '../../src/cluster/informer/source.ts';
import type {Pod} from '../../src/domain/pod.ts';
import {mapAfter} from '../../src/store/object-map.ts';
import {pod as podOf} from '../domain/cluster-objects.ts';

type PodEvent = StreamEvent<'pods'>;
const pod = (uid: string, version: number): Pod => podOf(uid, 'rs', true, {uid, resourceVersion: String(version)});
const listed = (...items: readonly Pod[]): PodEvent => ({type: 'listed', stream: 'pods', items, at: 1});
const seen = (...items: readonly Pod[]): PodEvent => ({type: 'changed', stream: 'pods', changes: items.map(object => ({kind: 'observed', object})), at: 2});
const gone = (uid: string): PodEvent => ({type: 'changed', stream: 'pods', changes: [{kind: 'gone', uid}], at: 3});
const condition = (kind: 'live' | 'syncing', since = 1): PodEvent => ({type: 'stream-changed', stream: 'pods', condition: {kind, since}});
const lost: PodEvent = {type: 'stream-changed', stream: 'pods', condition: {kind: 'lost', since: 1, reason: 'EOF', retryAt: undefined}};

/** A union of two watches, and what whoever listens to it knows. */
function unionOfTwo() {
	const events: PodEvent[] = [];
	let known: ReadonlyMap<string, Pod> = new Map();
	const union = createUnion('pods', event => {
		events.push(event);
		if (event.type === 'listed' || event.type === 'changed') known = mapAfter(known, event);
	});
	const [first, second] = [union.add(), union.add()];
	const told = () => [...known.values()].map(({uid, resourceVersion}) => `${uid}@${resourceVersion}`).toSorted();
	const lists = () => events.flatMap(event => (event.type === 'listed' ? [event.items.length] : []));
	const conditions = () => events.flatMap(event => (event.type === 'stream-changed' ? [event.condition.kind] : []));
	return {union, first, second, told, lists, conditions};
}

describe('one stream of several watches', () => {
	it('begins with the list of all', () => {
		const {first, second, lists, told} = unionOfTwo();
		first(listed(pod('a', 1)));
		first(seen(pod('b', 2)));
		expect(lists()).toEqual([]);
		second(listed(pod('c', 1)));
		expect(lists()).toEqual([3]);
		expect(told()).toEqual(['a@1', 'b@2', 'c@1']);
	});

	it('does not wait for a watch that is lost', () => {
		const {first, second, lists} = unionOfTwo();
		first(listed(pod('a', 1)));
		second(lost);
		expect(lists()).toEqual([1]);
	});

	it('tells what two watches see once, never as it was before, and gone when nobody sees it', () => {
		const {first, second, told} = unionOfTwo();
		first(listed(pod('a', 5)));
		second(listed(pod('a', 7)));
		expect(told()).toEqual(['a@7']);
		first(seen(pod('a', 6)));
		expect(told()).toEqual(['a@7']);
		second(gone('a'));
		expect(told()).toEqual(['a@7']);
		first(gone('a'));
		expect(told()).toEqual([]);
	});

	it('is as good as its worst watch', () => {
		const {first, second, conditions} = unionOfTwo();
		first(condition('live'));
		second(condition('live'));
		second(lost);
		second(condition('live', 2));
		expect(conditions()).toEqual(['syncing', 'live', 'lost', 'live']);
	});

	it('is live and empty where there is nothing to watch', () => {
		const events: PodEvent[] = [];
		createUnion('pods', event => void events.push(event)).none(9);
		expect(events).toEqual([
			{type: 'listed', stream: 'pods', items: [], at: 9},
			{type: 'stream-changed', stream: 'pods', condition: {kind: 'live', since: 9}},
		]);
	});

	it('ends with the newest state of all that is there, in whatever order two watches tell the same', () => {
		// Each pod has a history of versions and perhaps an end; each watch tells it in order, the two of them interleaved at will.
		const history = fc.record({versions: fc.integer({min: 1, max: 4}), ends: fc.boolean()});
		fc.assert(
			fc.property(fc.array(history, {minLength: 1, maxLength: 4}), fc.infiniteStream(fc.boolean()), (histories, turns) => {
				const {first, second, told} = unionOfTwo();
				const steps = histories.flatMap(({versions, ends}, index) => [
					...Array.from({length: versions}, (_, version) => seen(pod(`p${index}`, version + 1))),
					...(ends ? [gone(`p${index}`)] : []),
				]);
				const queues = [
					[listed(), ...steps],
					[listed(), ...steps],
				];
				const takes = [first, second];
				while (queues.some(queue => queue.length > 0)) {
					const turn = Number(turns.next().value);
					const at = (queues[turn]?.length ?? 0) > 0 ? turn : 1 - turn;
					const event = queues[at]?.shift();
					if (event !== undefined) takes[at]?.(event);
				}
				expect(told()).toEqual(histories.flatMap(({versions, ends}, index) => (ends ? [] : [`p${index}@${versions}`])).toSorted());
			}),
		);
	});
});

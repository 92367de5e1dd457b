import type {StreamCondition} from '../../domain/stream.ts';
import type {ObjectChange, StreamObjects} from '../../store/event.ts';
import type {StreamEvent} from '../informer/source.ts';
import {isOlder} from '../resource-version.ts';

type Owned = 'revisions' | 'pods';

/** One stream made of several watches of the same kind. */
export type Union<Stream extends Owned> = {
	/** One more watch; gives what takes its events in. */
	readonly add: () => (event: StreamEvent<Stream>) => void;
	/** Nothing is to be watched, and that is known for sure. `at`: epoch ms. */
	readonly none: (at: number) => void;
};

type Part<Stream extends Owned> = {objects: Map<string, StreamObjects[Stream]>; condition: StreamCondition; isListed: boolean};

const badness: Readonly<Record<StreamCondition['kind'], number>> = {live: 0, syncing: 1, lost: 2, forbidden: 3};

/**
 * Makes one stream of several watches whose selectors may overlap: two Deployments behind one Service share labels. An object that two of them see
 * is told once, never in an older state than before, and is gone only when no watch has it any more. The stream is as good as its worst watch.
 */
export function createUnion<Stream extends Owned>(stream: Stream, emit: (event: StreamEvent<Stream>) => void): Union<Stream> {
	const parts: Part<Stream>[] = [];
	let condition: StreamCondition | undefined;
	let isListed = false;

	function newest(uid: string): StreamObjects[Stream] | undefined {
		const known = parts.flatMap(({objects}) => objects.get(uid) ?? []);
		return known.reduce<StreamObjects[Stream] | undefined>(
			(best, one) => (best === undefined || isOlder(best.resourceVersion, one.resourceVersion) === true ? one : best),
			undefined,
		);
	}
	/** The first list waits for all watches that may still bring theirs: half of the pods would look like a whole. */
	function list(at: number): void {
		if (!isListed && parts.some(part => !part.isListed && part.condition.kind === 'syncing')) return;
		isListed = true;
		const uids = new Set(parts.flatMap(({objects}) => [...objects.keys()]));
		emit({type: 'listed', stream, items: [...uids].flatMap(uid => newest(uid) ?? []), at});
	}
	function isNews(part: Part<Stream>, change: ObjectChange<StreamObjects[Stream]>): boolean {
		if (change.kind === 'gone') {
			part.objects.delete(change.uid);
			return newest(change.uid) === undefined;
		}
		const {object} = change;
		part.objects.set(object.uid, object);
		return newest(object.uid) === object;
	}
	function changeCondition(part: Part<Stream>, to: StreamCondition): void {
		part.condition = to;
		const worst = parts.map(one => one.condition).reduce((left, right) => (badness[right.kind] > badness[left.kind] ? right : left));
		if (worst !== condition) emit({type: 'stream-changed', stream, condition: worst});
		condition = worst;
		if (!isListed && parts.some(one => one.isListed)) list(to.since);
	}
	function take(part: Part<Stream>, event: StreamEvent<Stream>): void {
		if (event.type === 'stream-changed') changeCondition(part, event.condition);
		else if (event.type === 'listed') {
			part.objects = new Map(event.items.map(item => [item.uid, item]));
			part.isListed = true;
			list(event.at);
		} else if (event.type === 'changed') {
			const news = event.changes.filter(change => isNews(part, change));
			if (isListed) emit({...event, changes: news});
		} else emit(event);
	}
	return {
		add() {
			const part: Part<Stream> = {objects: new Map(), condition: {kind: 'syncing', since: 0}, isListed: false};
			parts.push(part);
			return event => take(part, event);
		},
		none(at) {
			list(at);
			emit({type: 'stream-changed', stream, condition: {kind: 'live', since: at}});
		},
	};
}

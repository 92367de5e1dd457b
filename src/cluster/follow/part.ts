import type {StreamCondition} from '../../domain/stream.ts';
import type {ObjectChange} from '../../store/event.ts';
import type {StreamEvent} from '../informer/source.ts';

/** One of the watches that a stream is put together from: what it has brought, and how it stands. */
export type Part<T> = {
	readonly take: (event: StreamEvent<'workloads', T>) => void;
	readonly all: () => readonly T[];
	readonly isListed: () => boolean;
	readonly condition: () => StreamCondition;
};

type Brought<T> = {readonly type: 'listed'; readonly items: readonly T[]} | {readonly type: 'changed'; readonly changes: readonly ObjectChange<T>[]};

/** The objects after a list or some changes, by uid. */
export function takeInto<T extends {readonly uid: string}>(objects: Map<string, T>, event: Brought<T>): void {
	if (event.type === 'listed') {
		objects.clear();
		for (const item of event.items) objects.set(item.uid, item);
		return;
	}
	for (const change of event.changes) {
		if (change.kind === 'gone') objects.delete(change.uid);
		else objects.set(change.object.uid, change.object);
	}
}

/** Keeps what an informer brings; `changed` is called when there may be something new in it, with the event's time. */
export function createPart<T extends {readonly uid: string}>(changed: (at: number) => void): Part<T> {
	const objects = new Map<string, T>();
	let isListed = false;
	let condition: StreamCondition = {kind: 'syncing', since: 0};
	return {
		take(event) {
			if (event.type === 'stream-changed') {
				condition = event.condition;
				changed(condition.since);
			} else if (event.type === 'listed' || event.type === 'changed') {
				isListed = true;
				takeInto(objects, event);
				changed(event.at);
			}
		},
		all: () => [...objects.values()],
		isListed: () => isListed,
		condition: () => condition,
	};
}

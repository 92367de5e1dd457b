import type {StreamEvent} from '../../../src/cluster/informer/source.ts';
import type {TargetKind} from '../../../src/domain/kinds/kind-words.ts';
import type {StreamName} from '../../../src/domain/stream.ts';
import type {ClusterEvent} from '../../../src/store/event.ts';

export type Parse<T> = (raw: unknown) => T | undefined;
export type Emit = (event: ClusterEvent) => void;
export type Take<T> = (event: StreamEvent<StreamName, T>) => void;

/** One list of the API: what it holds, and how its objects reach the store. What is not understood is left out, as the informer does. */
export type Listed = {readonly objects: readonly object[]; readonly give: (raws: readonly unknown[], at: number, emit: Emit, changed: boolean) => void};

/** What is watched, and everything that the API tells of it. Made anew for each state: what puts objects together remembers. */
export type World = {readonly kind: TargetKind; readonly name: string; readonly at: number; readonly lists: readonly Listed[]};

export function listed<T extends {readonly uid: string}>(stream: StreamName, objects: readonly object[], parse: Parse<T>, take?: Take<T>): Listed {
	return {
		objects,
		give(raws, at, emit, changed) {
			const items = raws.map(raw => parse(raw)).filter(item => item !== undefined);
			const changes = items.map(object => ({kind: 'observed', object}) as const);
			const event = changed ? {type: 'changed', stream, changes, at} : {type: 'listed', stream, items, at};
			// The parser that fits the stream made them.
			if (take === undefined) emit(event as ClusterEvent);
			else take(event as StreamEvent<StreamName, T>);
		},
	};
}

/** Lists whose objects a join puts together: it was made before anybody knew to whom it tells what it made. */
export function joined(make: (emit: Emit) => readonly Listed[]): readonly Listed[] {
	let emit: Emit = () => {};
	return make(event => emit(event)).map(list => ({
		...list,
		give(raws, at, out, changed) {
			emit = out;
			list.give(raws, at, out, changed);
		},
	}));
}

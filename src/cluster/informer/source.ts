import type {Buffer} from 'node:buffer';
import type {StreamName} from '../../domain/stream.ts';
import type {ClusterEvent, ObjectsChanged, ObjectsListed, StreamObjects} from '../../store/event.ts';
import type {ClusterConnection} from '../connect.ts';

/** What the informer of one stream emits. */
export type StreamEvent<Stream extends StreamName, T = StreamObjects[Stream]> =
	| ObjectsListed<Stream, T>
	| ObjectsChanged<Stream, T>
	| Extract<ClusterEvent, {readonly type: 'stream-changed' | 'malformed' | 'stream-heard'}>;

/** Which objects are followed, and how they are read. */
export type Source<T, Stream extends StreamName = StreamName> = {
	readonly connection: Pick<ClusterConnection, 'open'>;
	readonly stream: Stream;
	/** Collection, e.g. `/api/v1/namespaces/web/pods`. */
	readonly path: string;
	readonly labelSelector?: string | undefined;
	readonly fieldSelector?: string | undefined;
	readonly parse: (raw: unknown) => T | undefined;
	/** Decides on the bytes of an object, before they are parsed, that nobody needs it. Absent: all are needed. */
	readonly needsBytes?: ((bytes: Buffer) => boolean) | undefined;
	/** Decides on the parsed object; one that was followed and is no longer wanted is reported gone. Absent: all are wanted. */
	readonly wants?: ((object: T) => boolean) | undefined;
	/** What to say where the cluster does not serve this kind at all; absent: the API server's own words. */
	readonly notServed?: string | undefined;
	/** A cluster need not serve this kind: then it is let rest like one that may not be read. */
	readonly mayBeAbsent?: boolean | undefined;
};

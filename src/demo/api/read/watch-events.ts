import type {JsonObject} from '../json.ts';
import {apiVersionOf, type Resource, type StoredObject} from '../resource.ts';
import {type Change, Version} from '../version.ts';

/** Turns the object of an event into another form (a Table); undefined: as it is. */
export type EventForm = ((object: JsonObject) => JsonObject) | undefined;

/** One event as it goes over the wire: an object and a line's end. */
export function eventText(type: string, version: Version, form: EventForm): string {
	return `{"type":"${type}","object":${form === undefined ? version.json : JSON.stringify(form(version.object))}}\n`;
}

/** An event that carries no stored object. */
export function otherEventText(type: 'BOOKMARK' | 'ERROR', object: JsonObject, form: EventForm): string {
	return `${JSON.stringify({type, object: form === undefined ? object : form(object)})}\n`;
}

/** Says that everything up to a revision was sent. */
export function bookmark(resource: Resource, revision: number, isInitialEnd: boolean): JsonObject {
	const metadata = {resourceVersion: String(revision), ...(isInitialEnd ? {annotations: {'k8s.io/initial-events-end': 'true'}} : {})};
	return {kind: resource.kind, apiVersion: apiVersionOf(resource), metadata};
}

const departures = new WeakMap<Change, Version>();

/**
 * What a watch with selectors sees of a change: an object that begins to match is ADDED, one that ceases to is DELETED as it was before, with the
 * new resource version. apiserver: pkg/storage/cacher/cache_watcher.go convertToWatchEvent.
 */
export function seenChange(change: Change, matches: ((object: StoredObject) => boolean) | undefined): {type: string; version: Version} | undefined {
	const {type, current, previous} = change;
	if (matches === undefined) return {type, version: current};
	const isIn = type !== 'DELETED' && matches(current.object);
	const wasIn = previous !== undefined && matches(previous.object);
	if (isIn) return {type: wasIn ? 'MODIFIED' : 'ADDED', version: current};
	if (!wasIn || previous === undefined) return undefined;
	return {type: 'DELETED', version: type === 'DELETED' ? current : departureOf(change, previous)};
}

function departureOf(change: Change, previous: Version): Version {
	const known = departures.get(change);
	if (known !== undefined) return known;
	const metadata = {...previous.object.metadata, resourceVersion: String(change.revision)};
	const version = new Version({...previous.object, metadata}, change.revision);
	departures.set(change, version);
	return version;
}

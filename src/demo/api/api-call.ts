import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Json, JsonObject} from './json.ts';
import type {Resource, StoredObject} from './resource.ts';

/** Who asks. */
export interface User {
	readonly name: string;
	readonly groups: readonly string[];
}

/** What a path and a method mean (apiserver: request/requestinfo.go); authorisation reads this. */
export interface RequestInfo {
	/** The path as it came, without the query. */
	readonly path: string;
	readonly isResource: boolean;
	/** For resources `get`, `list`, `watch`, `create`, …; else the method in small letters. */
	readonly verb: string;
	readonly group: string;
	readonly version: string;
	readonly namespace: string;
	/** Plural. */
	readonly resource: string;
	readonly subresource: string;
	readonly name: string;
	/** What follows `…/proxy`, with its leading slash and still encoded; '' where nothing does. */
	readonly rest: string;
}

/** A request on its way through the server. */
export interface ApiCall {
	readonly method: string;
	readonly info: RequestInfo;
	readonly query: URLSearchParams;
	readonly user: User;
	/** For proxies and watches, which speak HTTP themselves. */
	readonly request: IncomingMessage;
	readonly response: ServerResponse;
	/** How the objects of a watch are to be shown; undefined: as they are. */
	readonly eventForm: (resource: Resource) => ((object: JsonObject) => JsonObject) | undefined;
	/** Adds to what the client is warned of. */
	readonly warn: (text: string) => void;
	/** The body's bytes, at most 3 MiB; read once. Throws StatusError 413. */
	readonly readBody: () => Promise<Buffer>;
}

/** What an endpoint answers. One that has written to the response itself answers undefined. */
export interface Answer {
	readonly code: number;
	/** As text already: objects are turned into JSON once for all who see them. A function, because a Table needs none of it. */
	readonly body: Json | (() => string);
	/** What is in it, so that it can be shown as a Table. */
	readonly content?: Content;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Objects of one resource: one, or a list with its metadata. */
export interface Content {
	readonly resource: Resource;
	readonly objects: readonly StoredObject[];
	readonly list?: JsonObject;
}

import type {K8sEvent} from './k8s-event.ts';

/** K8sEvents that differ only in names and numbers, as one. */
export type EventDigest = {
	readonly type: string;
	readonly reason: string;
	/** Of the newest of them. */
	readonly message: string;
	/** How often it happened, to all objects together. */
	readonly count: number;
	/** To how many objects. */
	readonly objects: number;
	/** Name of the object of the newest. */
	readonly name: string;
	/** Epoch ms. */
	readonly lastAt: number | undefined;
};

// Uids, addresses with their ports, volumes of tokens, long hexadecimal names (containers, digests), durations and all other numbers.
const varying = /kube-api-access-\w+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+(?:\.\d+){3}(?::\d+)?|\b[0-9a-f]{10,}\b|\d+(?:\.\d+)?/g;

/** What is quoted is called so: app:v3 is not app:v4. Only addresses are asked of each pod anew. */
function isName(part: string): boolean {
	return part.startsWith('"') && !part.includes('://') && !part.includes('kube-api-access-');
}

/** A sentence without what differs from one object or try to the next: the same for all that say the same. */
export function withoutNames(text: string, names: readonly string[]): string {
	const nameless = names.reduce((rest, name) => (name === '' ? rest : rest.replaceAll(name, '*')), text);
	return nameless.replace(/"[^"]*"|[^"]+/g, part => (isName(part) ? part : part.replace(varying, '#')));
}

/** Newest first; those that only say the same of another pod, or again, are counted. */
export function digestEvents(events: readonly K8sEvent[]): readonly EventDigest[] {
	const groups = new Map<string, {newest: K8sEvent; count: number; readonly objects: Set<string>}>();
	for (const event of events) {
		const key = `${event.type} ${event.reason} ${withoutNames(event.message, [event.object.name, event.object.uid])}`;
		const group = groups.get(key);
		if (group === undefined) {
			groups.set(key, {newest: event, count: event.count, objects: new Set([event.object.uid])});
			continue;
		}
		group.count += event.count;
		group.objects.add(event.object.uid);
		if ((event.lastAt ?? 0) > (group.newest.lastAt ?? 0)) group.newest = event;
	}
	return [...groups.values()]
		.map(({newest: {type, reason, message, lastAt, object}, count, objects}) => ({
			type,
			reason,
			message,
			count,
			objects: objects.size,
			name: object.name,
			lastAt,
		}))
		.toSorted((left, right) => (right.lastAt ?? 0) - (left.lastAt ?? 0));
}

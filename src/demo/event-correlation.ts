import type {Clock} from './clock.ts';

/** One thing that was said. `name` is what a new event about it would be called. */
export interface Said {
	readonly uid: string;
	readonly part: string;
	readonly type: string;
	readonly reason: string;
	readonly message: string;
	readonly name: string;
	/** In the API's time format. */
	readonly now: string;
}

/** The event to write: a new one when its count is 1. */
export interface Observed {
	readonly name: string;
	readonly message: string;
	readonly count: number;
	readonly firstTimestamp: string;
	readonly lastTimestamp: string;
	readonly isAggregate: boolean;
}

/** Decides which events are new, which repeat, which are too many (client-go: tools/record/events_cache.go). */
export interface EventCorrelation {
	/** Undefined when so much has been said about the object that this is dropped. */
	readonly observe: (said: Said) => Observed | undefined;
	readonly forget: (uid: string) => void;
}

interface Similar {
	readonly messages: Set<string>;
	lastAt: number;
}

/** What has been said about one object. */
interface Told {
	readonly counted: Map<string, Observed>;
	readonly similar: Map<string, Similar>;
	readonly buckets: Map<string, () => boolean>;
}

const rememberedObjects = 4_096;
const rememberedEvents = 64;
/** As many events of one reason may differ in their message within ten minutes; from then on they are one. */
const mostSimilar = 10;
const similarMs = 600_000;
/** The spam filter: 25 events per object and type at once, then one each five minutes. */
const burst = 25;
const refillMs = 300_000;

/** Nothing has been said yet. */
export function correlateEvents(clock: Clock): EventCorrelation {
	const objects = new Map<string, Told>();
	const toldOf = (uid: string) => {
		const told = objects.get(uid) ?? {counted: new Map(), similar: new Map(), buckets: new Map()};
		putLast(objects, uid, told, rememberedObjects);
		return told;
	};
	return {
		observe(said) {
			const told = toldOf(said.uid);
			const isAggregate = isOneTooMany(told, said, clock.now());
			const key = isAggregate ? similarKey(said) : [said.part, similarKey(said), said.message].join('\u0000');
			const observed = counted(told.counted.get(key), said, isAggregate);
			// Counted even when it is dropped: the next one that passes tells how many there were.
			putLast(told.counted, key, observed, rememberedEvents);
			const mayPass = told.buckets.get(said.type) ?? createBucket(clock);
			told.buckets.set(said.type, mayPass);
			return mayPass() ? observed : undefined;
		},
		forget: uid => objects.delete(uid),
	};
}

function counted(before: Observed | undefined, {name, message, now}: Said, isAggregate: boolean): Observed {
	return {
		name: before?.name ?? name,
		message: isAggregate ? `(combined from similar events): ${message}` : message,
		count: (before?.count ?? 0) + 1,
		firstTimestamp: before?.firstTimestamp ?? now,
		lastTimestamp: now,
		isAggregate,
	};
}

function isOneTooMany({similar}: Told, said: Said, now: number): boolean {
	const key = similarKey(said);
	const known = similar.get(key);
	const record = known === undefined || now - known.lastAt > similarMs ? {messages: new Set<string>(), lastAt: now} : known;
	similar.set(key, record);
	record.lastAt = now;
	record.messages.add(said.message);
	if (record.messages.size < mostSimilar) return false;
	const [one] = record.messages;
	record.messages.delete(one ?? '');
	return true;
}

function similarKey({type, reason}: Said): string {
	return `${type}\u0000${reason}`;
}

/** Puts an entry at the end of a map's order, and drops the first one of a map that has grown too large. */
function putLast<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
	map.delete(key);
	map.set(key, value);
	if (map.size <= most) return;
	const [first] = map.keys();
	map.delete(first ?? '');
}

function createBucket(clock: Clock): () => boolean {
	let tokens = burst;
	let filledAt = clock.now();
	return () => {
		const now = clock.now();
		tokens = Math.min(burst, tokens + (now - filledAt) / refillMs);
		filledAt = now;
		if (tokens < 1) return false;
		tokens--;
		return true;
	};
}

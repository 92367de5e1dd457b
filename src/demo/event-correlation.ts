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

/** An event that was told. A list of these is all that is kept of an object, because there may be thousands, most of which never say more. */
interface Told {
	readonly part: string;
	readonly type: string;
	readonly reason: string;
	readonly message: string;
	readonly observed: Observed;
	readonly at: number;
}

interface Bucket {
	tokens: number;
	filledAt: number;
}

interface ObjectRecord {
	told: Told[];
	/** When the first of the similar events was told, by type and reason; epoch ms. */
	readonly alikeSince: Map<string, number>;
	readonly buckets: {Normal?: Bucket; Warning?: Bucket};
}

const rememberedObjects = 4_096;
const rememberedEvents = 64;
/** As many events of one reason may differ in their message, with at most ten minutes from one to the next; from then on they are one. */
const mostSimilar = 10;
const similarMs = 600_000;
/** The spam filter: 25 events per object and type at once, then one each five minutes. */
const burst = 25;
const refillMs = 300_000;

/** Nothing has been said yet. */
export function correlateEvents(clock: Clock): EventCorrelation {
	const objects = new Map<string, ObjectRecord>();
	const recordOf = (uid: string) => {
		const record = objects.get(uid) ?? {told: [], alikeSince: new Map(), buckets: {}};
		// The map's order is that of use, so the first one is the one to forget.
		objects.delete(uid);
		objects.set(uid, record);
		if (objects.size > rememberedObjects) objects.delete(objects.keys().next().value ?? '');
		return record;
	};
	return {
		observe(said) {
			const record = recordOf(said.uid);
			const now = clock.now();
			const isAggregate = isOneTooMany(record, said, now);
			const before = record.told.find(told => isSame(told, said, isAggregate));
			const observed = countOn(before?.observed, said, isAggregate);
			// Counted even when it is dropped: the next one that passes tells how many there were.
			const {part, type, reason, message} = said;
			record.told = [...record.told.filter(told => told !== before), {part, type, reason, message, observed, at: now}].slice(-rememberedEvents);
			return mayPass(record, said.type === 'Warning' ? 'Warning' : 'Normal', now) ? observed : undefined;
		},
		forget: uid => objects.delete(uid),
	};
}

function isSame(told: Told, said: Said, isAggregate: boolean): boolean {
	if (told.type !== said.type || told.reason !== said.reason || told.observed.isAggregate !== isAggregate) return false;
	return isAggregate || (told.message === said.message && told.part === said.part);
}

function countOn(before: Observed | undefined, {name, message, now}: Said, isAggregate: boolean): Observed {
	return {
		name: before?.name ?? name,
		message: isAggregate ? `(combined from similar events): ${message}` : message,
		count: (before?.count ?? 0) + 1,
		firstTimestamp: before?.firstTimestamp ?? now,
		lastTimestamp: now,
		isAggregate,
	};
}

/** Whether this is the tenth message of its reason, or came after the tenth. */
function isOneTooMany(record: ObjectRecord, {type, reason, message}: Said, now: number): boolean {
	const kind = `${type} ${reason}`;
	const alike = record.told.filter(told => told.type === type && told.reason === reason);
	// After a long silence nothing is similar to what was said before; it is still there to be counted on.
	if (now - Math.max(0, ...alike.map(({at}) => at)) > similarMs) record.alikeSince.set(kind, now);
	const since = record.alikeSince.get(kind) ?? now;
	const messages = new Set(alike.filter(({at}) => at >= since).map(told => told.message)).add(message);
	return messages.size >= mostSimilar;
}

function mayPass({buckets}: ObjectRecord, type: 'Normal' | 'Warning', now: number): boolean {
	const bucket = buckets[type] ?? {tokens: burst, filledAt: now};
	buckets[type] = bucket;
	bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.filledAt) / refillMs);
	bucket.filledAt = now;
	if (bucket.tokens < 1) return false;
	bucket.tokens--;
	return true;
}

/** A line of a log as it is kept, or what is said about the stream in its place. */
export type LogEntry = {
	/** Never given twice in a buffer. */
	readonly id: number;
	/** Which of the streams brought it. */
	readonly stream: number;
	/** Epoch ms; undefined where nobody said when. */
	readonly at: number | undefined;
	readonly kind: 'line' | 'note';
	/** Printable, of bounded length. */
	readonly text: string;
};

/** The newest lines of some streams in the order of their times. */
export type LogBuffer = {
	readonly entries: readonly LogEntry[];
	/** By entry: what orders it. What has no time stays behind what was the last when it came. */
	readonly places: readonly number[];
	readonly nextId: number;
	/** Older ones that were let go. */
	readonly dropped: number;
	readonly characters: number;
};

/** What is kept at most. */
export type LogLimits = {readonly entries: number; readonly characters: number};

/** Enough for an incident, little enough to be searched between two frames. */
export const logLimits: LogLimits = {entries: 10_000, characters: 4_000_000};

export const emptyLogBuffer: LogBuffer = {entries: [], places: [], nextId: 0, dropped: 0, characters: 0};

type Placed = {readonly entry: LogEntry; readonly place: number};

function placed(buffer: LogBuffer, added: readonly Omit<LogEntry, 'id'>[]): readonly Placed[] {
	let latest = buffer.places.at(-1) ?? 0;
	const all = added.map((entry, index) => {
		latest = entry.at ?? latest;
		return {entry: {...entry, id: buffer.nextId + index}, place: latest};
	});
	return all.toSorted((left, right) => left.place - right.place);
}

/** The buffer with lines added where their times put them: several streams never bring theirs in one order. */
export function appendLog(buffer: LogBuffer, added: readonly Omit<LogEntry, 'id'>[], limits: LogLimits = logLimits): LogBuffer {
	if (added.length === 0) return buffer;
	const fresh = placed(buffer, added);
	const first = fresh[0]?.place ?? 0;
	const kept = buffer.places.findLastIndex(place => place <= first) + 1;
	const later = buffer.entries.slice(kept).map((entry, index) => ({entry, place: buffer.places[kept + index] ?? 0}));
	const tail = later.length === 0 ? fresh : [...later, ...fresh].toSorted((left, right) => left.place - right.place);
	const grown = {
		entries: [...buffer.entries.slice(0, kept), ...tail.map(({entry}) => entry)],
		places: [...buffer.places.slice(0, kept), ...tail.map(({place}) => place)],
		nextId: buffer.nextId + added.length,
		dropped: buffer.dropped,
		characters: buffer.characters + added.reduce((sum, {text}) => sum + text.length, 0),
	};
	return withinLimits(grown, limits);
}

function withinLimits(buffer: LogBuffer, limits: LogLimits): LogBuffer {
	let {characters} = buffer;
	let gone = Math.max(0, buffer.entries.length - limits.entries);
	for (const {text} of buffer.entries.slice(0, gone)) characters -= text.length;
	for (; characters > limits.characters && gone < buffer.entries.length - 1; gone++) characters -= buffer.entries[gone]?.text.length ?? 0;
	if (gone === 0) return buffer;
	return {...buffer, entries: buffer.entries.slice(gone), places: buffer.places.slice(gone), dropped: buffer.dropped + gone, characters};
}

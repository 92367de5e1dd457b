import type {Collections} from './collections.ts';

/** What was found in one thread of the program: `at` in ms since the thread began; sizes in bytes. */
export type Reading = Collections & {
	readonly at: number;
	readonly thread: 'main' | 'worker';
	readonly rss: number;
	readonly heap: number;
	readonly external: number;
	/** What keeps the process alive: timers, sockets. */
	readonly resources: Readonly<Record<string, number>>;
};

/** What counts as flat. */
export const flat = 0.05;
/** What may fill up for hours because it is bounded: how many entries one such collection has at most. */
const bounds = [
	{of: '{name,ip,ownerUid,at}', most: 1_000, what: 'pods that are gone'},
	{of: '{name,ownerUid,revision,imageTag}', most: 1_300, what: 'pods that an answer may name, those that are gone among them'},
	{of: 'array of {uid,name,namespace,resourceVersion,createdAt,deletedAt,ownerUid}', most: 1_300, what: 'the same in a list'},
	{of: 'Map of string → number', most: 64, what: 'versions'},
	{of: 'Map of string → {app}', most: 2_000, what: 'what objects of the API share'},
	{of: 'Map of string → {}', most: 2_000, what: 'the same, begun with another one'},
	{of: '{at,kind,tone,subject,text,count', most: 500, what: 'timeline'},
	{of: '{count,latency}', most: 130, what: 'latencies by version'},
	{of: '{version,slot,rule', most: 65, what: 'versions that were seen'},
	{of: '{id,startAt,lastAt,failedUntil', most: 100, what: 'outages'},
	{of: 'Map of string → {width,height}', most: 1_000, what: "ink's measured texts"},
	{of: 'Map of string → {context,server,namespace,kind,name}', most: 200, what: 'names behind a Service'},
	{of: 'Map of string → function', most: 50, what: 'workloads that were looked at closely'},
	{of: 'Map of string → {at,latencyMs,podName', most: 60, what: 'answers of single pods'},
	{of: 'Set of string', most: 2_000, what: 'lines that were told'},
];
/** Fewer entries more than this are a moment's, not a leak's. */
const fewEntries = 48;

/**
 * How much a figure rose after the warm-up, the first quarter: the median of the last quarter against that of the second one.
 */
export function riseOf(values: readonly number[]): number {
	const before = median(quarter(values, 1));
	return before === 0 ? 0 : median(quarter(values, 3)) / before - 1;
}

/**
 * The same by the line of least squares through all that was measured after the warm-up.
 */
export function slopeOf(values: readonly number[]): number {
	const rest = values.slice(Math.ceil(values.length / 4));
	const middle = (rest.length - 1) / 2;
	const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length;
	const spread = rest.reduce((sum, _, index) => sum + (index - middle) ** 2, 0);
	const along = rest.reduce((sum, value, index) => sum + (index - middle) * (value - mean), 0);
	return spread === 0 || mean === 0 ? 0 : ((along / spread) * rest.length) / mean;
}

/** Whether a collection may have so many entries: it is one of those that are bounded. */
export function isWithinBound(name: string, largest: number): boolean {
	return bounds.some(({of, most}) => name.includes(of) && largest <= most);
}

/**
 * Collections, resources and listeners that go on growing: more in each quarter after the warm-up than in the one before, and a quarter more at the end.
 */
export function growing(readings: readonly Reading[]): readonly {readonly name: string; readonly from: number; readonly to: number}[] {
	const names = new Set(readings.flatMap(({holdings, resources}) => [...Object.keys(holdings), ...Object.keys(resources)]));
	const entriesOf = (name: string) => (reading: Reading) => reading.holdings[name]?.entries ?? reading.resources[name] ?? 0;
	const figures = [...[...names].map(name => ({name, of: entriesOf(name)})), {name: 'listeners', of: (reading: Reading) => reading.listeners}];
	return figures.flatMap(({name, of}) => {
		const values = readings.map(of);
		const [second = 0, third = 0, last = 0] = [1, 2, 3].map(number => median(quarter(values, number)));
		const grows = second < third && third < last && last > second * 1.25 && last - second > fewEntries;
		const largest = Math.max(...readings.map(({holdings}) => holdings[name]?.largest ?? 0));
		return grows && !isWithinBound(name, largest) ? [{name, from: second, to: last}] : [];
	});
}

/** The one in the middle; 0 of none. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** `number` from 0 on. */
function quarter(values: readonly number[], number: number): readonly number[] {
	return values.slice(Math.floor((values.length * number) / 4), Math.floor((values.length * (number + 1)) / 4));
}

// Preloaded into the program (`node --expose-gc --import meter.mjs?file=…&every=…`): appends a line of JSON to the file every so many ms (without `every`:
// at each SIGUSR2), for each thread of its own: the memory after a collection, what keeps the process alive, and how many entries all its collections have.
import {appendFileSync} from 'node:fs';
import {getHeapStatistics} from 'node:v8';
import {isMainThread} from 'node:worker_threads';
import {collections} from './collections.ts';
import type {Reading} from './trend.ts';

const {searchParams} = new URL(import.meta.url);
const file = searchParams.get('file') ?? '';
const every = searchParams.get('every');
const read = () => appendFileSync(file, `${JSON.stringify(reading())}\n`);
if (every === null) process.on('SIGUSR2', read);
else setInterval(read, Number(every)).unref();

function reading(): Reading {
	const found = collections();
	globalThis.gc?.();
	const {rss, external} = process.memoryUsage();
	return {
		at: Math.round(performance.now()),
		thread: isMainThread ? 'main' : 'worker',
		rss,
		heap: getHeapStatistics().used_heap_size,
		external,
		resources: counted(process.getActiveResourcesInfo()),
		...found,
	};
}

function counted(names: readonly string[]): Readonly<Record<string, number>> {
	const counts: Record<string, number> = {};
	for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
	return counts;
}

import {existsSync} from 'node:fs';
import {Worker} from 'node:worker_threads';
import {createSamplerThread, type SamplerThread} from '../sampler/thread/sampler-thread.ts';

// Beside this bundle; there is none where the sources run by themselves.
const entry = new URL('./sampler-thread.js', import.meta.url);

/** Starts the thread that sends the curl loop's requests; undefined where its file is not there: then they are sent from this one. */
export function startSamplerThread(): SamplerThread | undefined {
	return existsSync(entry) ? createSamplerThread(new Worker(entry)) : undefined;
}

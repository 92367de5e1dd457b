import type {ProbeResult} from '../../domain/sample.ts';
import type {ProbeOptions} from '../probe.ts';

/** A run as the thread gets it: nothing in it is a function. */
export type ThreadOrder = {
	readonly probe: Omit<ProbeOptions, 'headers' | 'dispatcher' | 'clock'> & {readonly headers: Readonly<Record<string, string>>};
	readonly intervalMs: number;
	readonly burst: number;
};

/** To the thread. `stretch`: by what the interval is to be multiplied from now on. */
export type ThreadCommand =
	| {readonly type: 'start'; readonly run: number; readonly order: ThreadOrder}
	| {readonly type: 'stretch'; readonly run: number; readonly stretch: number}
	| {readonly type: 'stop'; readonly run: number};

/** From the thread. */
export type ThreadReport =
	| {readonly type: 'result'; readonly run: number; readonly result: ProbeResult}
	| {readonly type: 'paced'; readonly run: number; readonly intervalMs: number; readonly reason: string | undefined}
	| {readonly type: 'failed'; readonly run: number; readonly message: string};

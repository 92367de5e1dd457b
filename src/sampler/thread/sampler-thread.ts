import type {Worker} from 'node:worker_threads';
import type {ProbeResult} from '../../domain/sample.ts';
import type {Budget} from '../budget.ts';
import type {OnPaced} from '../pacer.ts';
import type {ThreadCommand, ThreadOrder, ThreadReport} from './messages.ts';

export type ThreadRun = {
	readonly order: ThreadOrder;
	/** Of the machine's clock, epoch ms, as the thread's times are. */
	readonly onResult: (result: ProbeResult) => void;
	readonly onPaced: OnPaced;
	/** Shared with targets that are asked elsewhere. */
	readonly budget: Budget;
	readonly signal: AbortSignal;
};

/** A thread that sends requests on time, whatever this one is busy with. */
export type SamplerThread = {
	/** Resolves when the signal has ended it; rejects when the thread has failed. */
	readonly run: (run: ThreadRun) => Promise<void>;
	/** It is of no more use. */
	readonly hasFailed: () => boolean;
};

type Listener = {readonly report: (report: ThreadReport) => void; readonly fail: (error: Error) => void};

/** Makes it of a worker that serves `entry.ts`. It keeps the process alive only while something runs. */
export function createSamplerThread(worker: Worker): SamplerThread {
	const listeners = new Map<number, Listener>();
	let runs = 0;
	let failure: Error | undefined;
	const tell = (command: ThreadCommand) => worker.postMessage(command);
	const fail = (error: Error) => {
		failure = error;
		for (const listener of listeners.values()) listener.fail(error);
	};
	worker.on('message', (report: ThreadReport) => listeners.get(report.run)?.report(report));
	worker.on('error', fail);
	worker.on('exit', () => fail(failure ?? new Error('the thread of the curl loop has ended')));
	// Last: a listener of its messages keeps the process alive again.
	worker.unref();
	return {
		hasFailed: () => failure !== undefined,
		async run({order, onResult, onPaced, budget, signal}) {
			if (signal.aborted) return;
			if (failure !== undefined) throw failure;
			runs += 1;
			const run = runs;
			const share = budget.join(() => ({intervalMs: order.intervalMs, perBeat: order.burst}));
			let stretch = 1;
			// Others may have joined or left the budget since.
			const pass = () => {
				if (share.stretch() === stretch) return;
				stretch = share.stretch();
				tell({type: 'stretch', run, stretch});
			};
			worker.ref();
			try {
				await new Promise<void>((resolve, reject) => {
					const report = (told: ThreadReport) => {
						if (told.type === 'failed') return reject(new Error(told.message));
						if (told.type === 'paced') onPaced(told.intervalMs, told.reason);
						else onResult(told.result);
						pass();
					};
					listeners.set(run, {report, fail: reject});
					signal.addEventListener('abort', () => resolve(), {once: true});
					tell({type: 'start', run, order});
					pass();
				});
			} finally {
				listeners.delete(run);
				share.leave();
				tell({type: 'stop', run});
				if (listeners.size === 0) worker.unref();
			}
		},
	};
}

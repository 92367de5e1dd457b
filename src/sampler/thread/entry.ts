import {parentPort} from 'node:worker_threads';
import type {ProbeResult, Sample} from '../../domain/sample.ts';
import {createProbe} from '../probe.ts';
import {runSampler} from '../run-sampler.ts';
import type {ThreadCommand, ThreadOrder, ThreadReport} from './messages.ts';

// The bundle's second file: what the curl loop does on time is done here, where no frame and no thousand pods are in its way.

type Run = {readonly stop: AbortController; stretch: number};

/** As much of a sample as the pace depends on; what the answer says is read where the pods are known. */
function sampleOf(result: ProbeResult): Sample {
	const {at, latencyMs} = result;
	const base = {at, latencyMs, podName: undefined, ownerUid: undefined};
	if (result.kind === 'failure') return {...base, outcome: {kind: 'failure', reason: result.reason, detail: result.detail}};
	const {status} = result.answer;
	return {...base, outcome: status >= 400 ? {kind: 'failure', reason: `http-${status}`, detail: ''} : {kind: 'unrecognised', status}};
}

function serve(tell: (report: ThreadReport) => void): (command: ThreadCommand) => void {
	const runs = new Map<number, Run>();
	async function begin(run: number, {probe: {headers, ...options}, intervalMs, burst}: ThreadOrder): Promise<void> {
		const own: Run = {stop: new AbortController(), stretch: 1};
		runs.set(run, own);
		const probe = createProbe({...options, headers: async () => headers});
		await runSampler({
			probe: probe.send,
			recognise: result => {
				tell({type: 'result', run, result});
				return sampleOf(result);
			},
			intervalMs,
			burst,
			budget: {join: () => ({stretch: () => own.stretch, leave: () => {}})},
			onSample: () => {},
			onPaced: (interval, reason) => tell({type: 'paced', run, intervalMs: interval, reason}),
			signal: own.stop.signal,
		});
		runs.delete(run);
		await probe.close();
	}
	return command => {
		const {run} = command;
		if (command.type === 'start') begin(run, command.order).catch((error: unknown) => tell({type: 'failed', run, message: String(error)}));
		else if (command.type === 'stop') runs.get(run)?.stop.abort();
		else {
			const known = runs.get(run);
			if (known !== undefined) known.stretch = command.stretch;
		}
	};
}

parentPort?.on(
	'message',
	serve(report => parentPort?.postMessage(report)),
);

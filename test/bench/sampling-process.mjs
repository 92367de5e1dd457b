// A process of its own: the sampler and nothing else, as fast as it is told. The program itself never sends more than 200 requests a second.
//
//	node sampling-process.mjs URL INTERVAL-MS
import {emptyPodDirectory} from '../../src/domain/pod-directory.ts';
import {addSample, emptyWindow} from '../../src/domain/sample-window.ts';
import {createRecogniser} from '../../src/sampler/create-recogniser.ts';
import {createProbe} from '../../src/sampler/probe.ts';
import {runSampler} from '../../src/sampler/run-sampler.ts';

const [url = '', intervalMs = ''] = process.argv.slice(2);
const stop = new AbortController();
process.on('disconnect', () => stop.abort());
let window = emptyWindow;
const probe = createProbe({url});
await runSampler({
	probe: probe.send,
	recognise: createRecogniser({kind: 'auto'}, () => emptyPodDirectory),
	intervalMs: Number(intervalMs),
	onSample: sample => {
		window = addSample(window, sample);
	},
	signal: stop.signal,
});
await probe.close();

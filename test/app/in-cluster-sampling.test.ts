import {describe, expect, it, vi} from 'vitest';
import type {ConfirmCurlPod} from '../../src/app/in-cluster-sampling.ts';
import {createSamplerControl} from '../../src/app/sampler-control.ts';
import {createSampling, type Sampling, type SamplingEvent} from '../../src/app/sampling.ts';
import {type SamplerFlags, toSamplerOptions} from '../../src/cli/to-sampler-options.ts';
import {plainTraits} from '../../src/domain/mix/target-traits.ts';
import {createPodDirectory} from '../../src/domain/pod-directory.ts';
import {parseSampleTarget, type SampleTarget} from '../../src/domain/sample-target.ts';
import {reduce} from '../../src/store/reduce.ts';
import {initialState} from '../../src/store/state.ts';
import {type Embedded, startEmbedded, webOf} from '../cluster-io/curl-pod/embedded.ts';
import {actionsOn} from './act/actions-on.ts';

const ours = 'app.kubernetes.io/managed-by=rollwatch';
const yes: ConfirmCurlPod = async () => true;
const emptyDirectory = createPodDirectory([], []);

function samplingOn({connection}: Embedded, confirmCurlPod: ConfirmCurlPod, flags: SamplerFlags = {}): Sampling {
	const options = toSamplerOptions({interval: 100, curlFromCluster: true, ...flags});
	const nothing = {actions: actionsOn(connection), pods: () => [], services: () => [], env: {}};
	return createSampling({connection, options, rule: {kind: 'auto'}, directory: () => emptyDirectory, ...nothing, confirmCurlPod, now: Date.now});
}

function targetOf(text: string): SampleTarget {
	const target = parseSampleTarget(text);
	if ('error' in target) throw new Error(target.error);
	return target;
}

async function startWeb(image: string): Promise<Embedded> {
	const embedded = await startEmbedded();
	await embedded.apply(...webOf(image));
	return embedded;
}

describe('asking from inside the cluster', () => {
	it('gives samples with versions, and has deleted its pod when the run has ended', async () => {
		const embedded = await startWeb('testpage:0.8');
		const begin = await samplingOn(embedded, yes).prepare(targetOf('svc/web/?a=b'), {}, new AbortController().signal);
		expect(await embedded.pods(ours)).toEqual([]);
		const stop = new AbortController();
		const versions: unknown[] = [];
		await begin(event => {
			if (event.kind !== 'sample' || event.sample.outcome.kind !== 'version') return;
			if (versions.push(event.sample.outcome.version) === 5) stop.abort();
		}, stop.signal);
		expect(versions.slice(0, 5)).toEqual(Array(5).fill('0.8'));
		expect(await embedded.pods(ours)).toEqual([]);
	});

	it('shows what it will create, and creates nothing without a yes', async () => {
		const embedded = await startWeb('testpage:0.8');
		const confirm = vi.fn<ConfirmCurlPod>(async () => false);
		await expect(samplingOn(embedded, confirm).prepare(targetOf('svc/web:80/x'), {}, new AbortController().signal)).rejects.toThrow('nothing was created');
		expect(confirm.mock.calls[0]?.[0].facts).toEqual([
			expect.stringMatching(/^a pod rollwatch-curl-\w+ in namespace default, image curlimages\/curl:8\.10\.1$/),
			'asks GET http://web.default.svc:80/x every 100 ms',
			expect.stringContaining('deleted when rollwatch stops'),
		]);
		expect(await embedded.pods(ours)).toEqual([]);
	});

	it.each<[string, SamplerFlags, RegExp]>([
		['svc/nothing', {}, /there is no service "nothing"/],
		['svc/web:81', {}, /has no TCP port 81; its ports: 80/],
		['svc/web', {header: [{name: 'Cookie', value: 'a=s3cret'}]}, /the header "cookie" would stand/],
		['http://me:s3cret@web/', {}, /the credentials of the URL/],
		['svc/web', {cookies: true}, /--cookies cannot be used with --curl-from-cluster/],
		['svc/web', {burst: 5}, /--burst cannot be used/],
	])('refuses %s %j before anybody is asked', async (target, flags, why) => {
		const embedded = await startWeb('testpage:0.8');
		const confirm = vi.fn(yes);
		await expect(samplingOn(embedded, confirm, flags).prepare(targetOf(target), {}, new AbortController().signal)).rejects.toThrow(why);
		expect(confirm).not.toHaveBeenCalled();
	});

	it('says what it waits for, and that it asks no more often than it can', async () => {
		const embedded = await startWeb('testpage:0.8');
		const begin = await samplingOn(embedded, yes, {interval: 20}).prepare(targetOf('svc/web'), {}, new AbortController().signal);
		const stop = new AbortController();
		const paced: SamplingEvent[] = [];
		await begin(event => {
			if (event.kind === 'paced') paced.push(event);
			else stop.abort();
		}, stop.signal);
		expect(paced[0]).toEqual({kind: 'paced', intervalMs: 100, reason: 'waits for the curl pod: it is being created'});
		expect(paced.at(-1)).toEqual({kind: 'paced', intervalMs: 100, reason: 'a curl pod asks 10 times a second at most'});
	});

	it('stops the loop and says why when somebody deletes the pod', async () => {
		const embedded = await startWeb('testpage:0.8');
		let state = initialState({context: 'c', server: 'https://s', namespace: 'default', kind: 'Deployment', name: 'web'}, Date.now(), 60);
		const end = new AbortController();
		const sampler = createSamplerControl({
			targets: ['svc/web'],
			fromCluster: true,
			traits: plainTraits,
			intervalMs: 100,
			load: async () => samplingOn(embedded, yes),
			state: () => state,
			dispatch: event => {
				state = reduce(state, event);
			},
			now: Date.now,
			signal: end.signal,
		});
		await sampler.start();
		expect(state.sampler.targets[0]?.route).toBe('in-cluster');
		await vi.waitFor(() => expect(state.sampler.targets[0]?.pace).toBeUndefined(), 30_000);
		const [pod] = await embedded.pods(ours);
		await embedded.cluster.client.send({method: 'DELETE', path: `/api/v1/namespaces/default/pods/${pod?.metadata.name}`});
		await sampler.ended();
		expect(state.sampler.mode).toBe('stopped');
		expect(state.sampler.problem?.text).toMatch(/^the curl pod rollwatch-curl-\w+ is over: somebody deleted it → c starts another one$/);
		expect(sampler.isRunning()).toBe(false);
	});
});

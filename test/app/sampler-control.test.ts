import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {afterEach, describe, expect, it} from 'vitest';
import {createSamplerControl, type SamplerControl} from '../../src/app/sampler-control.ts';
import {createSampling, type ReadyRun, type Sampling, type SamplingEvent} from '../../src/app/sampling.ts';
import {toSamplerOptions} from '../../src/cli/to-sampler-options.ts';
import type {ClusterConnection} from '../../src/cluster/connect.ts';
import {plainTraits} from '../../src/domain/mix/target-traits.ts';
import type {PodDirectory} from '../../src/domain/pod-directory.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {initialState, type State} from '../../src/store/state.ts';
import {actionsOn} from './act/actions-on.ts';

/** Straight URLs need no cluster. */
const options = toSamplerOptions({interval: 5, curlTimeout: 1000});

const open = new Set<() => void>();
afterEach(() => {
	for (const close of open) close();
	open.clear();
});

async function serve(body: string): Promise<{readonly url: string; readonly asked: () => number}> {
	let asked = 0;
	const server: Server = createServer((_, response) => {
		asked++;
		response.end(body);
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	open.add(() => server.close());
	return {url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked: () => asked};
}

function control(...targets: readonly string[]) {
	return controlOf(targets, directory =>
		createSampling({
			connection: {} as ClusterConnection,
			actions: actionsOn({} as ClusterConnection),
			options,
			rule: {kind: 'auto'},
			directory,
			pods: () => [],
			services: () => [],
			env: {},
			confirmCurlPod: async () => false,
			now: Date.now,
		}),
	);
}

function controlOf(
	targets: readonly string[],
	samplingOf: (directory: () => PodDirectory) => Sampling,
): {readonly sampler: SamplerControl; readonly state: () => State} {
	let state = initialState({context: 'c', server: 'https://s', namespace: 'n', kind: 'Deployment', name: 'd'}, Date.now(), 60);
	const stop = new AbortController();
	open.add(() => stop.abort());
	const sampler = createSamplerControl({
		targets,
		fromCluster: false,
		traits: plainTraits,
		intervalMs: 5,
		load: async directory => samplingOf(directory),
		state: () => state,
		dispatch: (event: Event) => {
			state = reduce(state, event);
		},
		now: Date.now,
		signal: stop.signal,
	});
	return {sampler, state: () => state};
}

describe("the curl loop's switch", () => {
	it('sends nothing before it is asked to', async () => {
		const {url, asked} = await serve('This is v2');
		const {sampler, state} = control(url);
		await new Promise(resolve => setImmediate(resolve));
		expect(sampler.isRunning()).toBe(false);
		expect(state().sampler.mode).toBe('off');
		expect(asked()).toBe(0);
	});

	it('counts the versions that answer, and stops for good', async () => {
		const {url, asked} = await serve('This is v2 running in pod x');
		const {sampler, state} = control(url);
		await sampler.start();
		await expect.poll(() => state().sampler.targets[0]?.window.versions.map(({version}) => version)).toEqual(['v2']);
		expect(state().sampler).toMatchObject({mode: 'running', targets: [{route: 'url', target: expect.stringContaining('127.0.0.1')}]});
		sampler.stop();
		const before = asked();
		await sampler.start();
		await expect.poll(() => asked()).toBeGreaterThan(before);
		expect(state().timeline.map(({text}) => text)).toEqual(['first answer from v2']);
	});

	it('measures several targets, each by itself', async () => {
		const [old, canary] = [await serve('This is v2'), await serve('This is v3')];
		const {sampler, state} = control(old.url, canary.url);
		await sampler.start();
		const versions = () => state().sampler.targets.map(({window}) => window.versions.map(({version}) => version));
		await expect.poll(() => versions()).toEqual([['v2'], ['v3']]);
		expect(state().timeline.map(({subject}) => subject)).toEqual(expect.arrayContaining([old.url, canary.url]));
		sampler.stop();
		expect(state().sampler.mode).toBe('stopped');
	});

	it('starts none of several when one of them can’t be read', async () => {
		const {url, asked} = await serve('v1');
		const {sampler, state} = control(url, 'svc/');
		await expect(sampler.start()).rejects.toThrow('svc/NAME');
		expect(sampler.isRunning()).toBe(false);
		expect([asked(), state().sampler.mode]).toEqual([0, 'off']);
	});

	it('says what to do where no Service was found', async () => {
		const {sampler, state} = control();
		await expect(sampler.start()).rejects.toThrow('--curl TARGET');
		expect(sampler.isRunning()).toBe(false);
		expect(state().sampler.mode).toBe('off');
	});

	it('keeps passwords of the target off the screen', async () => {
		const {url} = await serve('v1');
		const {sampler, state} = control(url.replace('http://', 'http://someone:secret@'));
		await sampler.start();
		expect(state().sampler.targets[0]?.target).toContain('127.0.0.1');
		expect(state().sampler.targets[0]?.target).not.toContain('secret');
	});
});

describe('a start that is overtaken', () => {
	const route = (target: string) => ({target, extras: {}, declaredWeights: []});
	const untilAborted: ReadyRun = (_emit, signal) => new Promise(resolve => signal.addEventListener('abort', () => resolve(), {once: true}));

	it('by another choice begins nothing, and says nothing of why it would have failed', async () => {
		let reject: (error: Error) => void = () => {};
		const slow = new Promise<ReadyRun>((_resolve, fail) => {
			reject = fail;
		});
		const {sampler, state} = controlOf([], () => ({prepare: target => (target.label.includes('slow') ? slow : Promise.resolve(untilAborted))}));
		const overtaken = sampler.use(route('http://slow/'));
		await sampler.use(route('http://quick/'));
		reject(new Error('no such port'));
		await overtaken;
		expect(state().sampler).toMatchObject({mode: 'running', problem: undefined, targets: [{target: 'http://quick/'}]});
	});

	it('by the failure of another target is told so: what it would ask for is not wanted any more', async () => {
		const signals: AbortSignal[] = [];
		const prepare: Sampling['prepare'] = (target, _extras, signal) => {
			signals.push(signal);
			return target.label.includes('bad') ? Promise.reject(new Error('no such port')) : new Promise(() => {});
		};
		const {sampler, state} = controlOf(['http://good/', 'http://bad/'], () => ({prepare}));
		await expect(sampler.start()).rejects.toThrow('no such port');
		expect(signals.map(({aborted}) => aborted)).toEqual([true, true]);
		expect([sampler.isRunning(), state().sampler.mode]).toEqual([false, 'off']);
	});

	it('leaves no answer of its own to the target that came instead', async () => {
		let late: (event: SamplingEvent) => void = () => {};
		const run: ReadyRun = (emit, signal) => {
			late = emit;
			return untilAborted(emit, signal);
		};
		const {sampler, state} = controlOf([], () => ({prepare: async target => (target.label.includes('first') ? run : untilAborted)}));
		await sampler.use(route('http://first/'));
		await sampler.use(route('http://second/'));
		late({kind: 'paced', intervalMs: 9000, reason: 'late'});
		expect(state().sampler.targets).toMatchObject([{target: 'http://second/', pace: undefined}]);
	});

	it('goes on where the other way is refused: what was measured is not lost', async () => {
		const prepare: Sampling['prepare'] = async target => {
			if (target.label.includes('refused')) throw new Error('nothing was created');
			return untilAborted;
		};
		const {sampler, state} = controlOf([], () => ({prepare}));
		await sampler.use(route('http://first/'));
		const [measured] = state().sampler.targets;
		await expect(sampler.use(route('http://refused/'))).rejects.toThrow('nothing was created');
		expect([sampler.isRunning(), state().sampler.mode]).toEqual([true, 'running']);
		expect(state().sampler.targets).toEqual([measured]);
		await sampler.use(route('http://second/'));
		expect(state().sampler.targets).toMatchObject([{target: 'http://second/'}]);
	});
});

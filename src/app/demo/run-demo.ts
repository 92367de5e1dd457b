import type {Ending} from '../../cli/exit-code.ts';
import type {DemoOptions, Options} from '../../cli/options.ts';
import {run} from '../run.ts';
import type {World} from '../world.ts';
import {type DemoKubeconfig, writeDemoKubeconfig} from './demo-kubeconfig.ts';
import {demoList, demoNotes} from './demo-texts.ts';
import {type DemoThread, listDemoContents, startDemoThread} from './demo-thread.ts';

/** Runs a scenario on an embedded cluster and a face of the program on it. Leaves nothing behind: no process, no file, no port. */
export async function runDemo(options: DemoOptions, world: World): Promise<Ending> {
	if (options.list) {
		world.stdout.write(demoList(await listDemoContents()));
		return 'complete';
	}
	const thread = await startDemoThread({scenario: options.scenario, speed: options.speed}, world.signal);
	if (thread === undefined) return 'interrupted';
	try {
		return await showDemo(thread, options, world);
	} finally {
		await thread.stop();
	}
}

async function showDemo(thread: DemoThread, options: DemoOptions, world: World): Promise<Ending> {
	const kubeconfig = writeDemoKubeconfig(thread.facts);
	// A cluster that fails takes the screen down with it, so that the terminal is given back before the reason is told.
	const ended = new AbortController();
	const surroundings = {...world, signal: AbortSignal.any([world.signal, ended.signal])};
	const face = options.ui ? watch(options, thread, kubeconfig, surroundings) : keepRunning(thread, kubeconfig, surroundings);
	try {
		return await Promise.race([thread.failed, face]);
	} finally {
		ended.abort();
		await face.catch(() => undefined);
		kubeconfig.remove();
	}
}

// It has no network of its own: what stands in its objects may be anybody's address here.
const unreachable = 'the demo’s pods and nodes have no address on this machine';

function watch(options: DemoOptions, {facts, onHint}: DemoThread, {path}: DemoKubeconfig, world: World): Promise<Ending> {
	const {startedAt, opens, curl} = facts;
	// The cluster's own clock; ages and rates are told in its time.
	const now = options.speed === 1 ? world.now : () => Math.round(startedAt + (Date.now() - startedAt) * options.speed);
	const {sampler} = options.watch;
	const followed: Options = {
		...options.watch,
		...opens,
		cluster: {kubeconfig: path, context: undefined, namespace: undefined, as: undefined, asGroups: [], requestTimeoutMs: undefined},
		sampler:
			sampler.targets.length > 0
				? sampler
				: {...sampler, targets: [curl.target], head: sampler.head || curl.head, headers: [...hostHeader(curl), ...sampler.headers]},
	};
	return run(followed, {...world, now, onHint, unreachable, practice: true});
}

function hostHeader({host}: DemoThread['facts']['curl']) {
	return host === undefined ? [] : [{name: 'Host', value: host}];
}

/** The cluster alone, for kubectl and others in another terminal. */
async function keepRunning({facts, onHint}: DemoThread, {path}: DemoKubeconfig, {stdout, signal}: World): Promise<Ending> {
	stdout.write(demoNotes(facts, path));
	onHint(text => stdout.write(`# ${text}\n`));
	await new Promise<void>(resolve => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), {once: true})));
	return 'interrupted';
}

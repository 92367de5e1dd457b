import type {RouteChoice, RouteExtras} from '../domain/mix/route-choice.ts';
import type {TargetTraits} from '../domain/mix/target-traits.ts';
import {createPodDirectory, type KnownPod, type PodDirectory} from '../domain/pod-directory.ts';
import {parseSampleTarget, routeOf, type SampleTarget} from '../domain/sample-target.ts';
import type {SamplerEvent} from '../store/event.ts';
import type {State} from '../store/state.ts';
import {servicesOf} from '../store/target-service.ts';
import type {ReadyRun, Sampling, SamplingEvent} from './sampling.ts';
import {sentenceOf} from './sentence-of.ts';
import {UsageError} from './usage-error.ts';

export type SamplerControlOptions = {
	/** As given with --curl; none: the Service that selects the pods, once somebody asks. */
	readonly targets: readonly string[];
	/** They are asked from a pod inside the cluster. */
	readonly fromCluster: boolean;
	readonly intervalMs: number;
	readonly traits: Omit<TargetTraits, 'weights'>;
	/** Called at the first start. */
	readonly load: (directory: () => PodDirectory) => Promise<Sampling>;
	readonly state: () => State;
	readonly dispatch: (event: SamplerEvent) => void;
	readonly now: () => number;
	readonly signal: AbortSignal;
};

/** The curl loop's switch. Nothing is sent before `start` was called: that is `--curl` or the key `c`. */
export type SamplerControl = {
	/** Resolves when the loop runs. Throws UsageError or ClusterError where there is nothing to send to. */
	readonly start: () => Promise<void>;
	/** Asks this target instead of all others from now on. Throws as `start` does. */
	readonly use: (choice: Pick<RouteChoice, 'target' | 'extras' | 'declaredWeights'>) => Promise<void>;
	readonly stop: () => void;
	readonly isRunning: () => boolean;
	/** Why a target is not asked any more though nobody stopped it, or what could not be cleared away; undefined: nothing since the last start. */
	readonly failure: () => unknown;
	/** Resolves when all that was started has ended and is cleared away. Never rejects. */
	readonly ended: () => Promise<void>;
};

/** Makes the switch; every run ends with `signal`. */
export function createSamplerControl(options: SamplerControlOptions): SamplerControl {
	let run: AbortController | undefined;
	let opening: AbortController | undefined;
	let failure: unknown;
	const {dispatch, now, signal} = options;
	const going = new Map<Promise<void>, AbortController>();
	let asked: Asked = {targets: options.targets, extras: {}, weights: []};
	const prepare = createPreparing(options);
	const begin = ({target, begin: sample}: PreparedRun, id: number, own: AbortController) => {
		dispatch(startedEvent(id, target, asked, options));
		const running: Promise<void> = sample(emitting(id, dispatch, own.signal), own.signal)
			.finally(() => going.delete(running))
			.catch((error: unknown) => fail(error, own));
		going.set(running, own);
	};
	const isRunning = () => (run ?? opening) !== undefined;
	const stop = () => {
		for (const one of [opening, run]) one?.abort();
		opening = run = undefined;
	};
	/** What came to its end by itself: said, and with the last one the loop has ended. */
	const fail = (error: unknown, own: AbortController) => {
		failure = error;
		if (run === own && ![...going.values()].includes(own)) {
			stop();
			dispatch({type: 'sampler-stopped', at: now()});
		}
		dispatch({type: 'sampler-refused', problem: sentenceOf(error), at: now()});
	};
	signal.addEventListener('abort', stop, {once: true});
	/** What is measured goes on until another way is open: who says no to that, or may not go it, is not to lose what was measured. */
	const open = async (next: Asked) => {
		opening?.abort();
		const own = new AbortController();
		opening = own;
		const runs = await prepare(next, own).finally(() => (opening = opening === own ? undefined : opening));
		// Stopped again before it began.
		if (runs === undefined || own.signal.aborted) return;
		run?.abort();
		[run, failure] = [own, undefined];
		if (next !== asked) dispatch({type: 'targets-left'});
		asked = next;
		for (const [id, prepared] of runs.entries()) begin(prepared, id, own);
	};
	return {
		start: async () => void (isRunning() || signal.aborted || (await open(asked))),
		use: async ({target, extras, declaredWeights}) => open({targets: [target], extras, weights: declaredWeights}),
		isRunning,
		failure: () => failure,
		ended: async () => void (await Promise.all(going.keys())),
		stop() {
			if (!isRunning()) return;
			stop();
			dispatch({type: 'sampler-stopped', at: now()});
		},
	};
}

/** What is asked; `extras` as for a way that was found in the cluster. */
type Asked = {readonly targets: readonly string[]; readonly extras: RouteExtras; readonly weights: TargetTraits['weights']};

/** A target that exists and can be asked. */
type PreparedRun = {readonly target: SampleTarget; readonly begin: ReadyRun};

type Prepare = (asked: Asked, until: AbortController) => Promise<readonly PreparedRun[] | undefined>;

/**
 * Loads what sends the requests when somebody asks for the first time, and prepares what is asked. Undefined: stopped again, and of that nobody wants to
 * know why it would not have come about. Where one fails, the others are stopped.
 */
function createPreparing({load, state}: SamplerControlOptions): Prepare {
	let sampling: Promise<Sampling> | undefined;
	const directoryOf = createDirectory();
	const prepareOne = async (target: SampleTarget, extras: RouteExtras, until: AbortSignal): Promise<PreparedRun> => {
		sampling ??= load(() => directoryOf(state()));
		return {target, begin: await (await sampling).prepare(target, extras, until)};
	};
	return async ({targets, extras}, until) => {
		const runs = targetsOf(targets, state()).map(target => prepareOne(target, extras, until.signal));
		return Promise.all(runs).catch((error: unknown) => {
			if (until.signal.aborted) return undefined;
			until.abort();
			throw error;
		});
	};
}

function startedEvent(id: number, target: SampleTarget, {extras, weights}: Asked, options: SamplerControlOptions): SamplerEvent {
	const {intervalMs, traits, fromCluster, now} = options;
	const route = routeOf(target, extras.fromCluster ?? fromCluster);
	return {type: 'sampler-started', id, target: target.label, route, intervalMs, traits: {...traits, weights}, at: now()};
}

/** Tells what a run tells, until it is stopped: another target may have its number by then. */
function emitting(id: number, dispatch: SamplerControlOptions['dispatch'], signal: AbortSignal): (event: SamplingEvent) => void {
	return event => {
		if (!signal.aborted) dispatch(samplerEvent(event, id));
	};
}

function samplerEvent(event: SamplingEvent, id: number): SamplerEvent {
	if (event.kind === 'sample') return {type: 'sampled', id, sample: event.sample};
	if (event.kind === 'pod-sample') return {type: 'pod-sampled', podUid: event.podUid, sample: event.sample};
	return {type: 'sampler-paced', id, intervalMs: event.intervalMs, reason: event.reason};
}

function targetsOf(given: readonly string[], state: State): readonly SampleTarget[] {
	const found = given.length > 0 ? given : foundTarget(state);
	if (found.length === 0) throw new UsageError('no Service selects these pods: start with --curl TARGET');
	return found.map(text => {
		const target = parseSampleTarget(text);
		if ('error' in target) throw new UsageError(target.error);
		return target;
	});
}

function foundTarget(state: State): readonly string[] {
	return servicesOf(state)
		.slice(0, 1)
		.map(({name}) => `svc/${name}`);
}

/** The pods that an answer may name; made anew only when they changed. */
function createDirectory(): (state: State) => PodDirectory {
	let last: {readonly of: readonly unknown[]; readonly directory: PodDirectory} | undefined;
	return ({pods, departed, replicaSets}) => {
		const of = [pods, departed, replicaSets];
		if (last?.of.every((part, index) => part === of[index]) === true) return last.directory;
		const gone = Array.from(departed.values(), ({name, ip, ownerUid}): KnownPod => ({name, ip, ownerUid, gone: true}));
		last = {of, directory: createPodDirectory([...pods.values(), ...gone], replicaSets.values())};
		return last.directory;
	};
}

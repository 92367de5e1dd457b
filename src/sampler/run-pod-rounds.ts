import type {ProbeResult, Sample} from '../domain/sample.ts';
import type {Budget} from './budget.ts';
import {createPacer, type OnPaced} from './pacer.ts';
import type {Probe} from './probe.ts';
import {runBeats, type Timing} from './run-beats.ts';

/** A pod that can be asked. `key` changes with its address: then it needs another probe. */
export type PodPlace = {readonly uid: string; readonly key: string};

export type PodRoundsOptions<Place extends PodPlace> = Timing & {
	/** Asked at each beat, so pods may come and go. */
	readonly pods: () => readonly Place[];
	readonly open: (pod: Place) => Probe;
	readonly recognise: (result: ProbeResult, pod: Place) => Sample;
	/** From the beginning of a round to the beginning of the next. */
	readonly intervalMs: number;
	readonly budget?: Budget | undefined;
	readonly onSample: (podUid: string, sample: Sample) => void;
	readonly onPaced?: OnPaced | undefined;
	readonly signal: AbortSignal;
};

const atOnce = 8;
const mostInRound = 50;

/** Who is asked in a round: all pods, or, where there are more, the next ones in turn. */
function createTurns(): <Place extends PodPlace>(pods: readonly Place[]) => readonly Place[] {
	let last = '';
	return pods => {
		const ordered = pods.toSorted((left, right) => (left.uid < right.uid ? -1 : 1));
		if (ordered.length <= mostInRound) return ordered;
		const next = ordered.findIndex(({uid}) => uid > last);
		const round = [...ordered.slice(Math.max(0, next)), ...ordered].slice(0, mostInRound);
		last = round.at(-1)?.uid ?? '';
		return round;
	};
}

/** The probes of the pods that there are, each opened when its pod is first asked. */
function createProbes<Place extends PodPlace>(open: (pod: Place) => Probe) {
	const probes = new Map<string, {readonly key: string; readonly probe: Probe}>();
	const drop = async (uid: string) => {
		const dropped = probes.get(uid);
		probes.delete(uid);
		await dropped?.probe.close();
	};
	return {
		of(pod: Place): Probe {
			const known = probes.get(pod.uid);
			if (known?.key === pod.key) return known.probe;
			void drop(pod.uid);
			const probe = open(pod);
			probes.set(pod.uid, {key: pod.key, probe});
			return probe;
		},
		keep(pods: readonly Place[]): void {
			const uids = new Set(pods.map(({uid}) => uid));
			for (const uid of probes.keys()) if (!uids.has(uid)) void drop(uid);
		},
		close: () => Promise.all(Array.from(probes.keys(), drop)),
	};
}

/**
 * Asks each pod in rounds until the signal is aborted: ready or not, eight at once, of many no more than 50 in a round. A pod that does not answer
 * holds up nobody else: the rounds go on without it. Slower than asked where the budget demands it, or all pods fail.
 */
export async function runPodRounds<Place extends PodPlace>(options: PodRoundsOptions<Place>): Promise<void> {
	const {recognise, intervalMs, budget, onSample, onPaced, signal, clock = () => performance.now()} = options;
	const probes = createProbes(options.open);
	const turns = createTurns();
	const running = new Map<string, Promise<void>>();
	let waiting: readonly Place[] = [];
	const perBeat = () => Math.min(mostInRound, Math.max(1, options.pods().length));
	const pacer = createPacer({intervalMs, perBeat, budget, onPaced, clock});

	async function ask(pod: Place): Promise<void> {
		const sentAt = clock();
		const result = await probes.of(pod).send(signal);
		running.delete(pod.uid);
		if (signal.aborted) return;
		const sample = recognise(result, pod);
		onSample(pod.uid, sample);
		pacer.note(result, sample, sentAt);
		pump();
	}
	function pump(): void {
		while (running.size < atOnce && waiting.length > 0) {
			const [pod, ...rest] = waiting;
			waiting = rest;
			if (pod !== undefined && !running.has(pod.uid)) running.set(pod.uid, ask(pod));
		}
	}
	function beat(late: number): void {
		// The last round still waits for its turn: it goes on instead of a new one.
		const isBegun = waiting.length === 0;
		pacer.noteBeat({sent: isBegun ? 1 : 0, waiting: isBegun ? 0 : 1, late});
		const pods = options.pods();
		probes.keep(pods);
		const present = new Set(pods.map(({uid}) => uid));
		waiting = isBegun ? turns(pods) : waiting.filter(({uid}) => present.has(uid));
		pump();
	}
	try {
		await runBeats({...options, ...pacer, beat});
		await Promise.all(running.values());
	} finally {
		pacer.close();
		await probes.close();
	}
}

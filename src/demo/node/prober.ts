import type {Clock} from '../clock.ts';
import type {ProbeSpec} from './pod-spec.ts';
import type {ProbeResult} from './probe.ts';

export type ProbeKind = 'startup' | 'readiness' | 'liveness';

/** What a probe has found out of the run it watches; `unknown` is a startup probe's only. */
export type Verdict = 'unknown' | 'success' | 'failure';

/** What a prober needs. */
export interface ProberOptions {
	readonly kind: ProbeKind;
	readonly spec: ProbeSpec;
	readonly clock: Clock;
	/** One probe. */
	readonly send: () => Promise<ProbeResult>;
	/** Whether the container is far enough for this kind of probe. */
	readonly isDue: () => boolean;
	/** Hears of each result. */
	readonly onResult: (result: ProbeResult) => void;
	/** Hears when the verdict changes. */
	readonly onChange: () => void;
}

interface Run {
	readonly startedAt: number;
}

const firstVerdicts: Readonly<Record<ProbeKind, Verdict>> = {startup: 'unknown', readiness: 'failure', liveness: 'success'};

/** One probe of one container, over all its runs: a try each period, and so many equal results in a row before the verdict changes (prober/worker.go). */
export class Prober {
	readonly #options: ProberOptions;
	readonly #periodMs: number;
	#run: Run | undefined;
	#verdict: Verdict;
	#isStopped = false;
	#isProbing = false;
	#isTriggered = false;
	/** Nothing more to find out until there is a new run. */
	#isOnHold = false;
	#isLastOk = false;
	#equalResults = 0;
	#nextTick: number;
	#cancel: () => void = () => undefined;

	/** Has no run yet. */
	constructor(options: ProberOptions) {
		const {kind, spec, clock} = options;
		this.#options = options;
		this.#periodMs = (spec.periodSeconds ?? 10) * 1_000;
		this.#verdict = firstVerdicts[kind];
		this.#nextTick = clock.now() + this.#periodMs;
		this.#schedule();
	}

	get verdict(): Verdict {
		return this.#verdict;
	}

	/** A new run to probe, of which nothing is known yet; or none. */
	watch(run: Run | undefined): void {
		this.#run = run;
		this.#verdict = firstVerdicts[this.#options.kind];
		this.#isOnHold = false;
	}

	/** Somebody needs to know: probe now, and count the period from here. */
	trigger(): void {
		this.#isTriggered = true;
		if (this.#isProbing) return;
		this.#cancel();
		this.#schedule();
	}

	stop(): void {
		this.#isStopped = true;
		this.#cancel();
	}

	#schedule(): void {
		const {clock} = this.#options;
		if (this.#isStopped) return;
		this.#cancel = clock.schedule(this.#isTriggered ? 0 : Math.max(0, this.#nextTick - clock.now()), () => void this.#tick());
	}

	async #tick(): Promise<void> {
		const now = this.#options.clock.now();
		// A trigger starts the period anew; a tick keeps it, however long the probe took.
		this.#nextTick = this.#isTriggered ? now + this.#periodMs : Math.max(now, this.#nextTick + this.#periodMs);
		this.#isTriggered = false;
		this.#isProbing = true;
		await this.#probe();
		this.#isProbing = false;
		this.#schedule();
	}

	async #probe(): Promise<void> {
		const {send, isDue} = this.#options;
		const probed = this.#run;
		if (probed === undefined || this.#isOnHold || this.#isEarly(probed) || !isDue()) return;
		const result = await send();
		// A result of a run that is over, or of a pod that is gone, says nothing about what runs now.
		if (!this.#isStopped && probed === this.#run) this.#take(result);
	}

	/** The start as the status tells it, in whole seconds: a delay may be up to a second shorter than asked for. */
	#isEarly({startedAt}: Run): boolean {
		const {clock, spec} = this.#options;
		return clock.now() - Math.floor(startedAt / 1_000) * 1_000 < (spec.initialDelaySeconds ?? 0) * 1_000;
	}

	#take(result: ProbeResult): void {
		const {kind, spec, onResult, onChange} = this.#options;
		onResult(result);
		if (result.kind === 'error') return;
		const isOk = result.kind === 'success';
		this.#equalResults = this.#isLastOk === isOk ? this.#equalResults + 1 : 1;
		this.#isLastOk = isOk;
		if (this.#equalResults < (isOk ? (spec.successThreshold ?? 1) : (spec.failureThreshold ?? 3))) return;
		this.#isOnHold = kind === 'startup' || (kind === 'liveness' && !isOk);
		if (this.#isOnHold) this.#equalResults = 0;
		const verdict = isOk ? 'success' : 'failure';
		if (this.#verdict === verdict) return;
		this.#verdict = verdict;
		onChange();
	}
}

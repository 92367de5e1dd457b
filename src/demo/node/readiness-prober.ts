import type {Clock} from '../clock.ts';
import type {ProbeSpec} from './api-pod.ts';
import type {ProbeResult} from './probe.ts';

/** Watches one container's readiness, over all its runs. */
export interface ReadinessProber {
	readonly isReady: () => boolean;
	/** A new run to probe, which starts as not ready; or none. */
	readonly watch: (run: {readonly startedAt: number} | undefined) => void;
	/** Somebody has just read that it is not ready: probe now, and count the period from here. */
	readonly trigger: () => void;
	readonly stop: () => void;
}

/** What a prober needs; `send` is one probe, `onFailure` hears of each that fails, `onChange` when readiness flips. */
export interface ReadinessOptions {
	readonly spec: ProbeSpec;
	readonly clock: Clock;
	readonly send: () => Promise<ProbeResult>;
	readonly onFailure: (message: string) => void;
	readonly onChange: () => void;
}

/** A prober by the kubelet's rules (KUBERNETES §8): a first try at once, then each period, results in a row before readiness flips. */
export function createReadinessProber({spec, clock, send, onFailure, onChange}: ReadinessOptions): ReadinessProber {
	const periodMs = (spec.periodSeconds ?? 10) * 1_000;
	let run: {readonly startedAt: number} | undefined;
	let isReady = false;
	let isStopped = false;
	let isProbing = false;
	let isTriggered = false;
	let last: {ok: boolean; times: number} = {ok: false, times: 0};
	let nextTick = clock.now() + periodMs;
	let cancel: () => void = () => undefined;

	const thresholds = {success: spec.successThreshold ?? 1, failure: spec.failureThreshold ?? 3};
	// The start as the status tells it, in whole seconds: a delay may be up to a second shorter than asked for.
	const isEarly = () => run === undefined || clock.now() - Math.floor(run.startedAt / 1_000) * 1_000 < (spec.initialDelaySeconds ?? 0) * 1_000;
	const take = (result: ProbeResult) => {
		if (!result.ok) onFailure(result.message);
		last = {ok: result.ok, times: last.ok === result.ok ? last.times + 1 : 1};
		const needed = result.ok ? thresholds.success : thresholds.failure;
		if (last.times < needed || isReady === result.ok) return;
		isReady = result.ok;
		onChange();
	};
	const probe = async () => {
		const probed = run;
		if (isEarly()) return;
		const result = await send();
		// A result of a run that is over, or of a pod that is gone, says nothing about what runs now.
		if (!isStopped && probed === run) take(result);
	};
	const schedule = () => {
		if (isStopped) return;
		cancel = clock.schedule(isTriggered ? 0 : Math.max(0, nextTick - clock.now()), () => void tick());
	};
	const tick = async () => {
		// A trigger starts the period anew; a tick keeps it, however long the probe took.
		nextTick = isTriggered ? clock.now() + periodMs : Math.max(clock.now(), nextTick + periodMs);
		isTriggered = false;
		isProbing = true;
		await probe();
		isProbing = false;
		schedule();
	};
	schedule();
	return {
		isReady: () => isReady,
		watch(next) {
			run = next;
			isReady = false;
		},
		trigger() {
			isTriggered = true;
			if (isProbing) return;
			cancel();
			schedule();
		},
		stop() {
			isStopped = true;
			cancel();
		},
	};
}

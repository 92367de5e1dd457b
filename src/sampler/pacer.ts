import {fullPace, mostPerSecond, nextPace, type PaceNote, pacedInterval, retryAfter} from '../domain/mix/pace.ts';
import {type BeatNote, nextShortfall, noShortfall} from '../domain/mix/shortfall.ts';
import type {ProbeResult, Sample} from '../domain/sample.ts';
import type {Budget} from './budget.ts';
import type {BeatPace} from './run-beats.ts';

/** Told what is really sent: a beat in each interval, and why that is less than was asked for. */
export type OnPaced = (intervalMs: number, reason: string | undefined) => void;

export type PacerOptions = {
	readonly intervalMs: number;
	/** Requests at each beat. */
	readonly perBeat: () => number;
	/** Shared with the other targets. Default: no limit. */
	readonly budget?: Budget | undefined;
	readonly onPaced?: OnPaced | undefined;
	/** Monotonic ms. */
	readonly clock: () => number;
};

/** How fast one target is asked: its answers and the budget decide. */
export type Pacer = {
	/** `sentAt`: monotonic ms. */
	readonly note: (result: ProbeResult, sample: Sample, sentAt: number) => void;
	/** Told of each beat. */
	readonly noteBeat: (beat: Omit<BeatNote, 'now'>) => void;
	readonly pace: () => BeatPace;
	/** Resolves when answers have changed the pace. For one who waits. */
	readonly changed: () => Promise<void>;
	readonly close: () => void;
};

const capped = `all targets together send ${mostPerSecond} requests a second at most`;

function kindOf(result: ProbeResult, {outcome}: Sample): Pick<PaceNote, 'kind' | 'retryAfterMs'> {
	if (result.kind === 'failure' && result.retryAfterMs !== undefined) return {kind: 'too-many', retryAfterMs: result.retryAfterMs};
	if (result.kind === 'answer' && result.answer.status === 429) {
		return {kind: 'too-many', retryAfterMs: retryAfter(result.answer.headers['retry-after'], result.at + result.latencyMs)};
	}
	return {kind: outcome.kind === 'failure' ? 'failed' : 'good'};
}

/** Paces one target; says at once when the budget alone makes it slower than asked, and after a while when less is sent than the pace allows. */
export function createPacer({intervalMs, perBeat, budget, onPaced, clock}: PacerOptions): Pacer {
	const share = budget?.join(() => ({intervalMs, perBeat: perBeat()}));
	let state = fullPace;
	let shortfall = noShortfall;
	let ring = (): void => {};
	let told: {readonly intervalMs: number; readonly reason: string | undefined} = {intervalMs, reason: undefined};
	function tell(): number {
		const stretch = share?.stretch() ?? 1;
		const interval = pacedInterval(state, intervalMs * stretch);
		const real = Math.max(interval, shortfall.told?.intervalMs ?? 0);
		const reason = state.reason ?? shortfall.told?.reason ?? (stretch > 1 ? capped : undefined);
		if (real !== told.intervalMs || reason !== told.reason) {
			told = {intervalMs: real, reason};
			onPaced?.(real, reason);
		}
		return interval;
	}
	return {
		note(result, sample, sentAt) {
			const before = state;
			state = nextPace(state, intervalMs * (share?.stretch() ?? 1), {...kindOf(result, sample), sentAt, now: clock()});
			tell();
			if (state.halvings !== before.halvings || state.notBefore !== before.notBefore) ring();
		},
		noteBeat(beat) {
			shortfall = nextShortfall(shortfall, {...beat, now: clock()});
		},
		changed: () =>
			new Promise(resolve => {
				ring = resolve;
			}),
		pace: () => ({intervalMs: tell(), notBefore: state.notBefore}),
		close: () => share?.leave(),
	};
}

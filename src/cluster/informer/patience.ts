import type {ClusterError} from '../errors.ts';
import {createBackoff} from './backoff.ts';
import type {Line} from './line.ts';
import {type InformerPolicy, sleep} from './policy.ts';
import {silenceCode} from './watchdog.ts';

/** A pause before a stream tries again: so many ms at most, and how it passes. */
export type Pause = {readonly ms: number; pass(): Promise<void>};

export type Patience = {
	/** The pause that a failure asks for. */
	after(error: ClusterError): Pause;
	/** The one after a refusal that nothing soon will change. */
	rest(): Pause;
};

/** How long one stream waits when. */
export function createPatience(policy: InformerPolicy, line: Line, signal: AbortSignal): Patience {
	const backoff = createBackoff(policy, {firstMs: 800, longestMs: policy.longestWaitMs});
	const forbidden = createBackoff(policy, {firstMs: policy.firstForbiddenMs, longestMs: policy.forbiddenRetryMs});
	const full = (ms: number): Pause => ({ms, pass: () => sleep(ms, signal, policy)});
	return {
		after({code, retryAfterMs}) {
			// The silence was wait enough.
			if (code === silenceCode) return {ms: 0, pass: () => line.waitTurn()};
			const ms = backoff.next();
			// Who was told how long to wait is not woken by the luck of others. That it may be at once helps nobody.
			if (retryAfterMs !== undefined) return full(Math.max(ms, Math.min(retryAfterMs, policy.longestRetryAfterMs)));
			const pass = async () => {
				if (await line.nap(ms)) backoff.reset();
			};
			return {ms, pass};
		},
		rest: () => full(forbidden.next()),
	};
}

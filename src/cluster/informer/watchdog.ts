import {ClusterError} from '../errors.ts';
import type {InformerPolicy} from './policy.ts';

/** `code` of the error of a stream that fell silent. */
export const silenceCode = 'SILENT';

/** Aborts when nobody fed it for `silenceMs`, when it is told to, or with its parent. */
export type Watchdog = {readonly signal: AbortSignal; feed(): void; end(reason: ClusterError): void; release(): void};

/** What a stream says of whom it has not heard for so long. */
export function silence(ms: number): ClusterError {
	return new ClusterError(`no word from the API server for ${Math.round(ms / 1000)} s`, {kind: 'timeout', code: silenceCode});
}

/** `firstMs`: how long the first word may take, where that is less. `later`: what a silence after it means. */
type Manner = {readonly firstMs?: number; readonly later?: (ms: number) => ClusterError};

/** A dead TCP connection says nothing at all for ever, and neither does HTTP/1.1: only our own clock notices. */
export function createWatchdog(
	parent: AbortSignal,
	silenceMs: number,
	policy: Pick<InformerPolicy, 'uptime' | 'startTimer'>,
	{firstMs = silenceMs, later = silence}: Manner = {},
): Watchdog {
	const controller = new AbortController();
	const onParent = () => controller.abort(parent.reason);
	let cancel = policy.startTimer(firstMs, () => controller.abort(silence(firstMs)));
	let fedAt = Number.NEGATIVE_INFINITY;
	if (parent.aborted) onParent();
	else parent.addEventListener('abort', onParent, {once: true});
	return {
		signal: controller.signal,
		feed() {
			// Thousands of chunks a second need no thousands of timers.
			if (policy.uptime() - fedAt < silenceMs / 50) return;
			fedAt = policy.uptime();
			cancel();
			cancel = policy.startTimer(silenceMs, () => controller.abort(later(silenceMs)));
		},
		end: reason => controller.abort(reason),
		release() {
			cancel();
			parent.removeEventListener('abort', onParent);
			// An answer that nobody has read to its end would keep its connection.
			controller.abort();
		},
	};
}

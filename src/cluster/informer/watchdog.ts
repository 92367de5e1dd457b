import {ClusterError} from '../errors.ts';
import type {InformerPolicy} from './policy.ts';

/** `code` of the error of a stream that fell silent. */
export const silenceCode = 'SILENT';

/** Aborts when nobody fed it for `silenceMs`, or with its parent. */
export type Watchdog = {readonly signal: AbortSignal; feed(): void; release(): void};

/** A dead TCP connection says nothing at all for ever, and neither does HTTP/1.1: only our own clock notices. */
export function createWatchdog(parent: AbortSignal, silenceMs: number, policy: InformerPolicy): Watchdog {
	const controller = new AbortController();
	const onParent = () => controller.abort(parent.reason);
	const onSilence = () =>
		controller.abort(new ClusterError(`no word from the API server for ${Math.round(silenceMs / 1000)} s`, {kind: 'timeout', code: silenceCode}));
	let cancel = policy.startTimer(silenceMs, onSilence);
	let fedAt = policy.now();
	if (parent.aborted) onParent();
	else parent.addEventListener('abort', onParent, {once: true});
	return {
		signal: controller.signal,
		feed() {
			// Thousands of chunks a second need no thousands of timers.
			if (policy.now() - fedAt < silenceMs / 50) return;
			fedAt = policy.now();
			cancel();
			cancel = policy.startTimer(silenceMs, onSilence);
		},
		release() {
			cancel();
			parent.removeEventListener('abort', onParent);
		},
	};
}

import {humanDuration} from '../../human-duration.ts';
import type {K8sEvent} from '../../k8s-event.ts';
import type {Probe} from '../../pod.ts';
import {shortText} from '../../short-text.ts';

const maxText = 160;

export type ProbeKind = 'Readiness' | 'Liveness' | 'Startup';

const failed: Readonly<Record<ProbeKind, RegExp>> = {
	Readiness: /^Readiness probe (?:failed|errored(?: and resulted in [^:]+)?): */,
	Liveness: /^Liveness probe (?:failed|errored(?: and resulted in [^:]+)?): */,
	Startup: /^Startup probe (?:failed|errored(?: and resulted in [^:]+)?): */,
};

function isProbeFailure({reason, message}: K8sEvent, kind: ProbeKind): boolean {
	return reason === 'Unhealthy' && failed[kind].test(message);
}

/** The kubelet's words for a failed probe, without their introduction: `HTTP probe failed with statuscode: 500`. Undefined for other events. */
export function probeFailure(event: K8sEvent, kind: ProbeKind): string | undefined {
	if (!isProbeFailure(event, kind)) return undefined;
	return shortText(event.message.replace(failed[kind], ''), maxText);
}

/** What a probe met, by the words of Go's network library and the kubelet. The first match counts. */
const answers: readonly (readonly [RegExp, string])[] = [
	[/connection refused/, 'got connection refused'],
	[/deadline exceeded|i\/o timeout|timed out|timeout:/i, 'timed out'],
	[/connection reset/, 'got connection reset'],
	[/no route to host/, 'found no route to the pod'],
	[/: EOF$/, 'got no answer before the connection closed'],
	[/no such host/, "could not resolve the host's name"],
	[/server gave HTTP response to HTTPS client/, 'was answered without TLS'],
	[/malformed HTTP response/, 'got no HTTP answer (does it need scheme HTTPS?)'],
	[/service unhealthy \(responded with "NOT_SERVING"\)/, 'was told NOT_SERVING'],
	[/executable file not found|no such file or directory: unknown/, "could not run: its command is not in the container's image"],
];

/** A failed probe as the end of a sentence that begins with the probe: `answered 500`, `timed out`, `got connection refused`, `failed: …`. */
export function probeAnswer(failure: string): string {
	const status = /HTTP probe failed with statuscode: (\d+)/.exec(failure)?.[1];
	if (status !== undefined) return `answered ${status}`;
	const known = answers.find(([pattern]) => pattern.test(failure));
	if (known !== undefined) return known[1];
	return failure === '' ? 'failed' : `failed: ${failure}`;
}

/** The pod's newest event of a failed probe that is not older than `since` (epoch ms). `events` may hold others' too. */
export function lastProbeFailure(podUid: string, events: Iterable<K8sEvent>, kind: ProbeKind, since: number): K8sEvent | undefined {
	let newest: K8sEvent | undefined;
	for (const event of events) {
		const at = event.lastAt ?? event.firstAt ?? 0;
		if (event.object.uid !== podUid || at < since || at < (newest?.lastAt ?? 0) || !isProbeFailure(event, kind)) continue;
		newest = event;
	}
	return newest;
}

/** What a probe asks, short enough for a sentence: a command can be a whole script. */
export function probeName({text}: Probe): string {
	return shortText(text, 80);
}

/** ` (12 times in 14s)`; nothing for a single failure. */
export function howOften({count, firstAt, lastAt}: K8sEvent): string {
	if (count < 2) return '';
	const seconds = firstAt === undefined || lastAt === undefined ? 0 : Math.round((lastAt - firstAt) / 1000);
	return seconds <= 0 ? ` (${count} times)` : ` (${count} times in ${humanDuration(seconds * 1000)})`;
}

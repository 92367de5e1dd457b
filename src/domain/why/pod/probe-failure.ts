import type {K8sEvent} from '../../k8s-event.ts';
import {shortText} from '../../short-text.ts';

const maxText = 160;
const readinessFailed = /^Readiness probe (?:failed|errored(?: and resulted in [^:]+)?): */;

/** The kubelet's words for a failed readiness probe, without their introduction: `HTTP probe failed with statuscode: 500`. Undefined for other events. */
export function readinessFailure(event: K8sEvent): string | undefined {
	if (event.reason !== 'Unhealthy' || !readinessFailed.test(event.message)) return undefined;
	return shortText(event.message.replace(readinessFailed, ''), maxText);
}

/** What a probe met, by the words of Go's network library and the kubelet. The first match counts. */
const answers: readonly (readonly [RegExp, string])[] = [
	[/connection refused/, 'got connection refused'],
	[/deadline exceeded|i\/o timeout|timed out|timeout:/i, 'timed out'],
	[/connection reset/, 'got connection reset'],
	[/no route to host/, 'found no route to the pod'],
	[/: EOF$/, 'got no answer before the connection closed'],
];

/** A failed probe as the end of a sentence that begins with the probe: `answered 500`, `timed out`, `got connection refused`, `failed: …`. */
export function probeAnswer(failure: string): string {
	const status = /HTTP probe failed with statuscode: (\d+)/.exec(failure)?.[1];
	if (status !== undefined) return `answered ${status}`;
	const known = answers.find(([pattern]) => pattern.test(failure));
	return known === undefined ? `failed: ${failure}` : known[1];
}

/** The pod's newest event of a failed readiness probe that is not older than `since` (epoch ms). `events` may hold others' too. */
export function lastReadinessFailure(podUid: string, events: readonly K8sEvent[], since: number): K8sEvent | undefined {
	return events
		.filter(event => event.object.uid === podUid && readinessFailure(event) !== undefined && (event.lastAt ?? event.firstAt ?? 0) >= since)
		.reduce<K8sEvent | undefined>((newest, event) => ((event.lastAt ?? 0) >= (newest?.lastAt ?? 0) ? event : newest), undefined);
}

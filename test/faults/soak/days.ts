import type {Event} from '../../../src/store/event.ts';
import {k8sEvent, pod, replicaSet, start, template, workload} from '../../domain/cluster-objects.ts';
import {listed, service, slice} from '../../store/behind-service.ts';

const minute = 60_000;
const rolloutsADay = 64;
const podsOfEach = 6;
const eventsOfEach = 6;
const samplesOfEach = 10;
/** What the cluster itself keeps: old ReplicaSets, events of the last hour. */
const historyLimit = 10;
const eventsKept = 2 * eventsOfEach;

/** What comes first: the Service and its Deployment, and that all streams are well. */
export const firstEvents: readonly Event[] = [
	listed.services(service),
	listed.workloads(workload()),
	{type: 'listed', stream: 'revisions', items: [], at: start},
	{type: 'listed', stream: 'pods', items: [], at: start},
	{type: 'listed', stream: 'events', items: [], at: start},
	listed.endpoints(),
	...(['services', 'workloads', 'revisions', 'pods', 'events', 'endpointslices'] as const).map(
		(stream): Event => ({type: 'stream-changed', stream, condition: {kind: 'live', since: start}}),
	),
	{
		type: 'sampler-started',
		id: 0,
		target: 'svc/shop',
		route: 'service-proxy',
		intervalMs: 1_000,
		traits: {keepsConnections: false, sendsCookies: false, weights: []},
		at: start,
	},
];

/** What happens in one day behind the Service. No two days have a name, an image, a version or a text in common. */
export function* eventsOfDay(day: number): Generator<Event> {
	for (let number = day * rolloutsADay; number < (day + 1) * rolloutsADay; number++) yield* rolloutEvents(number);
}

const podName = (rollout: number, index: number) => `web-${rollout}-${index}`;

function* rolloutEvents(number: number): Generator<Event> {
	const at = start + (number + 1) * ((24 * 60) / rolloutsADay) * minute;
	const image = `app:v${number}`;
	const uid = `web-${number}`;
	const resourceVersion = String(number + 2);
	const [generation, revisionText] = [number + 2, String(number + 1)];
	yield observed('workloads', workload({resourceVersion, generation, observedGeneration: generation, revisionText, template: template(image)}), at);
	yield observed('revisions', replicaSet(uid, number + 1, image, {desired: podsOfEach, current: podsOfEach, createdAt: at}), at);
	if (number >= historyLimit) yield gone('revisions', `web-${number - historyLimit}`, at);
	for (let index = 0; index < podsOfEach; index++) {
		yield observed('pods', pod(podName(number, index), uid, index % 2 === 0, {createdAt: at}), at + index * 1_000);
		yield gone('pods', podName(number - 1, index), at + index * 1_000);
	}
	yield {type: 'changed', stream: 'endpointslices', changes: [{kind: 'observed', object: {...slice(), resourceVersion}}], at};
	yield* clusterEvents(number, at);
	yield* samples(number, at);
	yield* besides(number, at);
}

function* clusterEvents(number: number, at: number): Generator<Event> {
	for (let index = 0; index < eventsOfEach; index++) {
		const each = number * eventsOfEach + index;
		const object = {kind: 'Pod', name: podName(number, 0), uid: podName(number, 0)};
		yield observed('events', k8sEvent('Unhealthy', `failed for the ${each}th time`, {uid: `e${each}`, type: 'Warning', lastAt: at, object}), at);
		yield gone('events', `e${each - eventsKept}`, at);
	}
}

function* samples(number: number, at: number): Generator<Event> {
	for (let index = 0; index < samplesOfEach; index++) {
		const name = podName(number, index % podsOfEach);
		const answer = {at: at + index * 1_000, latencyMs: 2 + (index % 9), podName: name, ownerUid: `web-${number}`};
		const failed = {kind: 'failure', reason: 'http-500', detail: `500 from ${name}`} as const;
		const outcome = index % 7 === 0 ? failed : ({kind: 'version', version: `v${number}`, rule: 'auto:word'} as const);
		yield {type: 'sampled', id: 0, sample: {...answer, outcome}};
		if (index < podsOfEach) yield {type: 'pod-sampled', podUid: name, sample: {...answer, outcome}};
		yield {type: 'ticked', at: answer.at};
	}
}

/** A preview that comes and goes, a log that was read, a stream that was lost and came back. */
function* besides(number: number, at: number): Generator<Event> {
	const name = `preview-${number}`;
	yield observed('workloads', workload({uid: name, name, resourceVersion: name, template: template(`preview:v${number}`)}), at);
	if (number > 0) yield gone('workloads', `preview-${number - 1}`, at);
	yield {type: 'log-tail', tail: {podUid: podName(number, 0), container: 'app', previous: true, lines: [`fatal: ${number}`]}};
	yield {type: 'rights-learned', workload: name, rights: {undo: 'allowed'}};
	yield {type: 'stream-changed', stream: 'pods', condition: {kind: 'lost', since: at, reason: 'reset', retryAt: at + 1_000}};
	yield {type: 'stream-changed', stream: 'pods', condition: {kind: 'live', since: at + 1_000}};
}

function observed(stream: 'workloads' | 'revisions' | 'pods' | 'events', object: unknown, at: number): Event {
	return {type: 'changed', stream, changes: [{kind: 'observed', object}], at} as Event;
}

function gone(stream: 'workloads' | 'revisions' | 'pods' | 'events', uid: string, at: number): Event {
	return {type: 'changed', stream, changes: [{kind: 'gone', uid}], at};
}

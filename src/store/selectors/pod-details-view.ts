import {digestEvents} from '../../domain/event-digest.ts';
import {age, humanDuration} from '../../domain/human-duration.ts';
import type {ContainerSpec, ContainerState, ContainerStatus, Pod} from '../../domain/pod.ts';
import {podColumns} from '../../domain/pod-columns.ts';
import type {State} from '../state.ts';
import type {PodDetailsView, Tone} from '../views.ts';
import {podTone} from './pod-row.ts';

/** Everything that is known of one pod; `undefined` once it is gone. */
export function podDetailsView(state: State, uid: string, revision: number | undefined): PodDetailsView | undefined {
	const pod = state.pods.get(uid);
	if (pod === undefined) return undefined;
	const {ready, status, restarts, age: podAge} = podColumns(pod, state.now);
	const tone = podTone(pod, status);
	return {
		name: pod.name,
		lines: [
			line('Status', `${status}   ready ${ready}   restarts ${restarts}   age ${podAge}`, tone),
			line('Revision', revision === undefined ? 'unknown' : String(revision)),
			line('Node', pod.nodeName ?? 'not scheduled yet'),
			line('IP', pod.ip ?? 'none yet'),
			...(pod.message === '' ? [] : [line('Message', `${pod.reason} ${pod.message}`.trim(), 'bad')]),
		],
		containers: containersOf(pod, state.now),
		conditions: pod.conditions.map(({type, status, reason, message}) => ({type, status, reason, message})),
		events: eventsOf(state, uid),
	};
}

const line = (label: string, value: string, tone: Tone = 'quiet') => ({label, value, tone});

function containersOf(pod: Pod, now: number): PodDetailsView['containers'] {
	const statuses = new Map([...pod.initContainerStatuses, ...pod.containerStatuses].map(status => [status.name, status]));
	return [...pod.initContainers, ...pod.containers].map(spec => containerView(spec, statuses.get(spec.name), now));
}

function containerView(spec: ContainerSpec, status: ContainerStatus | undefined, now: number): PodDetailsView['containers'][number] {
	return {
		name: spec.name,
		image: spec.image,
		state: status === undefined ? 'not started' : stateText(status, now),
		ready: status?.ready ?? false,
		restarts: status?.restartCount ?? 0,
		probe: spec.readinessProbe?.text,
		tone: status?.ready === true ? 'good' : status?.state.kind === 'waiting' || status?.state.kind === 'terminated' ? 'bad' : 'change',
	};
}

function stateText({state, lastTermination}: ContainerStatus, now: number): string {
	const before = lastTermination === undefined ? '' : `; before: ${terminationText({kind: 'terminated', ...lastTermination}, now)}`;
	switch (state.kind) {
		case 'none':
			return `unknown${before}`;
		case 'running':
			return `running${state.startedAt === undefined ? '' : ` since ${humanDuration(now - state.startedAt)}`}${before}`;
		case 'waiting':
			return `waiting: ${[state.reason, state.message].filter(part => part !== '').join(': ')}${before}`;
		case 'terminated':
			return terminationText(state, now);
	}
}

function terminationText({reason, exitCode, signal, message, finishedAt}: Extract<ContainerState, {kind: 'terminated'}>, now: number): string {
	const how = signal === 0 ? `exit code ${exitCode}` : `signal ${signal}`;
	const when = finishedAt === undefined ? '' : ` ${humanDuration(now - finishedAt)} ago`;
	return `${reason === '' ? 'terminated' : reason} (${how})${when}${message === '' ? '' : `: ${message}`}`;
}

function eventsOf({k8sEvents, now}: State, uid: string): PodDetailsView['events'] {
	const own = [...k8sEvents.values()].filter(event => event.object.uid === uid);
	return digestEvents(own).map(({type, reason, message, count, lastAt}) => ({age: age(lastAt, now), type, reason, message, count}));
}

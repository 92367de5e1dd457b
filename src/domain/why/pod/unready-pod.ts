import {conditionOf} from '../../condition-of.ts';
import type {ContainerSpec, ContainerStatus, Pod} from '../../pod.ts';
import {shortText} from '../../short-text.ts';
import type {Cause} from '../finding.ts';
import {isSidecar, roleOf, specOf} from './container-role.ts';
import type {PodSubject} from './pod-subject.ts';
import {howOften, lastProbeFailure, probeAnswer, probeFailure, probeName} from './probe-failure.ts';
import {probeKill} from './probe-kill.ts';
import {readinessGrace} from './readiness-grace.ts';
import {startingCause} from './starting-cause.ts';

/** A pod may take that long to become ready before anybody worries, unless its probe has failed already. */
const patienceMs = 15_000;

type Unready = {
	readonly status: ContainerStatus;
	readonly spec: ContainerSpec | undefined;
	readonly startedAt: number | undefined;
	readonly readyAt: number | undefined;
};

/** Why a pod whose containers run is not ready: its probe's last failure, in the probe's own terms, and whether its time is over. */
export function unreadyPod(subject: PodSubject): Cause | undefined {
	const {pod} = subject;
	const status = [...pod.containerStatuses, ...pod.initContainerStatuses.filter(({name}) => isSidecar(pod, name))].find(
		({ready, state}) => !ready && state.kind === 'running',
	);
	if (status === undefined || status.state.kind !== 'running') return gatedPod(subject);
	const unready: Unready = {
		status,
		spec: specOf(pod, status.name),
		startedAt: status.state.startedAt,
		readyAt: conditionOf(pod.conditions, 'Ready')?.lastTransitionAt,
	};
	return (
		probeKill(subject, status, {startedAt: unready.startedAt}) ?? startingCause(subject, status) ?? probeFails(subject, unready) ?? notYet(subject, unready)
	);
}

function probeFails({pod, events, isPast}: PodSubject, {status, spec, startedAt, readyAt}: Unready): Cause | undefined {
	const failure = lastProbeFailure(pod.uid, events, 'Readiness', startedAt ?? 0);
	const words = failure === undefined ? undefined : probeFailure(failure, 'Readiness');
	if (failure === undefined || words === undefined) return undefined;
	// Ready can only have turned to False after the container's start if it was True before.
	const wasReady = startedAt !== undefined && readyAt !== undefined && readyAt > startedAt;
	const {latestAt} = graceOf(status, spec, startedAt ?? readyAt ?? 0);
	const isLate = wasReady || isPast(latestAt);
	return {
		kind: 'readiness-probe-fails',
		hope: isLate ? 'doubtful' : 'likely',
		reason: 'ReadinessProbe',
		message: `is not ready: readiness probe${spec?.readinessProbe === undefined ? '' : ` ${probeName(spec.readinessProbe)}`}${inContainer(pod, status)} ${probeAnswer(words)}${howOften(failure)}${wasReady ? ' after it had been ready' : ''}`,
		advice: 'read its log (l); check what the probe asks',
		sinceAt: readyAt ?? startedAt,
		container: {name: status.name, previous: false},
		next: isLate ? undefined : {what: 'grace-ends', at: latestAt},
	};
}

function graceOf(status: ContainerStatus, spec: ContainerSpec | undefined, startedAt: number) {
	return readinessGrace(startedAt, spec?.readinessProbe, spec?.startupProbe, status.started === true);
}

/** Which container, where the pod has several. */
function inContainer(pod: Pod, {name}: ContainerStatus): string {
	return pod.containers.length + pod.initContainers.length > 1 ? ` of ${roleOf(pod, name)}` : '';
}

/** No probe is known to have failed: too early to say, or the events can't be seen. */
function notYet({pod, isPast}: PodSubject, {status, spec, startedAt, readyAt}: Unready): Cause | undefined {
	const sinceAt = readyAt ?? startedAt;
	if (sinceAt === undefined) return undefined;
	const {earliestAt, latestAt} = graceOf(status, spec, startedAt ?? sinceAt);
	// A wait that is known to be long is said at once.
	if (!isPast(sinceAt + patienceMs) && earliestAt <= sinceAt + patienceMs) return undefined;
	const isLate = isPast(latestAt);
	const base = {kind: 'not-ready-yet', reason: 'NotReady', sinceAt, container: {name: status.name, previous: false}, advice: 'read its log (l)'} as const;
	const next = isLate ? undefined : ({what: 'grace-ends', at: latestAt} as const);
	const probe = spec?.readinessProbe;
	if (probe === undefined) return {...base, hope: isLate ? 'doubtful' : 'likely', message: `${roleOf(pod, status.name)} is not ready`, next};
	const asked = `readiness probe ${probeName(probe)}${inContainer(pod, status)}`;
	if (!isPast(earliestAt))
		return {
			...base,
			hope: 'waits',
			advice: undefined,
			message: `is not ready: ${asked} is not asked yet (initialDelaySeconds ${probe.initialDelaySeconds})`,
			next,
		};
	return {...base, hope: isLate ? 'doubtful' : 'likely', message: `is not ready: ${asked} has not succeeded yet`, next};
}

/** All containers are ready; a controller outside has not said yes. kubernetes: pkg/kubelet/status/generate.go. */
function gatedPod({pod}: PodSubject): Cause | undefined {
	const ready = conditionOf(pod.conditions, 'Ready');
	if (ready?.reason !== 'ReadinessGatesNotReady') return undefined;
	const gates = [...ready.message.slice(0, 2000).matchAll(/readiness gate "([^"]{1,253})"/g)].map(([, gate]) => gate);
	const message = gates.length === 0 ? shortText(ready.message, 200) : `its containers are, but readiness gate ${shortText(gates.join(', '), 160)} is not True`;
	return {
		kind: 'readiness-gate',
		hope: 'waits',
		reason: ready.reason,
		message: `is not ready: ${message}`,
		advice: 'check the controller that sets the gate',
		sinceAt: ready.lastTransitionAt,
	};
}

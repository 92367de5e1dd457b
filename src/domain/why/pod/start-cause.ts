import type {ContainerStatus, Pod, Termination} from '../../pod.ts';
import type {Cause} from '../finding.ts';
import {missingConfig} from './config-cause.ts';
import {roleOf} from './container-role.ts';
import {restartWords} from './exit-words.ts';
import type {PodSubject} from './pod-subject.ts';
import {startFailure} from './start-failure.ts';

/** Ends of containers that never ran: containerd's word, and docker's. */
const neverRan: ReadonlySet<string> = new Set(['StartError', 'ContainerCannotRun']);

/** The container can't be made or started: a waiting reason that none of the other rules knows. */
export function startCause(subject: PodSubject, status: ContainerStatus, reason: string, message: string): Cause {
	const {pod} = subject;
	return missingConfig(subject, status, reason, message) ?? hookFailure(pod, status, reason) ?? cannotStart(pod, status, reason, message);
}

/** The container's last end was that it could not be started. */
export function neverStarted(pod: Pod, status: ContainerStatus, {reason, message}: Termination): Cause | undefined {
	return neverRan.has(reason) ? cannotStart(pod, status, reason, message) : undefined;
}

function cannotStart(pod: Pod, {name, restartCount}: ContainerStatus, reason: string, said: string): Cause {
	const {kind, hope, text, advice} = startFailure(reason, said);
	return {kind, hope, reason, message: `${roleOf(pod, name)} can't start: ${text}${restartWords(restartCount)}`, advice, sinceAt: pod.createdAt};
}

/** kubernetes: pkg/kubelet/lifecycle/handlers.go, kuberuntime_container.go ErrPostStartHook. */
function hookFailure(pod: Pod, {name, restartCount}: ContainerStatus, reason: string): Cause | undefined {
	if (reason !== 'PostStartHookError') return undefined;
	const message = `${roleOf(pod, name)} is killed because its postStart hook fails${restartWords(restartCount)}`;
	return {
		kind: 'post-start-hook',
		hope: 'doubtful',
		reason,
		message,
		advice: 'try the postStart command in the image by hand',
		sinceAt: pod.createdAt,
		container: {name, previous: restartCount > 0},
	};
}

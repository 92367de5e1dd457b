import type {ContainerStatus, Termination} from '../../pod.ts';
import type {Cause} from '../finding.ts';
import type {PodSubject} from './pod-subject.ts';
import {startCause} from './start-cause.ts';

/** The container's last run was ended because its postStart hook failed: only an event tells, the container's own end looks like any other. */
export function postStartKill(subject: PodSubject, status: ContainerStatus, {startedAt}: Termination): Cause | undefined {
	const failed = subject.events.some(({reason, lastAt}) => reason === 'FailedPostStartHook' && (lastAt ?? 0) >= (startedAt ?? 0));
	return failed ? startCause(subject, status, 'PostStartHookError', '') : undefined;
}

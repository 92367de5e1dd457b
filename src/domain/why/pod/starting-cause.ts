import type {ContainerStatus} from '../../pod.ts';
import type {Cause} from '../finding.ts';
import {roleOf, specOf} from './container-role.ts';
import type {PodSubject} from './pod-subject.ts';
import {howOften, lastProbeFailure, probeAnswer, probeFailure, probeName} from './probe-failure.ts';
import {startupLimit} from './readiness-grace.ts';

/** A running container whose startup probe has failed and not yet succeeded: no other probe is asked before. */
export function startingCause({pod, events, isPast}: PodSubject, status: ContainerStatus): Cause | undefined {
	const {name, state, started} = status;
	const probe = specOf(pod, name)?.startupProbe;
	if (probe === undefined || started === true || state.kind !== 'running' || state.startedAt === undefined) return undefined;
	const failure = lastProbeFailure(pod.uid, events, 'Startup', state.startedAt);
	const words = failure === undefined ? undefined : probeFailure(failure, 'Startup');
	if (failure === undefined || words === undefined) return undefined;
	const killedAt = startupLimit(state.startedAt, probe);
	return {
		kind: 'startup-probe-fails',
		hope: isPast(killedAt) ? 'doubtful' : 'likely',
		reason: 'StartupProbe',
		message: `${roleOf(pod, name)} has not started yet: startup probe ${probeName(probe)} ${probeAnswer(words)}${howOften(failure)}`,
		advice: 'wait, or read its log (l)',
		sinceAt: state.startedAt,
		container: {name, previous: false},
		next: {what: 'killed', at: killedAt},
	};
}

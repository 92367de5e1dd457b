import type {K8sEvent} from '../../k8s-event.ts';
import type {ContainerStatus, Pod, Probe, Termination} from '../../pod.ts';
import type {Cause} from '../finding.ts';
import {roleOf, specOf} from './container-role.ts';
import {restartWords} from './exit-words.ts';
import type {PodSubject} from './pod-subject.ts';
import {lastProbeFailure, type ProbeKind, probeAnswer, probeFailure, probeName} from './probe-failure.ts';

/** kubernetes: kuberuntime_manager.go computePodActions; kuberuntime_container.go says "Init container" of init containers. */
const killing = /^(?:Container|Init container) (\S+) failed (liveness|startup) probe/;

/** A probe of the container's own had it killed in its last run. */
export function probeKill(subject: PodSubject, status: ContainerStatus, {startedAt}: Pick<Termination, 'startedAt'>): Cause | undefined {
	const {pod, events} = subject;
	const killed = events.find(event => isKillOf(event, status.name) && (event.lastAt ?? 0) >= (startedAt ?? 0));
	if (killed === undefined) return undefined;
	const isLiveness = killing.exec(killed.message)?.[2] === 'liveness';
	const spec = specOf(pod, status.name);
	const {kind, reason, advice, text} = isLiveness ? livenessWords : startupWords;
	const answer = answerOf(pod, events, isLiveness ? 'Liveness' : 'Startup', startedAt ?? 0);
	return {
		kind,
		hope: 'doubtful',
		reason,
		message: `${roleOf(pod, status.name)} ${text(isLiveness ? spec?.livenessProbe : spec?.startupProbe, answer)}${restartWords(status.restartCount)}`,
		advice,
		sinceAt: killed.firstAt ?? killed.lastAt,
		container: {name: status.name, previous: status.restartCount > 0 && status.state.kind !== 'terminated'},
	};
}

type KillWords = Pick<Cause, 'kind' | 'reason' | 'advice'> & {readonly text: (probe: Probe | undefined, answer: string | undefined) => string};

const livenessWords: KillWords = {
	kind: 'liveness-kills',
	reason: 'LivenessProbe',
	advice: 'check what the probe asks; a slow start needs a startupProbe',
	text: (probe, answer) => `is killed by its liveness probe${namedProbe(probe)}${answer === undefined ? '' : `, which ${answer}`}`,
};

const startupWords: KillWords = {
	kind: 'startup-probe-fails',
	reason: 'StartupProbe',
	advice: 'check what the probe asks, or give it more time (failureThreshold)',
	text: (probe, answer) =>
		`is killed because its startup probe${namedProbe(probe)} did not succeed in ${patienceOf(probe)}${answer === undefined ? '' : `: it ${answer}`}`,
};

function isKillOf({reason, message}: K8sEvent, name: string): boolean {
	return reason === 'Killing' && killing.exec(message)?.[1] === name;
}

const namedProbe = (probe: Probe | undefined) => (probe === undefined ? '' : ` ${probeName(probe)}`);

function patienceOf(probe: Probe | undefined): string {
	return probe === undefined ? 'time' : `${probe.initialDelaySeconds + probe.periodSeconds * probe.failureThreshold}s`;
}

function answerOf({uid}: Pod, events: readonly K8sEvent[], kind: ProbeKind, since: number): string | undefined {
	const failure = lastProbeFailure(uid, events, kind, since);
	const words = failure === undefined ? undefined : probeFailure(failure, kind);
	return words === undefined ? undefined : probeAnswer(words);
}

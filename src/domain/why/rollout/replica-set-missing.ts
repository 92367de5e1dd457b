import {conditionOf} from '../../condition-of.ts';
import {historyKind} from '../../kinds/kind-words.ts';
import {shortText} from '../../short-text.ts';
import type {RolloutCause, RolloutSubject} from './rollout-subject.ts';

/** The watches are separate: the ReplicaSet of a new template may be seen a moment later. */
const patienceMs = 5000;

/** The controller could not make the ReplicaSet of the template, or has made none. */
export function replicaSetMissing({workload, rollout, now}: RolloutSubject): RolloutCause | undefined {
	const progressing = conditionOf(workload.conditions, 'Progressing');
	const {startedAt, isReplicaSetMissing, step} = rollout;
	if (progressing?.reason === 'ReplicaSetCreateError') {
		const message = `can't make its ReplicaSet: ${shortText(progressing.message.replace(/^Failed to create new replica set "[^"]*": /, ''), 200)}`;
		return {kind: 'replica-set-missing', hope: 'doubtful', reason: progressing.reason, message, sinceAt: progressing.lastTransitionAt};
	}
	if (!isReplicaSetMissing || step.kind === 'observe' || step.kind === 'paused' || startedAt === undefined || now - startedAt < patienceMs) return undefined;
	return {
		kind: 'replica-set-missing',
		hope: 'doubtful',
		reason: 'NoReplicaSet',
		message: `has no ${historyKind(workload.kind)} for its template, although its controller has seen it`,
		advice: 'check that kube-controller-manager runs, and its log',
		sinceAt: startedAt,
	};
}

import {rulesOf} from '../../kinds/rules-of.ts';
import {waitText} from '../../rollout-phase.ts';
import type {RolloutCause, RolloutSubject} from './rollout-subject.ts';

/** It waits for a person: who has paused it, who deletes its pods, or who lets it go on past a step. */
export function paused({workload, rollout: {phase}}: RolloutSubject): RolloutCause | undefined {
	if (phase.phase !== 'paused' || phase.waitingFor === undefined) return undefined;
	const held = {kind: 'paused', hope: 'waits', sinceAt: phase.since} as const;
	if (workload.paused) return {...held, reason: 'Paused', message: 'is paused: nothing moves until somebody resumes it', advice: 'resume (r)'};
	const what = waitText(phase.waitingFor);
	if (workload.strategy.type === 'OnDelete') return {...held, reason: 'OnDelete', message: `waits for somebody: ${what}`, advice: 'delete them one by one (x)'};
	const canContinue = rulesOf(workload).refusal({kind: 'continue'}, []) === undefined;
	return {...held, reason: 'Step', message: `waits: ${what}`, advice: canContinue ? 'continue (n)' : undefined};
}

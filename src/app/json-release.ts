import {kindWords} from '../domain/kinds/kind-words.ts';
import {rulesOf} from '../domain/kinds/rules-of.ts';
import {releaseMessage} from '../domain/release.ts';
import type {Workload} from '../domain/workload.ts';
import type {RolloutFacts} from '../store/selectors/rollout-facts.ts';
import {isoTime} from './iso-time.ts';

/** A rollout that goes by steps: the current one is 1-based, and one more than there are when all are done; null where there are none. Weights in percent. */
export function stepsJson({workload, newReplicaSet}: RolloutFacts): unknown {
	const known = rulesOf(workload).steps(newReplicaSet);
	if (known === undefined) return null;
	const {steps, current, active, wait, weight, checks} = known;
	return {
		of: steps.length,
		current: current + 1,
		active,
		wait: wait === undefined ? null : {for: wait.kind, until: wait.kind === 'time' && wait.until !== undefined ? isoTime(wait.until) : null},
		weights: weight === undefined ? null : {set: weight.set, actual: weight.actual ?? null},
		steps: steps.map(({text, weight: wanted, replicas, pause}) => ({
			text,
			weight: wanted ?? null,
			replicas: replicas ?? null,
			pauseSeconds: typeof pause === 'object' ? Math.round(pause.ms / 1000) : null,
			waitsForPerson: pause === 'person',
		})),
		checks: checks.map(({name, status, message, isBad}) => ({name, status, message: message ?? null, isBad})),
	};
}

/** What steers the workload from above; null where nothing does. */
export function releaseJson({release}: Workload): unknown {
	if (release === undefined) return null;
	const {kind, name, phase} = release;
	const message = releaseMessage(release);
	return {kind: kindWords[kind].kind, group: kindWords[kind].group, name, phase, message: message === '' ? null : message};
}

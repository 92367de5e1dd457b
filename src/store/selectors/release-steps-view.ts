import {humanDuration} from '../../domain/human-duration.ts';
import {rulesOf} from '../../domain/kinds/rules-of.ts';
import type {ReleaseStep, ReleaseSteps, StepCheck, StepWait} from '../../domain/release-steps.ts';
import type {ReleaseStepRow, ReleaseStepsView} from '../release-views.ts';
import type {MixView} from '../views.ts';
import type {RolloutFacts} from './rollout-facts.ts';
import {timeOfDay} from './time-of-day.ts';

/** Where a rollout that goes by steps stands; undefined where the workload has none. `mix`: what is measured, next to what is asked for. */
export function releaseStepsView(facts: RolloutFacts, mix: MixView | undefined): ReleaseStepsView | undefined {
	const known = rulesOf(facts.workload).steps(facts.newReplicaSet);
	if (known === undefined || known.steps.length === 0) return undefined;
	const {steps, current, active, wait, weight, checks} = known;
	return {
		rows: steps.map((step, index) => rowOf(step, index, known)),
		current: Math.min(current, steps.length) + 1,
		active,
		waitsForPerson: active && wait?.kind === 'person',
		wait: active && wait !== undefined ? waitWords(wait) : undefined,
		weights: weight && {...weight, measured: measuredOf(facts, mix)},
		checks: checks.map(checkRow),
	};
}

function rowOf({text, weight, replicas, pause}: ReleaseStep, index: number, {current, active}: ReleaseSteps): ReleaseStepRow {
	return {
		number: index + 1,
		text,
		weight: weight === undefined ? undefined : `${weight}%`,
		pods: replicas,
		pause: pause === undefined ? undefined : pause === 'person' ? 'a person' : humanDuration(pause.ms),
		state: !active || index > current ? 'left' : index < current ? 'done' : 'current',
	};
}

/** A time of day in place of what is left of it: a countdown would cost a frame each second while nothing else happens. */
function waitWords(wait: StepWait): ReleaseStepsView['wait'] {
	switch (wait.kind) {
		case 'person':
			return {text: 'waits for you: n continues', brief: 'n continues'};
		case 'time': {
			const text = wait.until === undefined ? 'waits for its time' : `until ${timeOfDay(wait.until)}`;
			return {text, brief: text};
		}
		case 'pods':
			return {text: 'waits for pods', brief: 'pods'};
		case 'traffic':
			return {text: 'waits for the traffic to be switched', brief: 'traffic'};
		case 'analysis':
			return {text: 'waits for its analysis', brief: 'analysis'};
		case 'finishing':
			return {text: 'finishing', brief: 'finishing'};
	}
}

/** Percent of the answers that came from the new revision; undefined where nothing is measured. */
function measuredOf({newReplicaSet, revisionByUid}: RolloutFacts, mix: MixView | undefined): number | undefined {
	const revision = newReplicaSet === undefined ? undefined : revisionByUid.get(newReplicaSet.uid);
	if (mix === undefined || mix.samples === 0 || revision === undefined || mix.rows.every(row => row.revision === undefined)) return undefined;
	const share = mix.rows.filter(row => row.kind === 'version' && row.revision === revision).reduce((sum, row) => sum + row.share, 0);
	return Math.round(share * 100);
}

function checkRow({name, status, message, isBad}: StepCheck): ReleaseStepsView['checks'][number] {
	return {tone: isBad ? 'bad' : 'quiet', text: `${name}: ${status}${message === undefined || message === '' ? '' : ` (${message})`}`};
}

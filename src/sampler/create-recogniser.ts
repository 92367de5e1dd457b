import {noAnswers} from '../domain/answer-memory.ts';
import type {PodDirectory} from '../domain/pod-directory.ts';
import {recognise} from '../domain/recognise-version.ts';
import type {ProbeResult, Sample} from '../domain/sample.ts';
import type {VersionRule} from '../domain/version-rule.ts';

/** Makes samples of results by one rule; holds what automatic recognition remembers. `directory` is asked for each result, so pods may come and go. */
export function createRecogniser(rule: VersionRule, directory: () => PodDirectory): (result: ProbeResult) => Sample {
	let memory = noAnswers;
	return result => {
		const {at, latencyMs} = result;
		if (result.kind === 'failure') {
			const {reason, detail} = result;
			return {at, latencyMs, outcome: {kind: 'failure', reason, detail}, podName: undefined, ownerUid: undefined};
		}
		const {outcome, podName, ownerUid, memory: after} = recognise(result.answer, rule, directory(), memory);
		memory = after;
		return {at, latencyMs, outcome, podName, ownerUid};
	};
}

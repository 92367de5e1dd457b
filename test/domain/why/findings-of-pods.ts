import type {Pod} from '../../../src/domain/pod.ts';
import type {Finding} from '../../../src/domain/why/finding.ts';
import {findings as findingsOf} from '../../../src/domain/why/findings.ts';
import {createPodJudgements} from '../../../src/domain/why/pod/pod-judgements.ts';

export type PodsInput = Omit<Parameters<typeof findingsOf>[0], 'podFindings'> & {readonly pods: readonly Pod[]};

/** What is found where these pods are seen for the first time. */
export function findings({pods, ...input}: PodsInput): readonly Finding[] {
	const judgements = createPodJudgements();
	for (const pod of pods) judgements.pod(pod.uid, pod);
	for (const [index, event] of input.events.entries()) judgements.event(String(index), event);
	return findingsOf({...input, podFindings: judgements.at(input.now, input.logTails ?? new Map())});
}

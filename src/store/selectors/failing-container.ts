import {type LogTails, logTailKey} from '../../domain/log-tail.ts';
import type {FailingContainer} from '../views.ts';
import type {RolloutFacts} from './rollout-facts.ts';

/** Whose log tells most about why it does not go on: that of the worst finding which is about a container. */
export function failingContainer(facts: RolloutFacts | undefined, tails: LogTails): FailingContainer | undefined {
	for (const {object, container} of facts?.findings ?? []) {
		const pod = container === undefined ? undefined : facts?.pods.find(({uid}) => uid === object.uid);
		if (pod === undefined || container === undefined) continue;
		const status = [...pod.initContainerStatuses, ...pod.containerStatuses].find(({name}) => name === container.name);
		const tail = tails.get(logTailKey(pod.uid, container.name));
		const restarts = status?.restartCount ?? 0;
		return {
			podUid: pod.uid,
			pod: pod.name,
			container: container.name,
			previous: container.previous,
			restarts,
			lines: tail?.lines,
			linesAreFinal: tail?.previous,
		};
	}
	return undefined;
}

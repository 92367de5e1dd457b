import type {Evidence, RawObject} from './situation.ts';

type Test = (evidence: Evidence) => boolean;

/** A pod's container, of whichever kind, waits for this reason. */
export function waits(reason: string, message = /(?:)/): Test {
	return ({pods}) => containersOf(pods).some(({state}) => state?.waiting?.reason === reason && message.test(state.waiting.message ?? ''));
}

/** A pod's container has ended like this, now or before its last restart. */
export function ended(exitCode: number, reason = /(?:)/): Test {
	return ({pods}) =>
		containersOf(pods).some(({state, lastState}) =>
			[state?.terminated, lastState?.terminated].some(end => end?.exitCode === exitCode && reason.test(end.reason ?? '')),
		);
}

/** A pod's container, by its name, runs. */
export function runs(container: string): Test {
	return ({pods}) => containersOf(pods).some(({name, state}) => name === container && state?.running !== undefined);
}

/** Somebody has told of it. */
export function told(reason: string, message = /(?:)/): Test {
	return ({events}) => events.some(event => event.reason === reason && message.test(event.message ?? ''));
}

/** The API says it of a pod. */
export function podIs(type: string, reason: string, message = /(?:)/): Test {
	return ({pods}) => pods.some(pod => hasCondition(pod, type, reason, message));
}

/** The API says it of the Deployment. */
export function deploymentIs(type: string, reason: string, message = /(?:)/): Test {
	return ({deployment}) => deployment !== undefined && hasCondition(deployment, type, reason, message);
}

/** All of it. */
export function all(...tests: readonly Test[]): Test {
	return evidence => tests.every(test => test(evidence));
}

/** The statuses of all containers, of init containers too. */
export function containersOf(pods: readonly RawObject[]): readonly RawObject[] {
	return pods.flatMap(({status}) => [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]);
}

function hasCondition({status}: RawObject, type: string, reason: string, message: RegExp): boolean {
	const conditions: readonly {readonly type: string; readonly reason?: string; readonly message?: string}[] = status?.conditions ?? [];
	return conditions.some(condition => condition.type === type && condition.reason === reason && message.test(condition.message ?? ''));
}

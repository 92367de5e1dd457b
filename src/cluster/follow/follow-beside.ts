import {kindWords, type WorkloadKind} from '../../domain/kinds/kind-words.ts';
import type {ClusterEvent} from '../../store/event.ts';
import {apiPaths} from '../api-paths.ts';
import {defaultPolicy, sleep} from '../informer/policy.ts';
import {runInformer} from '../informer.ts';
import {parseAutoscaler} from '../parse/autoscaler.ts';
import {parseDisruptionBudget} from '../parse/disruption-budget.ts';
import type {FollowSetting} from './follow-owned.ts';

/** The first frame is drawn before these ask: what they add can wait, the frame can't. */
const afterFirstListsMs = 300;

/** The autoscalers of a kind and the PodDisruptionBudgets of the namespace, for a screen a moment after it was called. */
async function followBeside(
	{connection, signal, policy, besideAtOnce = false}: FollowSetting,
	kind: string,
	emit: (event: ClusterEvent) => void,
	first: () => Promise<void>,
): Promise<void> {
	if (!besideAtOnce) await sleep(afterFirstListsMs, signal, {...defaultPolicy, ...policy});
	await first();
	const shared = {connection, signal, policy, emit, mayBeAbsent: true};
	const {namespace} = connection;
	await Promise.all([
		runInformer({
			...shared,
			stream: 'autoscalers',
			path: apiPaths.autoscalers(namespace),
			parse: parseAutoscaler,
			wants: scaled => scaled.kind === kind,
		}),
		runInformer({...shared, stream: 'disruptionbudgets', path: apiPaths.disruptionbudgets(namespace), parse: parseDisruptionBudget}),
	]);
}

export type Beside = {
	/** Takes note of what a stream brought. */
	heard(event: ClusterEvent): void;
	readonly ended: () => Promise<void>;
};

/** Starts the side streams once ReplicaSets and pods have been listed, or can't be: the first frame and its requests come before. `first`: what comes before them then. */
export function createBeside(
	setting: FollowSetting,
	kind: WorkloadKind,
	emit: (event: ClusterEvent) => void,
	first: () => Promise<void> = () => Promise.resolve(),
): Beside {
	const waited = new Set<string>(['revisions', 'pods']);
	let running: Promise<void> | undefined;
	return {
		heard(event) {
			if (running !== undefined || !('stream' in event)) return;
			if (event.type === 'listed' || (event.type === 'stream-changed' && event.condition.kind === 'forbidden')) waited.delete(event.stream);
			if (waited.size === 0) running = followBeside(setting, kindWords[kind].kind, emit, first);
		},
		ended: async () => running,
	};
}

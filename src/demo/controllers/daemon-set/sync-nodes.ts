import {isNotFound} from '../../api-client.ts';
import type {ApiObject} from '../../api-object.ts';
import {errorOf, isNamespaceTerminating} from '../errors.ts';
import type {Expectations} from '../expectations.ts';
import {keyOf} from '../informer.ts';
import type {Pod} from '../kinds.ts';
import type {PodControl} from '../pod-control.ts';
import {slowStart} from '../slow-start.ts';
import {daemonTemplate} from './daemon-pod.ts';
import type {DaemonSet} from './daemon-set.ts';

/** What making and removing pods needs. */
export interface DaemonManager {
	readonly expectations: Expectations;
	readonly pods: PodControl;
	readonly onCreated: (set: string, pod: ApiObject) => void;
}

/** As many are made or removed in one pass; the rest waits until these have been seen. */
const mostAtOnce = 250;

/** Makes a pod for each of the nodes and removes the pods. Throws the first failure (kubernetes: daemon_controller.go syncNodes). */
export async function syncNodes(set: DaemonSet, nodes: readonly string[], pods: readonly Pod[], hash: string, manager: DaemonManager): Promise<void> {
	const {expectations, pods: control, onCreated} = manager;
	const key = keyOf(set);
	const waiting = nodes.slice(0, mostAtOnce);
	const victims = pods.slice(0, mostAtOnce);
	const count = waiting.length;
	expectations.expect(key, count, victims.map(keyOf));
	const {successes, failure} = await slowStart(count, async () => {
		try {
			onCreated(key, await control.create(set, daemonTemplate(set, waiting.shift() ?? '', hash)));
		} catch (error) {
			if (!isNamespaceTerminating(error)) throw errorOf(error);
		}
	});
	// Nobody will see those that were not made.
	for (let missing = count - successes; missing > 0; missing--) expectations.creationObserved(key);
	const failures = await Promise.all(victims.map(pod => remove(set, pod, manager)));
	const first = failure ?? failures.find(each => each !== undefined);
	if (first !== undefined) throw first;
}

async function remove(set: DaemonSet, pod: Pod, {expectations, pods}: DaemonManager): Promise<Error | undefined> {
	try {
		await pods.remove(set, pod);
		return undefined;
	} catch (error) {
		expectations.deletionObserved(keyOf(set), keyOf(pod));
		return isNotFound(error) ? undefined : errorOf(error);
	}
}

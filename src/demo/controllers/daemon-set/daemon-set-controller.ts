import {type Controller, type ControllerContext, involved} from '../context.ts';
import {createExpectations} from '../expectations.ts';
import {keyOf} from '../informer.ts';
import {createPodControl} from '../pod-control.ts';
import {isEmptySelector} from '../selectors.ts';
import {watchPods} from '../watch-pods.ts';
import {createWorkQueue} from '../work-queue.ts';
import {createWriteTracker} from '../write-tracker.ts';
import type {DaemonSet} from './daemon-set.ts';
import {createEndedPods} from './ended-pods.ts';
import {syncDaemonSet} from './sync-daemon-set.ts';
import type {DaemonManager} from './sync-nodes.ts';
import {watchHistory, watchNodes} from './wake-daemon-sets.ts';

/** Keeps a pod of each DaemonSet on every node that it is for (kubernetes: pkg/controller/daemon). */
export function createDaemonSetController(context: ControllerContext): Controller {
	const {api, clock, informers} = context;
	const {daemonSets, nodes, pods, controllerRevisions} = informers;
	const events = context.recorder('daemonset-controller');
	const expectations = createExpectations(clock);
	const written = createWriteTracker({pods, daemonSets});
	const endedPods = createEndedPods(clock, events);
	const manager: DaemonManager = {expectations, pods: createPodControl(api, events), onCreated: (set, pod) => written.wrote(set, 'pods', pod)};

	const sync = async (key: string) => {
		if (!written.isSeen(key)) throw new Error('the watch is behind what was written');
		const set = daemonSets.get(key);
		if (set === undefined) return expectations.forget(key);
		if (isEmptySelector(set.spec.selector)) {
			return events.record(involved(set), 'Warning', 'SelectingAll', 'This daemon set is selecting all pods. A non-empty selector is required.');
		}
		// What it owns may be gone already: nothing true can be said of one that is being deleted.
		if (set.metadata.deletionTimestamp !== undefined) return;
		const onStatus = (wrote: DaemonSet) => written.wrote(key, 'daemonSets', wrote);
		const checkAgain = (delayMs: number) => queue.addAfter(key, delayMs);
		await syncDaemonSet({context, set, expectations, endedPods, manager, onStatus, checkAgain});
	};
	const queue = createWorkQueue({clock, sync});
	const wake = (set: DaemonSet) => queue.add(keyOf(set));
	daemonSets.onChange(({before, now}) => {
		const changed = now ?? before;
		if (changed === undefined) return;
		if (now === undefined) {
			expectations.forget(keyOf(changed));
			written.forget(keyOf(changed));
		}
		wake(changed);
	});
	// A second more: a pod that is ready since half a second counts from the whole second on.
	const wakeAfter = (set: DaemonSet, delayMs: number) => queue.addAfter(keyOf(set), delayMs + 1_000);
	pods.onChange(watchPods({kind: 'DaemonSet', owners: daemonSets, expectations, wake, wakeAfter}));
	controllerRevisions.onChange(watchHistory(daemonSets, wake));
	nodes.onChange(watchNodes(informers, wake));
	return queue;
}

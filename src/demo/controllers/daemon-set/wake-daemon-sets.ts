import type {ControllerRevision} from '../history/controller-revision.ts';
import type {Informer, OnChange} from '../informer.ts';
import type {Informers} from '../informers.ts';
import type {Node} from '../kinds.ts';
import {controllerOf, findController} from '../owners.ts';
import {selects} from '../selectors.ts';
import type {DaemonSet} from './daemon-set.ts';
import {nodeWish} from './should-run.ts';

type Wake = (set: DaemonSet) => void;

/** A revision that somebody changed or removed is put right; one that nobody owns may be adopted (kubernetes: daemon_controller.go addHistory ff.). */
export function watchHistory(daemonSets: Informer<DaemonSet, 'namespace' | 'owner'>, wake: Wake): OnChange<ControllerRevision> {
	const ownerOf = (revision: ControllerRevision) => findController(controllerOf(revision), 'DaemonSet', revision.metadata.namespace, daemonSets.get);
	const wakeAll = ({metadata: {namespace, labels}}: ControllerRevision) => {
		for (const set of daemonSets.with('namespace', namespace)) if (selects(set.spec.selector, labels)) wake(set);
	};
	return ({before, now}) => {
		// That it was made is no news to who made it.
		const owner = before === undefined ? undefined : ownerOf(now ?? before);
		if (owner !== undefined) wake(owner);
		if (now !== undefined && controllerOf(now) === undefined) wakeAll(now);
	};
}

/** A node that is new, or has other labels or taints, may need a pod or be none for it any more (kubernetes: daemon_controller.go syncNodeUpdate). */
export function watchNodes({daemonSets, pods}: Pick<Informers, 'daemonSets' | 'pods'>, wake: Wake): OnChange<Node> {
	const check = (set: DaemonSet, node: Node, isThere: boolean) => {
		const {shouldRun, mayStay} = nodeWish(set, node);
		if (isThere ? !mayStay || (set.status?.numberMisscheduled ?? 0) > 0 : shouldRun) wake(set);
	};
	return ({before, now}) => {
		if (now === undefined || (before !== undefined && view(before) === view(now))) return;
		const owners = new Set([...pods.with('node', now.metadata.name)].map(pod => controllerOf(pod)?.uid));
		for (const set of daemonSets.all()) check(set, now, owners.has(set.metadata.uid));
	};
}

function view({metadata, spec}: Node): string {
	return JSON.stringify([metadata.labels ?? {}, spec?.taints ?? []]);
}

import type {ArgoRollout, Workload} from '../../domain/workload.ts';
import type {StreamEvent} from '../informer/source.ts';

export type TemplateJoin = {
	/** What the stream of the Rollout brings. */
	readonly rollouts: (event: StreamEvent<'workloads'>) => void;
	/** What the stream of the object brings that holds the template. */
	readonly holders: (event: StreamEvent<'workloads'>) => void;
};

/** The Rollout with the template that `spec.workloadRef` names; a new state of it whenever either of both is written. */
export function withTemplateOf(rollout: ArgoRollout, holder: Workload | undefined): ArgoRollout {
	const {workloadRef} = rollout;
	if (workloadRef === undefined || holder?.name !== workloadRef.name) return rollout;
	const {uid, generation, resourceVersion, template, annotations, selectorQuery} = holder;
	return {
		...rollout,
		resourceVersion: `${rollout.resourceVersion} ${resourceVersion}`,
		template,
		selectorQuery: rollout.selectorQuery || selectorQuery,
		workloadRef: {...workloadRef, holder: {uid, generation, annotations}},
	};
}

type Brought = Extract<StreamEvent<'workloads'>, {type: 'listed' | 'changed'}>;

/** The newest state that an event brings; undefined where there is none any more. */
function newestOf(event: Brought): Workload | undefined {
	if (event.type === 'listed') return event.items.at(-1);
	const last = event.changes.at(-1);
	return last?.kind === 'observed' ? last.object : undefined;
}

function eachOf(event: Brought, change: (workload: Workload) => Workload): Brought {
	if (event.type === 'listed') return {...event, items: event.items.map(change)};
	return {...event, changes: event.changes.map(one => (one.kind === 'observed' ? {kind: 'observed', object: change(one.object)} : one))};
}

/**
 * Puts the template into a Rollout that has none of its own, wherever either changes. Until what holds it has been listed, or can't be, the Rollout is held back:
 * one without a template would look like another rollout.
 */
export function createTemplateJoin(emit: (event: StreamEvent<'workloads'>) => void): TemplateJoin {
	let rollout: Workload | undefined;
	let holder: Workload | undefined;
	let isHolderKnown = false;
	let held: Brought | undefined;
	const joined = (workload: Workload) => (workload.kind === 'ArgoRollout' ? withTemplateOf(workload, holder) : workload);
	const holderKnown = (at: number) => {
		isHolderKnown = true;
		if (held !== undefined) emit(eachOf(held, joined));
		else if (rollout !== undefined) emit({type: 'changed', stream: 'workloads', changes: [{kind: 'observed', object: joined(rollout)}], at});
		held = undefined;
	};
	return {
		rollouts(event) {
			if (event.type !== 'listed' && event.type !== 'changed') return emit(event);
			rollout = newestOf(event);
			const mustWait = rollout?.kind === 'ArgoRollout' && rollout.workloadRef !== undefined && !isHolderKnown;
			// What waits is told as one list: of what came meanwhile only the last counts.
			if (mustWait) held = {type: 'listed', stream: 'workloads', items: rollout === undefined ? [] : [rollout], at: event.at};
			else emit(eachOf(event, joined));
		},
		holders(event) {
			if (event.type === 'listed' || event.type === 'changed') {
				holder = newestOf(event);
				holderKnown(event.at);
			} else if (event.type === 'stream-changed' && event.condition.kind === 'forbidden' && !isHolderKnown) holderKnown(event.condition.since);
		},
	};
}

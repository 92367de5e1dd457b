import {isReleaseKind} from '../domain/kinds/kind-words.ts';
import type {Workload} from '../domain/workload.ts';
import type {RolloutMemory} from './rollout-memory.ts';
import type {SeenRollout, State, Target} from './state.ts';

/** A state seen as that of one workload: what its own screen, its confirmations and its snapshot are made of. */
export type WorkloadState = State & {
	readonly workload: Workload | undefined;
	readonly gone: boolean;
	readonly rollout: SeenRollout | undefined;
	readonly memory?: RolloutMemory | undefined;
};

/** Whose own screen is shown: the workload that is watched or that is steered by what is watched, or the one that was opened behind a watched Service. */
export function focusOf({target, opened, workloads}: Pick<State, 'target' | 'opened' | 'workloads'>): string | undefined {
	if (target.kind === 'Service') return opened;
	return isReleaseKind(target.kind) ? (workloads.keys().next().value ?? target.name) : target.name;
}

/** The state as one workload's, by its name; the same object for the same state. Without a workload of that name it has not been seen yet. */
export function focused(state: State, name: string | undefined = focusOf(state)): WorkloadState {
	return kept(byState, state, name, () => {
		if (name === undefined) return {...state, ...unseen};
		const command = state.command?.workload === name ? state.command : undefined;
		const action = state.action?.workload === name ? state.action : undefined;
		return {...state, ...(state.workloads.get(name) ?? unseen), target: targetOf(state.target, name), command, action};
	});
}

const unseen = {workload: undefined, gone: false, rollout: undefined} as const;
const byState = new WeakMap<State, Map<string | undefined, WorkloadState>>();
const byTarget = new WeakMap<Target, Map<string | undefined, Target>>();

function targetOf(target: Target, name: string): Target {
	return target.kind === 'Service' ? kept(byTarget, target, name, () => ({...target, kind: 'Deployment', name})) : target;
}

/** Behind a Service workloads may come and go under ever new names. */
const mostNames = 200;

/** Views tell by identity whether something changed: what is derived must be the same object as long as its origin is. */
function kept<Of extends WeakKey, Result>(cache: WeakMap<Of, Map<string | undefined, Result>>, of: Of, name: string | undefined, make: () => Result): Result {
	const known = cache.get(of) ?? new Map<string | undefined, Result>();
	cache.set(of, known);
	const result = known.get(name) ?? make();
	if (known.size >= mostNames) known.clear();
	known.set(name, result);
	return result;
}

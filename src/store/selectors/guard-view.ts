import type {Refusal} from '../../domain/command.ts';
import {readOnlyReason} from '../../domain/guard.ts';
import {isReleaseKind, isWorkloadKind} from '../../domain/kinds/kind-words.ts';
import {type ActionName, isReading, missingRight, type Rights, type RightsSubject} from '../../domain/rights.ts';
import type {State} from '../state.ts';
import type {GuardView} from '../views.ts';
import {focused, focusOf} from '../workload-state.ts';

/** What we may do with a workload, as far as the API server has told; without a name: with whose screen it is. */
export function rightsOf(state: Pick<State, 'target' | 'opened' | 'workloads' | 'rights' | 'rightsOf'>, workload: string | undefined = focusOf(state)): Rights {
	const own = workload === undefined ? undefined : state.rightsOf.get(workload);
	return own === undefined ? state.rights : {...state.rights, ...own};
}

/** What keeps keys from acting, and what a person must see all the time. */
export function guardView(state: State): GuardView {
	const {readOnly, isProtected} = state.guard;
	return {readOnly, isProtected, rights: rightsOf(state), subject: rightsSubject(state)};
}

/** Whose rights count: of the named workload, else of the one whose screen it is, as far as it has been seen. */
export function rightsSubject(state: State, name?: string): RightsSubject {
	const {target, workload} = focused(state, name);
	const kind = workload?.kind ?? (isWorkloadKind(target.kind) ? target.kind : 'Deployment');
	const own = isReleaseKind(target.kind) ? {kind: target.kind, name: target.name} : undefined;
	const above = workload?.release && {kind: workload.release.kind, name: workload.release.name};
	const held = workload?.kind === 'ArgoRollout' && workload.workloadRef?.kind === 'Deployment' ? workload.workloadRef.name : undefined;
	const rollout = workload?.release?.kind === 'Application' ? workload.release.rollout?.name : undefined;
	return {kind, release: above ?? own, holder: held, rollout};
}

/** Why an action may not even be asked about; undefined: it may. `workload`: which one of those behind a Service it is for. */
export function guardRefusal(state: State, action: ActionName, workload?: string): Refusal | undefined {
	if (state.guard.readOnly && !isReading(action)) return {message: readOnlyReason, hint: undefined};
	if (rightsOf(state, workload)[action] !== 'denied') return undefined;
	const name = action === 'select' ? state.target.name : (workload ?? focusOf(state));
	return {message: missingRight(action, {namespace: state.target.namespace, name, subject: rightsSubject(state, workload)}), hint: undefined};
}

/** Whether an accepted action is also told to the cluster, as a K8sEvent of the workload: what its confirmation must say. */
export function writesEvent({guard, rights}: Pick<State, 'guard' | 'rights'>): boolean {
	return guard.writesEvents && rights['write-event'] !== 'denied';
}

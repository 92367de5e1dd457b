import {type ActionName, anyRight, type Rights} from '../domain/rights.ts';
import type {RightsEvent} from './event.ts';
import {share} from './share.ts';
import type {State} from './state.ts';

/** What the API server said that we may do; the same state when it is what was known. */
export function learnRights(state: State, {rights, workload}: RightsEvent): State {
	if (workload === undefined) return withRights(state, rights);
	const before = state.rightsOf.get(workload);
	const own = share(before, {...before, ...rights});
	const rightsOf = own === before ? state.rightsOf : new Map(state.rightsOf).set(workload, own);
	const learned = Object.keys(rights) as ActionName[];
	const together = learned.map(action => [action, anyRight([...rightsOf.values()].map(each => each[action] ?? 'unknown'))] as const);
	const next = withRights(state, Object.fromEntries(together));
	return rightsOf === state.rightsOf ? next : {...next, rightsOf};
}

function withRights(state: State, learned: Partial<Rights>): State {
	const rights = share(state.rights, {...state.rights, ...learned});
	return rights === state.rights ? state : {...state, rights};
}

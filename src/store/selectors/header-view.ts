import {kindWords} from '../../domain/kinds/kind-words.ts';
import {keptByTools} from '../../domain/listed-workload.ts';
import {ownerName} from '../../domain/ownership.ts';
import {type StreamCondition, type StreamName, streamNames, streamResource} from '../../domain/stream.ts';
import type {Workload} from '../../domain/workload.ts';
import type {State} from '../state.ts';
import type {HeaderView} from '../views.ts';
import type {WorkloadState} from '../workload-state.ts';
import type {RolloutFacts} from './rollout-facts.ts';

/** Without these three nothing on the screen can be trusted. */
const needed: readonly StreamName[] = ['workloads', 'revisions', 'pods'];

/** Who, where, from what to what, and whether it is live. `behind`: the watched Service, where the workload is one of several behind it. */
export function headerView(state: WorkloadState, facts: RolloutFacts | undefined, now: number, calm: boolean, behind: string | undefined): HeaderView {
	const {target, workload} = state;
	const to = facts?.newReplicaSet;
	const own = ownName(state);
	return {
		context: target.context,
		namespace: target.namespace,
		target: behind === undefined ? own : `svc/${behind} › ${own}`,
		readOnly: state.guard.readOnly,
		connection: connectionOf(state, state.gone, needed, now),
		heardSecondsAgo: heardSecondsAgo(state, now),
		clock: {at: now, seconds: !calm},
		images: {from: facts?.from?.images.join(' '), to: workload?.template.images.join(' ') ?? ''},
		revision: {from: facts?.from?.revision, to: to === undefined ? undefined : facts?.revisionByUid.get(to.uid)},
		changeCause: facts?.changeCause,
		...(workload === undefined ? {} : keeperOf(workload)),
	};
}

/** `deploy/kubia`; with what steers it `app/shop › deploy/kubia`. */
function ownName({target, workload}: WorkloadState): string {
	const watched = `${kindWords[target.kind].short}/${target.name}`;
	if (workload?.release === undefined) return watched;
	const {release} = workload;
	return `${kindWords[release.kind].short}/${release.name} › ${kindWords[workload.kind].short}/${workload.name}`;
}

function keeperOf(workload: Workload): Pick<HeaderView, 'keeper'> {
	const keepers = keptByTools(workload).map(ownerName);
	return keepers.length === 0 ? {} : {keeper: keepers.join(', ')};
}

/** Seconds since anything was heard from the API server; undefined before. */
export function heardSecondsAgo({streams}: State, now: number): number | undefined {
	const heardAt = Math.max(...streamNames.map(name => streams[name].heardAt ?? 0));
	return heardAt === 0 ? undefined : Math.max(0, Math.floor((now - heardAt) / 1000));
}

/** Whether what is shown is live, by the streams without which it can't be trusted. */
export function connectionOf(state: State, isGone: boolean, needed: readonly StreamName[], now: number): HeaderView['connection'] {
	if (isGone) return {kind: 'gone', text: 'DELETED'};
	const conditions = needed.map(name => state.streams[name].condition);
	const lost = conditions.find(condition => condition.kind === 'lost');
	if (lost !== undefined) return {kind: 'lost', text: standing(lost, now)};
	const forbidden = needed.filter(name => state.streams[name].condition.kind === 'forbidden');
	if (forbidden.length > 0) return {kind: 'lost', text: `FORBIDDEN (${forbidden.map(name => streamResource(name, state.target.kind)).join(', ')})`};
	if (conditions.some(condition => condition.kind === 'syncing')) return {kind: 'syncing', text: 'SYNCING'};
	return {kind: 'live', text: 'LIVE'};
}

/** How a stream stands and why, the shortest and most needed first: titles are cut at their end. */
export function conditionText(condition: StreamCondition, now: number): string {
	const reason = 'reason' in condition ? `: ${condition.reason}` : '';
	return `${standing(condition, now)}${reason}`;
}

/** How a stream stands, in a few words. */
export function standing(condition: StreamCondition, now: number): string {
	switch (condition.kind) {
		case 'live':
			return 'LIVE';
		case 'syncing':
			return 'SYNCING';
		case 'forbidden':
			return 'FORBIDDEN';
		case 'lost': {
			const lostFor = Math.max(0, Math.floor((now - condition.since) / 1000));
			const retry = condition.retryAt === undefined || condition.retryAt <= now ? 'retrying' : `retry in ${Math.ceil((condition.retryAt - now) / 1000)}s`;
			return `LOST ${lostFor}s ago, ${retry}`;
		}
	}
}

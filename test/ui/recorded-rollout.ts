import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import {initialState, type State} from '../../src/store/state.ts';
import type {ScreenView} from '../../src/store/views.ts';
import {recordedObjects} from '../domain/why/real-situation.ts';

const byUid = <T extends {readonly uid: string}>(list: readonly T[]): ReadonlyMap<string, T> => new Map(list.map(one => [one.uid, one]));

/** What the rollout's panel is made of, and whether that is stuck, in a situation that a real control plane was in, some seconds after its recording. */
export function recordedRollout(situation: string, laterSeconds = 0): Pick<ScreenView, 'rollout' | 'isStuck'> {
	const {workload, replicaSets, pods, events, now} = recordedObjects(situation, laterSeconds);
	const {namespace, name} = workload;
	const empty = initialState({context: 'real', server: 'https://real.example', namespace, kind: 'Deployment', name}, now, 60);
	const live = {condition: {kind: 'live' as const, since: now}, synced: true, heardAt: now};
	const state: State = {
		...empty,
		streams: Object.fromEntries(Object.keys(empty.streams).map(stream => [stream, live])) as State['streams'],
		workloads: new Map([[name, {workload, gone: false, rollout: undefined}]]),
		replicaSets: byUid(replicaSets),
		pods: byUid(pods),
		k8sEvents: byUid(events),
	};
	const {rollout, isStuck} = createScreenView()(state);
	if (rollout === undefined) throw new Error(`${situation} has no rollout`);
	return {rollout, isStuck};
}

import {createReleaseJoin} from '../../src/cluster/follow/release-join.ts';
import type {StreamEvent} from '../../src/cluster/informer/source.ts';
import {parseApplication} from '../../src/cluster/parse/application.ts';
import {parseKruiseRollout} from '../../src/cluster/parse/kruise-rollout.ts';
import {parsePod} from '../../src/cluster/parse/pod.ts';
import {parseReplicaSet} from '../../src/cluster/parse/replica-set.ts';
import {parseWorkload} from '../../src/cluster/parse/workload.ts';
import type {ObjectChange} from '../../src/store/event.ts';
import {type Feed, feed, type Watched} from './progressive-replay.ts';

const name = 'canary-demo';

/** A feed of objects that only the join knows. */
function joinFeed<T extends {readonly uid: string}>(parse: (raw: unknown) => T | undefined, take: (event: StreamEvent<'workloads', T>) => void): Feed {
	const parsed = (raw: unknown) => {
		const object = parse(raw);
		if (object === undefined) throw new Error('the recording holds an object that is not understood');
		return object;
	};
	return {
		listed(items, at) {
			take({type: 'listed', stream: 'workloads', items: items.map(parsed), at});
			take({type: 'stream-changed', stream: 'workloads', condition: {kind: 'live', since: at}});
		},
		changed(type, raw, at) {
			const object = parsed(raw);
			const change: ObjectChange<T> = type === 'DELETED' ? {kind: 'gone', uid: object.uid} : {kind: 'observed', object};
			take({type: 'changed', stream: 'workloads', changes: [change], at});
		},
	};
}

/** The Deployment of the recordings with what steers it, watched by what steers it or by itself. */
export function releaseWatched(kind: 'KruiseRollout' | 'Application' | 'Deployment'): Watched {
	return {
		kind,
		name,
		wiring: emit => {
			const join = createReleaseJoin({kind, name}, emit);
			return {
				...(kind === 'Application' ? {applications: joinFeed(parseApplication, join.applications)} : {}),
				rollouts: joinFeed(parseKruiseRollout, join.rollouts),
				deployments: joinFeed(parseWorkload, join.deployments),
				replicasets: feed('revisions', parseReplicaSet, join.revisions),
				pods: feed('pods', parsePod, join.pods),
			};
		},
	};
}

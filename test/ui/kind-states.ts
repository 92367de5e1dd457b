import {kindSources} from '../../src/cluster/kinds/kind-source.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {initialState, type State} from '../../src/store/state.ts';

/** States of StatefulSets and DaemonSets, of objects as their controllers write them. */

const now = Date.UTC(2026, 10, 21, 14, 3, 22);
const ago = (seconds: number) => new Date(now - seconds * 1000).toISOString().replace('.000', '');
const template = (image: string) => ({metadata: {labels: {app: 'db'}}, spec: {containers: [{name: 'db', image}]}});

function revisionJson(kind: string, revision: number, image: string) {
	return {
		metadata: {
			uid: `cr-${revision}`,
			name: `db-r${revision}`,
			namespace: 'web',
			resourceVersion: '5',
			creationTimestamp: ago(revision === 1 ? 4000 : 90),
			labels: {app: 'db'},
			ownerReferences: [{apiVersion: 'apps/v1', kind, name: 'db', uid: 'set', controller: true}],
		},
		revision,
		data: {spec: {template: {...template(image), $patch: 'replace'}}},
	};
}

type MadePod = {readonly name: string; readonly revision: number; readonly ready?: boolean; readonly node?: string};

function podJson(kind: string, {name, revision, ready = true, node = 'node-1'}: MadePod) {
	const hash = kind === 'DaemonSet' ? `r${revision}` : `db-r${revision}`;
	return {
		metadata: {
			uid: name,
			name,
			namespace: 'web',
			resourceVersion: '7',
			creationTimestamp: ago(revision === 1 ? 3900 : 40),
			labels: {app: 'db', 'controller-revision-hash': hash},
			ownerReferences: [{apiVersion: 'apps/v1', kind, name: 'db', uid: 'set', controller: true}],
		},
		spec: {nodeName: node, containers: [{name: 'db', image: `postgres:${revision === 1 ? 16 : 17}`}]},
		status: {
			phase: 'Running',
			podIP: '10.1.0.7',
			conditions: [{type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: ago(20)}],
			containerStatuses: [{name: 'db', ready, restartCount: 0, image: 'postgres', state: {running: {startedAt: ago(30)}}}],
		},
	};
}

const meta = {uid: 'set', name: 'db', namespace: 'web', resourceVersion: '9', generation: 2, creationTimestamp: ago(4000), labels: {app: 'db'}};

function stateOf(kind: 'StatefulSet' | 'DaemonSet', object: object, pods: readonly MadePod[]): State {
	const {parse, revisions, parsePod} = kindSources[kind];
	const events: Event[] = (['workloads', 'revisions', 'pods', 'events', 'services', 'endpointslices'] as const).map(stream => ({
		type: 'stream-changed',
		stream,
		condition: {kind: 'live', since: now},
	}));
	const listed = [
		{stream: 'workloads', items: [parse(object)]},
		{stream: 'revisions', items: [revisions.parse(revisionJson(kind, 1, 'postgres:16')), revisions.parse(revisionJson(kind, 2, 'postgres:17'))]},
		{stream: 'pods', items: pods.map(pod => parsePod(podJson(kind, pod)))},
	].map(({stream, items}) => {
		if (items.includes(undefined)) throw new Error(`an object of ${stream} is not understood`);
		return {type: 'listed', stream, items, at: now} as Event;
	});
	const empty = initialState({context: 'prod-eu', server: 'https://10.20.30.40:6443', namespace: 'web', kind, name: 'db'}, now, 60);
	return [...events, ...listed].reduce(reduce, empty);
}

function setSpec(updateStrategy: object) {
	return {replicas: 5, selector: {matchLabels: {app: 'db'}}, serviceName: 'db', updateStrategy, template: template('postgres:17')};
}

function setStatus(updated: number, ready: number) {
	const counts = {replicas: 5, readyReplicas: ready, availableReplicas: ready, currentReplicas: 5 - updated, updatedReplicas: updated};
	return {observedGeneration: 2, ...counts, currentRevision: 'db-r1', updateRevision: 'db-r2'};
}

const ordinals = (firstNew: number, unready?: number): readonly MadePod[] =>
	[0, 1, 2, 3, 4].map(ordinal => ({name: `db-${ordinal}`, revision: ordinal >= firstNew ? 2 : 1, ready: ordinal !== unready}));

/** A StatefulSet whose pods are replaced from the highest ordinal down; the second one is not ready yet. */
export const setRolling = stateOf(
	'StatefulSet',
	{metadata: meta, spec: setSpec({type: 'RollingUpdate', rollingUpdate: {partition: 0}}), status: setStatus(2, 4)},
	ordinals(3, 3),
);

/** A StatefulSet that a partition keeps at two new pods. */
export const setCanary = stateOf(
	'StatefulSet',
	{metadata: meta, spec: setSpec({type: 'RollingUpdate', rollingUpdate: {partition: 3}}), status: setStatus(2, 5)},
	ordinals(3),
);

/** A StatefulSet whose pods somebody has to delete. */
export const setOnDelete = stateOf('StatefulSet', {metadata: meta, spec: setSpec({type: 'OnDelete'}), status: setStatus(1, 5)}, ordinals(4));

/** A DaemonSet on three nodes, one of which has the new pod. */
export const daemonRolling = stateOf(
	'DaemonSet',
	{
		metadata: meta,
		spec: {
			selector: {matchLabels: {app: 'db'}},
			updateStrategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: 0, maxUnavailable: 1}},
			template: template('postgres:17'),
		},
		status: {
			observedGeneration: 2,
			desiredNumberScheduled: 3,
			currentNumberScheduled: 3,
			updatedNumberScheduled: 1,
			numberReady: 2,
			numberAvailable: 2,
			numberUnavailable: 1,
		},
	},
	[
		{name: 'db-aaaaa', revision: 2, ready: false, node: 'node-1'},
		{name: 'db-bbbbb', revision: 1, node: 'node-2'},
		{name: 'db-ccccc', revision: 1, node: 'node-3'},
	],
);

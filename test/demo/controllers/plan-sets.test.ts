import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {DaemonSet} from '../../../src/demo/controllers/daemon-set/daemon-set.ts';
import {daemonSetStatus} from '../../../src/demo/controllers/daemon-set/daemon-set-status.ts';
import {type DaemonSituation, planNodes} from '../../../src/demo/controllers/daemon-set/plan-nodes.ts';
import {planUpdate} from '../../../src/demo/controllers/daemon-set/plan-rolling-update.ts';
import {revisionData, revisionHash} from '../../../src/demo/controllers/history/controller-revision.ts';
import type {Pod, PodTemplate} from '../../../src/demo/controllers/kinds.ts';
import {isReady} from '../../../src/demo/controllers/pods.ts';
import {type PodStep, planPods} from '../../../src/demo/controllers/stateful-set/plan-pods.ts';
import type {StatefulSet} from '../../../src/demo/controllers/stateful-set/stateful-set.ts';
import {sameStatefulSetStatus, statefulSetStatus} from '../../../src/demo/controllers/stateful-set/stateful-set-status.ts';
import {ago, aNode, aPod, now} from './objects.ts';

const template: PodTemplate = {metadata: {labels: {app: 'web'}}, spec: {containers: [{name: 'app'}]}};
const base = {apiVersion: 'apps/v1', metadata: {name: 'db', namespace: 'ns', uid: 'o', resourceVersion: '1', generation: 1, creationTimestamp: ago(600)}};

function aSet(spec: Partial<StatefulSet['spec']> = {}): StatefulSet {
	const updateStrategy = {type: 'RollingUpdate', rollingUpdate: {partition: 0}};
	return {...base, kind: 'StatefulSet', spec: {replicas: 3, selector: {matchLabels: {app: 'web'}}, template, updateStrategy, ...spec}};
}

type State = 'ready' | 'waiting' | 'ending' | 'failed';

function member(ordinal: number, state: State, revision: string): Pod {
	const name = `db-${ordinal}`;
	const labels = {app: 'web', 'statefulset.kubernetes.io/pod-name': name, 'controller-revision-hash': revision};
	const isUp = state === 'ready' || state === 'ending';
	return aPod(name, {labels, deleted: state === 'ending', phase: state === 'failed' ? 'Failed' : 'Running', ...(isUp && {readyAgo: 60})});
}

const states = fc.constantFrom<State>('ready', 'waiting', 'ending', 'failed');
const members = fc
	.uniqueArray(fc.integer({min: 0, max: 6}), {maxLength: 7})
	.chain(ordinals =>
		fc.tuple(...ordinals.map(ordinal => fc.tuple(states, fc.constantFrom('old', 'new')).map(([state, revision]) => member(ordinal, state, revision)))),
	);
const sets = fc.record({replicas: fc.integer({min: 0, max: 5}), partition: fc.integer({min: 0, max: 6}), isParallel: fc.boolean(), isOnDelete: fc.boolean()});

describe('what a StatefulSet does about its pods', () => {
	const stepsOf = (
		pods: readonly Pod[],
		{replicas, partition, isParallel, isOnDelete}: {replicas: number; partition: number; isParallel: boolean; isOnDelete: boolean},
	) => {
		const updateStrategy = isOnDelete ? {type: 'OnDelete'} : {type: 'RollingUpdate', rollingUpdate: {partition}};
		const set = aSet({replicas, updateStrategy, podManagementPolicy: isParallel ? 'Parallel' : 'OrderedReady'});
		return planPods({set, pods, updateRevision: 'new', nowMs: now}).stages.flat();
	};
	const ordinalOf = (step: PodStep) => (step.kind === 'create' ? step.ordinal : Number(step.pod.metadata.name.slice(3)));

	test('one after the other: never two things at a time, and nothing above a place that is empty or waits', () => {
		fc.assert(
			fc.property(members, sets, (pods, options) => {
				const steps = stepsOf(pods, {...options, isParallel: false});
				expect(steps.length).toBeLessThanOrEqual(1);
				for (const step of steps) {
					if (step.kind !== 'create') continue;
					const below = pods.filter(pod => Number(pod.metadata.name.slice(3)) < step.ordinal);
					expect(below).toHaveLength(step.ordinal);
					expect(below.every(pod => isReady(pod) && pod.metadata.deletionTimestamp === undefined)).toBe(true);
				}
			}),
		);
	});

	test('at most one pod makes way for the newest template, an old one, at or above the partition, and none with OnDelete', () => {
		fc.assert(
			fc.property(members, sets, (pods, options) => {
				const updates = stepsOf(pods, options).filter(step => step.kind === 'delete' && step.isUpdate);
				expect(updates.length).toBeLessThanOrEqual(options.isOnDelete ? 0 : 1);
				for (const step of updates) {
					expect(ordinalOf(step)).toBeGreaterThanOrEqual(options.partition);
					expect(step.kind === 'delete' && step.pod.metadata.labels?.['controller-revision-hash']).toBe('old');
				}
			}),
		);
	});

	test('one after the other: the first place that holds up the others is made, or cleared of what has ended', () => {
		fc.assert(
			fc.property(members, sets, (pods, options) => {
				const steps = stepsOf(pods, {...options, isParallel: false});
				const at = (ordinal: number) => pods.find(({metadata}) => metadata.name === `db-${ordinal}`);
				const isFine = (pod: Pod | undefined) => pod !== undefined && isReady(pod) && pod.metadata.deletionTimestamp === undefined;
				const first = Array.from({length: options.replicas}, (_, ordinal) => ordinal).find(ordinal => !isFine(at(ordinal)));
				if (first === undefined) return;
				const pod = at(first);
				if (pod === undefined) expect(steps).toEqual([{kind: 'create', ordinal: first}]);
				else expect(steps).toEqual(pod.status?.phase === 'Failed' ? [{kind: 'delete', pod, isUpdate: false}] : []);
			}),
		);
	});

	test('nothing is removed twice', () => {
		fc.assert(
			fc.property(members, sets, (pods, options) => {
				const ending = pods.filter(({metadata}) => metadata.deletionTimestamp !== undefined).map(({metadata}) => metadata.name);
				const removed = stepsOf(pods, options).flatMap(step => (step.kind === 'delete' ? step.pod.metadata.name : []));
				expect(removed.filter(name => ending.includes(name))).toEqual([]);
			}),
		);
	});

	test('nothing is made where something is, and in parallel all that is missing', () => {
		fc.assert(
			fc.property(members, sets, (pods, options) => {
				const made = stepsOf(pods, options).flatMap(step => (step.kind === 'create' ? step.ordinal : []));
				const taken = pods.map(({metadata}) => metadata.name);
				const missing = Array.from({length: options.replicas}, (_, ordinal) => ordinal).filter(ordinal => !taken.includes(`db-${ordinal}`));
				expect(made).toEqual(options.isParallel ? missing : missing.filter(ordinal => made.includes(ordinal)));
			}),
		);
	});

	test('a set that is being deleted is only counted', () => {
		const set = {...aSet(), metadata: {...aSet().metadata, deletionTimestamp: ago(1)}};
		expect(planPods({set, pods: [], updateRevision: 'new', nowMs: now}).stages.flat()).toEqual([]);
	});

	test('a pod that was adopted gets the labels of its place', () => {
		const pod = {...member(0, 'ready', 'new'), metadata: {...member(0, 'ready', 'new').metadata, labels: {app: 'web', 'controller-revision-hash': 'new'}}};
		const labels = {'statefulset.kubernetes.io/pod-name': 'db-0', 'apps.kubernetes.io/pod-index': '0'};
		expect(planPods({set: aSet({replicas: 1}), pods: [pod], updateRevision: 'new', nowMs: now}).stages.flat()).toEqual([{kind: 'label', pod, labels}]);
	});

	test('the status is complete only when all pods are new and ready, and is then the same again', () => {
		fc.assert(
			fc.property(members, fc.integer({min: 0, max: 5}), (pods, replicas) => {
				const set = aSet({replicas});
				const observed = {set, pods, currentRevision: 'old', updateRevision: 'new', collisionCount: 0, replaced: 0, nowMs: now};
				const status = statefulSetStatus(observed);
				const isComplete =
					pods.length === replicas &&
					pods.every(pod => isReady(pod) && pod.metadata.deletionTimestamp === undefined && pod.metadata.labels?.['controller-revision-hash'] === 'new');
				expect(status.currentRevision).toBe(isComplete ? 'new' : 'old');
				expect(sameStatefulSetStatus(status, status)).toBe(true);
			}),
		);
	});
});

test('a revision has the name that the real controller gave it for the same template', () => {
	const container = {image: 'luksa/kubia:v1', imagePullPolicy: 'IfNotPresent', name: 'app', ports: [{containerPort: 8080, name: 'web', protocol: 'TCP'}]};
	const spec = {
		terminationGracePeriodSeconds: 1,
		containers: [{...container, resources: {}, terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File'}],
		dnsPolicy: 'ClusterFirst',
		restartPolicy: 'Always',
		schedulerName: 'default-scheduler',
		securityContext: {},
	};
	expect(revisionHash(revisionData({metadata: {labels: {app: 'db'}}, spec}), 0)).toBe('74bf6d4498');
});

function aDaemon(rollingUpdate: DaemonSet['spec']['updateStrategy']['rollingUpdate'] = {maxUnavailable: 1, maxSurge: 0}): DaemonSet {
	return {...base, kind: 'DaemonSet', spec: {selector: {matchLabels: {app: 'web'}}, template, updateStrategy: {type: 'RollingUpdate', rollingUpdate}}};
}

describe('what a DaemonSet does about its pods', () => {
	const names = ['a', 'b', 'c', 'd', 'e'];
	const onNode = (node: string, state: State, hash: string, index = 0): Pod =>
		aPod(`${node}-${hash}-${index}`, {
			node,
			labels: {app: 'web', 'controller-revision-hash': hash},
			deleted: state === 'ending',
			phase: state === 'failed' ? 'Failed' : 'Running',
			...((state === 'ready' || state === 'ending') && {readyAgo: 60}),
		});
	// Most nodes have what a rollout finds: one old pod that works.
	const podsOf = (node: string): fc.Arbitrary<readonly Pod[]> =>
		fc.oneof(
			{weight: 3, arbitrary: fc.constant([onNode(node, 'ready', 'old')])},
			{
				weight: 2,
				arbitrary: fc
					.array(fc.tuple(states, fc.constantFrom('old', 'new')), {maxLength: 2})
					.map(all => all.map(([state, hash], index) => onNode(node, state, hash, index))),
			},
		);
	const situations = (rolling: fc.Arbitrary<{maxUnavailable: number; maxSurge: number}>): fc.Arbitrary<DaemonSituation> =>
		fc.tuple(rolling, fc.tuple(...names.map(podsOf)), fc.integer({min: 0, max: names.length})).map(([rollingUpdate, pods, closed]) => ({
			set: aDaemon(rollingUpdate),
			nodes: names.map((name, index) => aNode(name, {spec: index < closed ? {taints: [{key: 'k', effect: 'NoSchedule'}]} : {}})),
			podsByNode: new Map(names.flatMap((name, index) => ((pods[index] ?? []).length === 0 ? [] : [[name, pods[index] ?? []]]))),
			hash: 'new',
			nowMs: now,
		}));
	const unavailability = fc.integer({min: 1, max: 5}).map(maxUnavailable => ({maxUnavailable, maxSurge: 0}));
	const surge = fc.integer({min: 1, max: 5}).map(maxSurge => ({maxUnavailable: 0, maxSurge}));
	const isUp = (pod: Pod) => isReady(pod) && pod.metadata.deletionTimestamp === undefined;

	test('it makes a pod on each open node without one, and on no other', () => {
		fc.assert(
			fc.property(situations(unavailability), situation => {
				const empty = situation.nodes.filter(({metadata, spec}) => spec?.taints === undefined && !situation.podsByNode.has(metadata.name));
				expect(planNodes(situation).nodes).toEqual(empty.map(({metadata}) => metadata.name));
			}),
		);
	});

	test('an update removes old pods only, and takes no more nodes that have an available pod than are left to take', () => {
		fc.assert(
			fc.property(situations(unavailability), situation => {
				const {pods, nodes} = planUpdate(situation);
				expect(nodes).toEqual([]);
				expect(pods.every(({metadata}) => metadata.labels?.['controller-revision-hash'] === 'old' && metadata.deletionTimestamp === undefined)).toBe(true);
				const open = situation.nodes.filter(({spec}) => spec?.taints === undefined).map(({metadata}) => metadata.name);
				const without = open.filter(name => !(situation.podsByNode.get(name) ?? []).some(isUp)).length;
				const limit = situation.set.spec.updateStrategy.rollingUpdate?.maxUnavailable as number;
				expect(pods.filter(isUp).length).toBeLessThanOrEqual(Math.max(0, limit - without));
			}),
		);
	});

	test('with a surge it removes an available pod only where, or because, another one is available, and doubles no more nodes than it may', () => {
		fc.assert(
			fc.property(situations(surge), situation => {
				const {pods, nodes} = planUpdate(situation);
				const upOn = (node: string) => (situation.podsByNode.get(node) ?? []).filter(isUp);
				const isOpen = (node: string) => situation.nodes.some(({metadata, spec}) => metadata.name === node && spec?.taints === undefined);
				for (const pod of pods.filter(isUp)) {
					const node = pod.spec.nodeName ?? '';
					expect(upOn(node).length > 1 || !isOpen(node)).toBe(true);
				}
				const doubled = nodes.filter(node => upOn(node).length > 0);
				expect(doubled.length).toBeLessThanOrEqual(situation.set.spec.updateStrategy.rollingUpdate?.maxSurge as number);
				expect(nodes.every(isOpen)).toBe(true);
			}),
		);
	});

	test('its counts fit together', () => {
		fc.assert(
			fc.property(situations(unavailability), situation => {
				const status = daemonSetStatus(situation, true);
				const {desiredNumberScheduled: desired, currentNumberScheduled: current, numberReady: ready} = status;
				expect(current).toBeLessThanOrEqual(desired);
				expect(ready).toBeLessThanOrEqual(current);
				expect((status.numberAvailable ?? 0) + (status.numberUnavailable ?? 0)).toBe(desired);
			}),
		);
	});
});

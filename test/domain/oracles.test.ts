import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {parsePod} from '../../src/cluster/parse/pod.ts';
import {parseWorkload} from '../../src/cluster/parse/workload.ts';
import {daemonSetStatus} from '../../src/domain/daemon-set-status.ts';
import type {JsonObject} from '../../src/domain/json.ts';
import {podColumns} from '../../src/domain/pod-columns.ts';
import {fenceposts, scaleProportion} from '../../src/domain/rollout-arithmetic.ts';
import {kubectlRolloutStatus} from '../../src/domain/rollout-status.ts';
import {type StatefulSetProgress, statefulSetStatus} from '../../src/domain/stateful-set-status.ts';
import type {IntOrPercent} from '../../src/domain/workload.ts';

/** What upstream's own code answered when it was run: nothing here was written by hand. */
function oracle<T>(name: string): T {
	return JSON.parse(readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'));
}

type PodCase = {name: string; pod: {metadata: JsonObject}; cells: {READY: string; STATUS: string; RESTARTS: string; AGE: string}};
const pods = oracle<{now: string; fixtures: PodCase[]}>('pod-columns.json');

describe('the cells of kubectl get pods, as the real printer made them', () => {
	it.each(pods.fixtures)('$name', ({pod, cells}) => {
		const parsed = parsePod({...pod, metadata: {uid: 'u', ...pod.metadata}});
		if (parsed === undefined) throw new Error('a pod that the printer takes must be parsed');
		const {ready, status, restarts, age} = podColumns(parsed, Date.parse(pods.now));
		expect({READY: ready, STATUS: status, RESTARTS: restarts, AGE: age}).toEqual(cells);
	});

	it('holds all 24 pods', () => expect(pods.fixtures).toHaveLength(24));
});

type StatusCase = {
	Name: string;
	Kind: 'Deployment' | 'StatefulSet' | 'DaemonSet';
	Object: {metadata: {name: string; generation: number}; spec: ApiSpec; status: ApiStatus};
	Revision: number;
	Message: string;
	Done: boolean;
	Error: string;
};
type ApiSpec = {replicas?: number; updateStrategy: {type: string; rollingUpdate?: {partition?: number}}};
type ApiStatus = Partial<Record<string, number>> & {observedGeneration: number} & {currentRevision: string; updateRevision: string};
type ArithmeticCases = {
	rolloutStatus: StatusCase[];
	fenceposts: {Desired: number; MaxSurge: string; MaxUnavailable: string; Surge: number; Unavailable: number}[];
	proportion: {Spec: number; MaxAnno: number; Replicas: number; Surge: number; ToAdd: number; Added: number; Proportion: number}[];
};
const arithmetic = oracle<ArithmeticCases>('rollout-arithmetic.json');

function statusOf({Kind, Object: object, Revision}: StatusCase) {
	const {metadata, spec, status} = object;
	const generations = {generation: metadata.generation, observedGeneration: status.observedGeneration};
	switch (Kind) {
		case 'Deployment': {
			// The oracle's objects have neither uid nor selector; nothing of the status depends on them.
			const workload = parseWorkload({...object, metadata: {uid: 'u', ...metadata}, spec: {...spec, selector: {matchLabels: {app: 'web'}}}});
			if (workload === undefined) throw new Error('a Deployment that kubectl takes must be parsed');
			return kubectlRolloutStatus(workload, Revision);
		}
		case 'StatefulSet':
			return statefulSetStatus({...generations, ...statefulSetProgress(spec, status)});
		case 'DaemonSet':
			return daemonSetStatus({
				...generations,
				name: metadata.name,
				updateType: spec.updateStrategy.type,
				desired: status.desiredNumberScheduled ?? 0,
				updated: status.updatedNumberScheduled ?? 0,
				available: status.numberAvailable ?? 0,
			});
	}
}

function statefulSetProgress(spec: ApiSpec, status: ApiStatus): Omit<StatefulSetProgress, 'generation' | 'observedGeneration'> {
	const {type, rollingUpdate} = spec.updateStrategy;
	return {
		updateType: type,
		rollingUpdate: rollingUpdate === undefined ? undefined : {partition: rollingUpdate.partition},
		replicas: spec.replicas,
		ready: status.readyReplicas ?? 0,
		current: status.currentReplicas ?? 0,
		updated: status.updatedReplicas ?? 0,
		currentRevision: status.currentRevision,
		updateRevision: status.updateRevision,
	};
}

describe('the line of kubectl rollout status, as the real viewer made it', () => {
	it.each(arithmetic.rolloutStatus)('$Kind: $Name', example => {
		const {message, done, error} = statusOf(example);
		expect({Message: error === undefined ? `${message}\n` : '', Done: done, Error: error ?? ''}).toEqual({
			Message: example.Message,
			Done: example.Done,
			Error: example.Error,
		});
	});

	it('says an error as its message too, for the screen', () => {
		const example = arithmetic.rolloutStatus.find(({Name}) => Name === 'timeout');
		if (example === undefined) throw new Error('the oracle holds a timeout');
		expect(statusOf(example).message).toBe(example.Error);
	});

	it('holds all 15 cases', () => expect(arithmetic.rolloutStatus).toHaveLength(15));
});

describe('what the StatefulSet oracle leaves out', () => {
	const done: StatefulSetProgress = {
		updateType: 'RollingUpdate',
		rollingUpdate: {partition: 1},
		generation: 2,
		observedGeneration: 2,
		replicas: 3,
		ready: 3,
		current: 1,
		updated: 2,
		currentRevision: 'db-1',
		updateRevision: 'db-2',
	};

	it.each<[reason: string, change: Partial<StatefulSetProgress>, message: string, isDone: boolean]>([
		['above the partition one pod is left', {updated: 1}, 'Waiting for partitioned roll out to finish: 1 out of 2 new pods have been updated...', false],
		[
			'without a partition nothing is compared',
			{rollingUpdate: {partition: undefined}, updated: 1},
			'partitioned roll out complete: 1 new pods have been updated...',
			true,
		],
		[
			'without rollingUpdate the revisions decide',
			{rollingUpdate: undefined},
			'waiting for statefulset rolling update to complete 2 pods at revision db-2...',
			false,
		],
		['a controller that never looked is waited for', {observedGeneration: 0, generation: 0}, 'Waiting for statefulset spec update to be observed...', false],
		['OnDelete has no rollout', {updateType: 'OnDelete'}, 'rollout status is only available for RollingUpdate strategy type', true],
	])('%s', (_reason, change, message, isDone) => {
		expect(statefulSetStatus({...done, ...change})).toMatchObject({message, done: isDone});
	});

	it('says of a DaemonSet that is done what kubectl says', () => {
		const progress = {name: 'log', updateType: 'RollingUpdate', generation: 1, observedGeneration: 1, desired: 5, updated: 5, available: 5};
		expect(daemonSetStatus(progress)).toEqual({message: 'daemon set "log" successfully rolled out', done: true, error: undefined});
		expect(daemonSetStatus({...progress, generation: 2}).message).toBe('Waiting for daemon set spec update to be observed...');
	});
});

function intOrPercent(text: string): IntOrPercent {
	return text.endsWith('%') ? (text as `${number}%`) : Number(text);
}

describe('the rollout’s arithmetic, as the real controller made it', () => {
	it.each(arithmetic.fenceposts)('of $Desired pods surge $MaxSurge, unavailable $MaxUnavailable are $Surge and $Unavailable', example => {
		const strategy = {type: 'RollingUpdate', maxSurge: intOrPercent(example.MaxSurge), maxUnavailable: intOrPercent(example.MaxUnavailable)} as const;
		expect(fenceposts(strategy, example.Desired)).toEqual({surge: example.Surge, unavailable: example.Unavailable});
	});

	it.each(arithmetic.proportion)('a ReplicaSet of $Spec gets $Proportion of $ToAdd', example => {
		const share = {
			size: example.Spec,
			maxReplicas: example.MaxAnno,
			currentReplicas: example.Replicas,
			desired: example.Replicas,
			surge: example.Surge,
			toAdd: example.ToAdd,
			added: example.Added,
		};
		expect(scaleProportion(share)).toBe(example.Proportion);
	});

	it('holds all 72 and 5 cases', () => expect([arithmetic.fenceposts.length, arithmetic.proportion.length]).toEqual([72, 5]));
});

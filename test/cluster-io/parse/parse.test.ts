import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseAutoscaler} from '../../../src/cluster/parse/autoscaler.ts';
import {parseDisruptionBudget} from '../../../src/cluster/parse/disruption-budget.ts';
import {parseEndpointSlice} from '../../../src/cluster/parse/endpoint-slice.ts';
import {parseK8sEvent} from '../../../src/cluster/parse/k8s-event.ts';
import {parsePod} from '../../../src/cluster/parse/pod.ts';
import {parseReplicaSet} from '../../../src/cluster/parse/replica-set.ts';
import {selectorQueryOf} from '../../../src/cluster/parse/selector.ts';
import {parseService} from '../../../src/cluster/parse/service.ts';
import {parseWorkload} from '../../../src/cluster/parse/workload.ts';
import {podColumns} from '../../../src/domain/pod-columns.ts';
import {deploymentJson, podJson, replicaSetJson, serviceJson} from '../harness/objects.ts';

const parsers = {parseWorkload, parseReplicaSet, parsePod, parseK8sEvent, parseService, parseEndpointSlice, parseAutoscaler, parseDisruptionBudget};

/** Objects with the API's field names and anything at all behind them. */
const fieldNames = [
	...['metadata', 'spec', 'status', 'uid', 'name', 'labels', 'annotations', 'ownerReferences', 'controller', 'creationTimestamp', 'deletionTimestamp'],
	...[
		'selector',
		'matchLabels',
		'matchExpressions',
		'key',
		'operator',
		'values',
		'template',
		'strategy',
		'rollingUpdate',
		'maxSurge',
		'replicas',
		'conditions',
		'type',
	],
	...[
		'containers',
		'initContainers',
		'containerStatuses',
		'state',
		'waiting',
		'terminated',
		'lastState',
		'readinessProbe',
		'startupProbe',
		'periodSeconds',
		'finalizers',
		'schedulingGates',
		'resources',
		'limits',
		'memory',
		'httpGet',
		'port',
		'exec',
		'command',
	],
	...[
		'involvedObject',
		'regarding',
		'series',
		'count',
		'source',
		'ports',
		'endpoints',
		'addresses',
		'targetRef',
		'kubernetes.io/service-name',
		'__proto__',
		'constructor',
	],
];
const {tree} = fc.letrec(tie => ({
	tree: fc.oneof(
		{maxDepth: 6, withCrossShrink: true},
		fc.constantFrom(null, true, 0, -1, 1.5, 'text', '25%', '2026-01-01T00:00:00Z', 'Always'),
		fc.array(tie('tree'), {maxLength: 3}),
		fc.dictionary(fc.constantFrom(...fieldNames), tie('tree'), {maxKeys: 8}),
	),
}));
const anything = fc.oneof(
	tree,
	fc.anything(),
	tree.map(rest => ({...(rest as object), metadata: {uid: 'u', name: 'n', labels: {'kubernetes.io/service-name': 's'}}, involvedObject: {name: 'x'}})),
	fc
		.record({spec: tree, status: tree, endpoints: tree, series: tree})
		.map(parts => ({metadata: {uid: 'u', name: 'n', labels: {'kubernetes.io/service-name': 's'}}, involvedObject: {name: 'x'}, ...parts})),
);

test.each(Object.entries(parsers))('%s drops or understands anything, and never throws', (_name, parse) => {
	fc.assert(
		fc.property(anything, raw => {
			const parsed = parse(raw);
			if (parsed === undefined) return;
			expect(parsed.uid).toBeTypeOf('string');
			// Every text of the result can be printed, but for what is sent back as it stands.
			expect(() => JSON.stringify(parsed)).not.toThrow();
		}),
		{numRuns: 500},
	);
});

test.each(Object.entries(parsers))('%s drops what has no uid or no name', (_name, parse) => {
	for (const metadata of [{}, {uid: 'u'}, {name: 'n'}, {uid: '', name: 'n'}, {uid: 1, name: 2}])
		expect(parse({metadata, spec: {selector: {matchLabels: {a: 'b'}}}})).toBeUndefined();
	for (const raw of [undefined, null, 'text', 1, []]) expect(parse(raw)).toBeUndefined();
});

describe('a Deployment', () => {
	test('becomes a workload with the API’s counts', () => {
		expect(
			parseWorkload(
				deploymentJson('kubia', {
					spec: {paused: true, minReadySeconds: 5, progressDeadlineSeconds: 600},
					status: {unavailableReplicas: 1, terminatingReplicas: 2},
				}),
			),
		).toMatchObject({
			kind: 'Deployment',
			name: 'kubia',
			paused: true,
			revisionText: '2',
			selectorQuery: 'app=kubia',
			template: {images: ['app:v2'], labels: {app: 'kubia'}},
			strategy: {type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%'},
			minReadySeconds: 5,
			progressDeadlineSeconds: 600,
			specReplicas: 3,
			replicas: {desired: 3, current: 3, updated: 3, ready: 3, available: 3, unavailable: 1, terminating: 2},
		});
	});

	test('has no deadline when it has the largest one', () => {
		expect(parseWorkload(deploymentJson('a', {spec: {progressDeadlineSeconds: 2_147_483_647}}))?.progressDeadlineSeconds).toBeUndefined();
	});

	test('without replicas in its spec means one', () => {
		expect(parseWorkload(deploymentJson('a', {spec: {replicas: undefined}}))).toMatchObject({specReplicas: undefined, replicas: {desired: 1}});
	});

	test.each([
		[{type: 'Recreate'}, {type: 'Recreate'}],
		[
			{type: 'RollingUpdate', rollingUpdate: {maxSurge: 1, maxUnavailable: '0%'}},
			{type: 'RollingUpdate', maxSurge: 1, maxUnavailable: '0%'},
		],
		[{rollingUpdate: {maxSurge: 'many'}}, {type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%'}],
	])('has the strategy %j', (strategy, expected) => {
		expect(parseWorkload(deploymentJson('a', {spec: {strategy}}))?.strategy).toEqual(expected);
	});

	test('is dropped when its selector selects nothing: following everything would be wrong', () => {
		expect(parseWorkload(deploymentJson('a', {spec: {selector: {}}}))).toBeUndefined();
	});

	test('keeps its template to the letter', () => {
		const template = {metadata: {labels: {a: 'b'}, creationTimestamp: null}, spec: {containers: [{name: 'x', image: 'i\u0007', args: ['\u001B[31m']}]}};
		const parsed = parseWorkload(deploymentJson('a', {spec: {template}}));
		expect(parsed?.template.raw).toEqual(template);
		expect(parsed?.template.images).toEqual(['i']);
	});
});

test.each([
	[{matchLabels: {b: '2', a: '1'}}, 'a=1,b=2'],
	[{matchExpressions: [{key: 'tier', operator: 'In', values: ['web', 'api']}]}, 'tier in (api,web)'],
	[
		{
			matchLabels: {a: '1'},
			matchExpressions: [
				{key: 'x', operator: 'NotIn', values: ['y']},
				{key: 'e', operator: 'Exists'},
				{key: 'd', operator: 'DoesNotExist'},
			],
		},
		'a=1,!d,e,x notin (y)',
	],
	[{matchExpressions: [{key: 'x', operator: 'Bad'}]}, undefined],
	[{}, undefined],
] as const)('the selector %j is the query %s', (selector, query) => {
	expect(selectorQueryOf(selector)).toBe(query);
});

test('a ReplicaSet knows its owner, revision and template', () => {
	expect(parseReplicaSet(replicaSetJson('kubia', 3, 'app:v3'))).toMatchObject({
		ownerUid: 'uid-kubia',
		annotations: {'deployment.kubernetes.io/revision': '3'},
		template: {images: ['app:v3'], labels: {app: 'kubia', 'pod-template-hash': 'hash3'}},
		desired: 0,
		terminating: undefined,
		createdAt: Date.parse('2026-01-01T00:00:03Z'),
	});
});

describe('seconds that no time can be reckoned with', () => {
	const endless = [2 ** 63, 1e308];
	const end = Date.UTC(2026, 10, 21);
	test.each(endless)('are the most that others hold: %d', seconds => {
		const probe = {httpGet: {port: 80}, initialDelaySeconds: seconds, periodSeconds: seconds, timeoutSeconds: seconds, failureThreshold: 1};
		const raw = podJson('p', '1', {
			spec: {containers: [{name: 'a', readinessProbe: probe}]},
			metadata: {deletionTimestamp: '2026-01-01T00:00:30Z', deletionGracePeriodSeconds: seconds},
		});
		const [grace, spec] = [parsePod(raw)?.deletionGraceSeconds, parsePod(raw)?.containers[0]?.readinessProbe];
		const workload = parseWorkload(deploymentJson('kubia', {spec: {minReadySeconds: seconds, progressDeadlineSeconds: seconds}}));
		for (const one of [grace, spec?.initialDelaySeconds, spec?.periodSeconds, spec?.timeoutSeconds, workload?.minReadySeconds])
			expect(() => new Date(end + (one ?? Number.NaN) * 1000).toISOString()).not.toThrow();
		expect(workload?.progressDeadlineSeconds).toBeUndefined();
	});

	test('nor are the years that only JavaScript knows', () => {
		expect(parsePod(podJson('p', '1', {metadata: {creationTimestamp: '+275760-09-13T00:00:00Z'}}))?.createdAt).toBeUndefined();
	});
});

describe('a pod', () => {
	test('has its states, times and terminations', () => {
		const status = {
			phase: 'Running',
			podIP: '10.1.0.4',
			containerStatuses: [
				{
					name: 'a',
					image: 'a:1',
					ready: true,
					started: true,
					restartCount: 2,
					state: {running: {startedAt: '2026-01-01T00:00:00Z'}},
					lastState: {terminated: {exitCode: 137, reason: 'OOMKilled', finishedAt: '2026-01-01T00:00:00Z'}},
				},
				{name: 'b', state: {waiting: {reason: 'CrashLoopBackOff', message: 'back-off\u001B[0m 10s'}}},
				{name: 'c', state: {}},
			],
			conditions: [{type: 'Ready', status: 'False', reason: 'ContainersNotReady', lastTransitionTime: '2026-01-01T00:00:00Z'}, {status: 'True'}],
		};
		expect(parsePod(podJson('p', '1', {status, metadata: {deletionTimestamp: '2026-01-01T00:00:30Z', managedFields: [{big: 'x'}]}}))).toMatchObject({
			ip: '10.1.0.4',
			deletedAt: Date.parse('2026-01-01T00:00:30Z'),
			conditions: [{type: 'Ready', status: 'False', message: ''}],
			containerStatuses: [
				{ready: true, started: true, restartCount: 2, state: {kind: 'running'}, lastTermination: {exitCode: 137, signal: 0, reason: 'OOMKilled'}},
				{
					ready: false,
					started: undefined,
					restartCount: 0,
					state: {kind: 'waiting', reason: 'CrashLoopBackOff', message: 'back-off 10s'},
					lastTermination: undefined,
				},
				{state: {kind: 'none'}},
			],
		});
	});

	test.each([
		[{httpGet: {path: '/healthz', port: 8080, scheme: 'HTTP'}}, 'GET :8080/healthz'],
		[{httpGet: {port: 'http', scheme: 'HTTPS', host: 'example.test'}}, 'GET https://example.test:http/'],
		[{tcpSocket: {port: 5432}}, 'TCP :5432'],
		[{grpc: {port: 9000}}, 'gRPC :9000'],
		[{exec: {command: ['cat', '/ok']}}, 'exec cat /ok'],
		[{}, undefined],
		[undefined, undefined],
	])('says what its probe %j asks', (readinessProbe, text) => {
		expect(parsePod(podJson('p', '1', {spec: {containers: [{name: 'a', image: 'i', readinessProbe}]}}))?.containers[0]?.readinessProbe?.text).toBe(text);
	});

	test.each([
		['every number that is given', {initialDelaySeconds: 5, periodSeconds: 2, timeoutSeconds: 3, successThreshold: 2, failureThreshold: 9}, [5, 2, 3, 2, 9]],
		['the API’s defaults for what is left out', {}, [0, 10, 1, 1, 3]],
	])('knows how a probe waits: %s', (_reason, numbers, expected) => {
		const startupProbe = {tcpSocket: {port: 1}, ...numbers};
		const container = parsePod(podJson('p', '1', {spec: {containers: [{name: 'a', image: 'i', startupProbe, livenessProbe: startupProbe}]}}))?.containers[0];
		const probe = container?.startupProbe;
		expect([probe?.initialDelaySeconds, probe?.periodSeconds, probe?.timeoutSeconds, probe?.successThreshold, probe?.failureThreshold]).toEqual(expected);
		expect(container?.livenessProbe).toEqual(probe);
		expect(container?.readinessProbe).toBeUndefined();
	});

	test('knows who and what holds a pod: finalizers, scheduling gates, its grace, its memory limit', () => {
		const metadata = {finalizers: ['example.com/wait', 1], deletionTimestamp: '2026-11-21T14:00:30Z', deletionGracePeriodSeconds: 30};
		const containers = [
			{name: 'a', resources: {limits: {memory: '64Mi'}}},
			{name: 'b', resources: {limits: {memory: 1000}}},
		];
		const json = podJson('p', '1', {spec: {schedulingGates: [{name: 'example.com/quota'}], containers}});
		const pod = parsePod({...json, metadata: {...(json as {metadata: object}).metadata, ...metadata}});
		expect(pod).toMatchObject({finalizers: ['example.com/wait'], deletionGraceSeconds: 30, schedulingGates: ['example.com/quota']});
		expect(pod?.containers.map(({memoryLimit}) => memoryLimit)).toEqual(['64Mi', '1000']);
	});

	test('marks sidecars', () => {
		expect(
			parsePod(podJson('p', '1', {spec: {initContainers: [{name: 'proxy', restartPolicy: 'Always'}, {name: 'init'}]}}))?.initContainers.map(
				({sidecar}) => sidecar,
			),
		).toEqual([true, false]);
	});

	test('shares with its equals what five thousand of them have in common', () => {
		const [left, right] = ['a', 'b'].map(name => parsePod(podJson(name, '1', {metadata: {labels: {app: 'web'}}})));
		expect(left?.labels).toBe(right?.labels);
		expect(left?.containers).toBe(right?.containers);
	});
});

describe('a K8sEvent', () => {
	const event = (fields: object) => ({metadata: {uid: 'u', name: 'e.1', resourceVersion: '9'}, involvedObject: {kind: 'Pod', name: 'p', uid: 'pu'}, ...fields});
	const at = (second: number) => `2026-01-01T00:00:0${second}Z`;
	const time = (second: number) => Date.parse(at(second));

	test.each([
		[
			'its series',
			{series: {count: 7, lastObservedTime: at(5)}, lastTimestamp: at(4), firstTimestamp: at(1), count: 3},
			{lastAt: time(5), firstAt: time(1), count: 7},
		],
		['its last time', {lastTimestamp: at(4), firstTimestamp: at(1), eventTime: at(0), count: 3}, {lastAt: time(4), firstAt: time(1), count: 3}],
		['its first time', {firstTimestamp: at(1), eventTime: at(0)}, {lastAt: time(1), firstAt: time(1), count: 1}],
		[
			'its event time',
			{firstTimestamp: null, lastTimestamp: null, eventTime: '2026-01-01T00:00:00.123456Z', count: 0},
			{lastAt: time(0) + 123, firstAt: time(0) + 123, count: 1},
		],
		['none', {}, {lastAt: undefined, firstAt: undefined, count: 1}],
	])('is as old as %s', (_what, fields, expected) => {
		expect(parseK8sEvent(event(fields))).toMatchObject(expected);
	});

	test('has a message that can do no harm', () => {
		expect(parseK8sEvent(event({message: '  Readiness probe failed:\n\u001B[2Jboom\u0007 ', source: {component: 'kubelet'}}))).toMatchObject({
			message: 'Readiness probe failed: boom',
			source: 'kubelet',
		});
	});

	test('of events.k8s.io is read like one of core', () => {
		const newer = {
			metadata: {uid: 'u', name: 'e'},
			regarding: {kind: 'Pod', name: 'p', uid: 'pu'},
			note: 'Pulled',
			reportingController: 'kubelet',
			deprecatedLastTimestamp: at(4),
			deprecatedCount: 2,
		};
		expect(parseK8sEvent(newer)).toMatchObject({object: {kind: 'Pod', name: 'p', uid: 'pu'}, message: 'Pulled', source: 'kubelet', lastAt: time(4), count: 2});
	});
});

test('a Service has its ports and selector', () => {
	expect(parseService(serviceJson('web', {app: 'web'}, [{name: 'http', port: 80, targetPort: 'web', nodePort: 30_000}, {name: 'no port'}]))).toMatchObject({
		type: 'ClusterIP',
		selector: {app: 'web'},
		ports: [{name: 'http', port: 80, protocol: 'TCP', targetPort: 'web', nodePort: 30_000}],
	});
});

test.each([
	[{}, {ready: true, serving: true, terminating: false}],
	[
		{ready: null, serving: null, terminating: null},
		{ready: true, serving: true, terminating: false},
	],
	[{ready: false}, {ready: false, serving: false, terminating: false}],
	[
		{ready: false, serving: true, terminating: true},
		{ready: false, serving: true, terminating: true},
	],
])('an endpoint with the conditions %j is read as the API means it', (conditions, expected) => {
	const slice = {
		metadata: {uid: 'u', name: 'web-abc', labels: {'kubernetes.io/service-name': 'web'}},
		addressType: 'IPv4',
		endpoints: [{addresses: ['10.0.0.1'], conditions, targetRef: {kind: 'Pod', name: 'p', uid: 'pu'}}],
	};
	expect(parseEndpointSlice(slice)).toMatchObject({serviceName: 'web', endpoints: [{addresses: ['10.0.0.1'], podName: 'p', podUid: 'pu', ...expected}]});
});

type OraclePod = {readonly name: string; readonly pod: {readonly metadata: object}; readonly cells: Readonly<Record<string, string>>};
const oracle: {readonly now: string; readonly fixtures: readonly OraclePod[]} = JSON.parse(
	readFileSync(new URL('../fixtures/pod-columns.json', import.meta.url), 'utf8'),
);

test.each(oracle.fixtures)('gives the columns of kubectl from the pod as the API sends it: $name', ({pod, cells}) => {
	const parsed = parsePod({...pod, metadata: {uid: 'u', ...pod.metadata}});
	if (parsed === undefined) throw new Error('dropped');
	const {ready, status, restarts, age} = podColumns(parsed, Date.parse(oracle.now));
	expect({READY: ready, STATUS: status, RESTARTS: restarts, AGE: age}).toEqual(cells);
});

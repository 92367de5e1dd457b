import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {JsonObject} from '../../../src/demo/api/json.ts';
import type {StoredObject} from '../../../src/demo/api/resource.ts';
import {builtInResources} from '../../../src/demo/api/resources.ts';
import {eventForm, inForm, objectFormOf} from '../../../src/demo/api/table.ts';
import {compileJsonPath} from '../../../src/demo/api/tables/json-path.ts';

const tableAccept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';
const now = Date.parse('2026-11-21T12:00:00Z');
const created = '2026-11-21T11:50:00Z';

const resourceOf = (plural: string, group = '') => {
	const resource = builtInResources.find(each => each.plural === plural && each.group === group);
	if (resource === undefined) throw new Error(`${plural}.${group} is not served`);
	return resource;
};
const formOf = (accept: string, query = '') => {
	const form = objectFormOf(accept, new URLSearchParams(query));
	if (form === undefined) throw new Error('objects as they are');
	return form;
};
const tableOf = (resource: ReturnType<typeof resourceOf>, objects: readonly JsonObject[], at = now, query = '') =>
	inForm(formOf(tableAccept, query), {resource, objects: objects as readonly StoredObject[], list: {resourceVersion: '7'}}, at) as {
		columnDefinitions: {name: string; priority: number}[];
		rows: {cells: unknown[]; object: unknown; conditions?: unknown}[];
		metadata: unknown;
	};
const cellsOf = (plural: string, group: string, object: JsonObject) => {
	const {columnDefinitions, rows} = tableOf(resourceOf(plural, group), [
		{...object, metadata: {name: 'a', creationTimestamp: created, ...(object.metadata as object)}},
	]);
	return Object.fromEntries(columnDefinitions.map(({name}, index) => [name, rows[0]?.cells[index]]));
};

describe('pods, as upstream’s own printer shows them', () => {
	const {fixtures, now: fixtureNow} = JSON.parse(readFileSync(new URL('../../fixtures/pod-columns.json', import.meta.url), 'utf8'));
	test.for(fixtures as {name: string; pod: JsonObject; cells: Record<string, string>}[])('$name', ({pod, cells}) => {
		const {columnDefinitions, rows} = tableOf(resourceOf('pods'), [pod], Date.parse(fixtureNow));
		const shown = Object.fromEntries(columnDefinitions.map(({name}, index) => [name.toUpperCase(), rows[0]?.cells[index]]));
		expect(shown).toMatchObject(cells);
	});
});

test.for([
	[
		'a budget',
		'poddisruptionbudgets',
		'policy',
		{spec: {minAvailable: '50%'}, status: {disruptionsAllowed: 2}},
		{Name: 'a', 'Min Available': '50%', 'Max Unavailable': 'N/A', 'Allowed Disruptions': 2, Age: '10m'},
	],
	[
		'an autoscaler that knows its load',
		'horizontalpodautoscalers',
		'autoscaling',
		{
			spec: {
				scaleTargetRef: {kind: 'Deployment', name: 'web'},
				minReplicas: 2,
				maxReplicas: 9,
				metrics: [
					{type: 'Resource', resource: {name: 'cpu', target: {averageUtilization: 80}}},
					{type: 'Resource', resource: {name: 'memory', target: {averageValue: '1Gi'}}},
					{type: 'Resource', resource: {name: 'cpu', target: {}}},
				],
			},
			status: {currentReplicas: 3, currentMetrics: [{type: 'Resource', resource: {name: 'cpu', current: {averageUtilization: 41}}}]},
		},
		{Reference: 'Deployment/web', Targets: 'cpu: 41%/80%, memory: <unknown>/1Gi + 1 more...', MinPods: '2', MaxPods: 9, Replicas: 3, Age: '10m'},
	],
	[
		'a Deployment',
		'deployments',
		'apps',
		{
			spec: {
				replicas: 3,
				selector: {matchLabels: {b: '2', a: '1'}},
				template: {
					spec: {
						containers: [
							{name: 'x', image: 'i:1'},
							{name: 'y', image: 'j'},
						],
					},
				},
			},
			status: {readyReplicas: 2, updatedReplicas: 1},
		},
		{Ready: '2/3', 'Up-to-date': 1, Available: 0, Age: '10m', Containers: 'x,y', Images: 'i:1,j', Selector: 'a=1,b=2'},
	],
	[
		'a selector of expressions',
		'replicasets',
		'apps',
		{
			spec: {
				selector: {
					matchExpressions: [
						{key: 'z', operator: 'Exists'},
						{key: 'a', operator: 'In', values: ['q', 'p']},
						{key: 'm', operator: 'DoesNotExist'},
					],
				},
			},
		},
		{Desired: 0, Selector: 'a in (p,q),!m,z'},
	],
	[
		'a Service with a node port',
		'services',
		'',
		{spec: {type: 'NodePort', clusterIPs: ['10.96.0.9'], ports: [{port: 80, nodePort: 31180, protocol: 'TCP'}]}},
		{'Port(s)': '80:31180/TCP', 'External-IP': '<none>', Selector: '<none>'},
	],
	[
		'a Service without an address yet',
		'services',
		'',
		{spec: {type: 'LoadBalancer', clusterIPs: ['None']}},
		{'Cluster-IP': 'None', 'External-IP': '<pending>', 'Port(s)': '<none>'},
	],
	[
		'Endpoints of four pods',
		'endpoints',
		'',
		{subsets: [{addresses: ['1', '2', '3', '4'].map(ip => ({ip})), ports: [{port: 80}]}]},
		{Endpoints: '1:80,2:80,3:80 + 1 more...'},
	],
	['an empty slice', 'endpointslices', 'discovery.k8s.io', {addressType: 'IPv4', endpoints: [], ports: []}, {Ports: '<unset>', Endpoints: '<unset>'}],
	[
		'a quota',
		'resourcequotas',
		'',
		{status: {hard: {pods: '4', 'requests.cpu': '2', 'limits.memory': '1024Mi'}, used: {pods: '1', 'requests.cpu': '1500m'}}},
		{Request: 'pods: 1/4, requests.cpu: 1500m/2', Limit: 'limits.memory: 0/1Gi'},
	],
	[
		'an event in a series',
		'events',
		'',
		{
			type: 'Warning',
			involvedObject: {kind: 'Pod', name: 'p'},
			eventTime: '2026-11-21T11:00:00.5Z',
			series: {count: 9, lastObservedTime: '2026-11-21T11:59:58Z'},
			message: ' no \n',
		},
		{'Last Seen': '2s', 'First Seen': '59m', Count: 9, Object: 'pod/p', Message: 'no'},
	],
	[
		'a revision',
		'controllerrevisions',
		'apps',
		{revision: 4, metadata: {ownerReferences: [{controller: true, apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db'}]}},
		{Controller: 'statefulset.apps/db', Revision: 4},
	],
	[
		'a node that is closed',
		'nodes',
		'',
		{spec: {unschedulable: true}, status: {conditions: [{type: 'Ready', status: 'Unknown'}]}},
		{Status: 'NotReady,SchedulingDisabled', Roles: '<none>', 'OS-Image': '<unknown>'},
	],
] as const)('%s', ([, plural, group, object, cells]) => {
	expect(cellsOf(plural, group, object as unknown as JsonObject)).toMatchObject(cells);
});

test('a custom resource shows the columns that its definition declares', () => {
	const resource = {
		...resourceOf('configmaps'),
		custom: true,
		printerColumns: [
			{name: 'Phase', type: 'string', jsonPath: '.status.phase'},
			{name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status'},
			{name: 'Step', type: 'integer', jsonPath: '.status.step', priority: 1},
			{name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp'},
		],
	};
	const object = {
		metadata: {name: 'a', creationTimestamp: created},
		status: {
			conditions: [
				{type: 'X', status: 'no'},
				{type: 'Ready', status: 'yes'},
			],
			step: 2.5,
		},
	};
	expect(tableOf(resource, [object]).rows[0]?.cells).toEqual(['a', null, 'yes', 2, '10m']);
});

describe('the forms', () => {
	const pod = {kind: 'Pod', apiVersion: 'v1', metadata: {name: 'a', resourceVersion: '3'}};
	const metadata = {kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: pod.metadata};

	test.for([
		['', metadata],
		['includeObject=Metadata', metadata],
		['includeObject=None', null],
		['includeObject=Object', pod],
	] as const)('a row shows of its object what is asked for: %s', ([query, object]) => {
		expect(tableOf(resourceOf('pods'), [pod], now, query).rows[0]?.object).toEqual(object);
	});

	test('an unknown word for that is refused', () => {
		expect(() => formOf(tableAccept, 'includeObject=All')).toThrow(`includeObject: Invalid value: "All": must be 'Metadata', 'Object', 'None', or empty`);
	});

	test('metadata alone, of an object and of a list', () => {
		const content = {resource: resourceOf('pods'), objects: [pod as unknown as StoredObject]};
		expect(inForm(formOf('application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'), content, now)).toEqual(metadata);
		const listForm = formOf('application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json');
		expect(inForm(listForm, {...content, list: {resourceVersion: '9'}}, now)).toEqual({
			kind: 'PartialObjectMetadataList',
			apiVersion: 'meta.k8s.io/v1',
			metadata: {resourceVersion: '9'},
			items: [metadata],
		});
		expect(() => inForm(listForm, content, now)).toThrow('is not a list');
	});

	test('in a watch only the first table tells its columns, and a Status stays one', () => {
		const form = eventForm(formOf(tableAccept, 'includeObject=Object'), resourceOf('pods'), () => now);
		expect(form(pod)).toMatchObject({kind: 'Table', columnDefinitions: [{name: 'Name'}, {}, {}, {}, {}, {}, {}, {}, {}], rows: [{object: pod}]});
		expect(form(pod)).toMatchObject({kind: 'Table', columnDefinitions: null, metadata: {resourceVersion: '3'}});
		expect(form({kind: 'Status', code: 410})).toEqual({kind: 'Status', code: 410});
	});

	test.for([undefined, '', '*/*', 'application/json', 'application/yaml, application/json;q=0.5', 'application/json;as=Nonsense;g=x;v=v1,application/json'])(
		'objects as they are: %s',
		accept => expect(objectFormOf(accept, new URLSearchParams())).toBeUndefined(),
	);

	test.for(['application/vnd.kubernetes.protobuf', 'text/html', ';', 'application/json;as=Table;g=meta.k8s.io;v=v9'])('not acceptable: %s', accept => {
		expect(() => objectFormOf(accept, new URLSearchParams())).toThrow('only the following media types are accepted');
	});
});

describe('whatever an object holds', () => {
	const anyJson = fc.jsonValue().map(value => value as JsonObject);
	test.for(builtInResources.map(resource => [`${resource.plural}.${resource.group}`, resource] as const))('%s have a cell for each column', ([, resource]) => {
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom('metadata', 'spec', 'status', 'subsets', 'endpoints', 'ports', 'series'), anyJson), object => {
				const {columnDefinitions, rows} = tableOf(resource, [object]);
				expect(rows[0]?.cells).toHaveLength(columnDefinitions.length);
			}),
			{numRuns: 30},
		);
	});

	test('a JSON path never throws', () => {
		fc.assert(fc.property(fc.string(), anyJson, (path, object) => void compileJsonPath(path)(object)));
	});
});

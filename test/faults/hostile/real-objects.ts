import {readdirSync, readFileSync} from 'node:fs';
import {basename} from 'node:path';

/** Recordings of real API servers and controllers call their files as the API calls what is in them. */
const kindOfFile: Readonly<Record<string, string>> = {
	'deployments.ndjson': 'Deployment',
	'replicasets.ndjson': 'ReplicaSet',
	'pods.ndjson': 'Pod',
	'events.ndjson': 'Event',
	'endpointslices.ndjson': 'EndpointSlice',
	'services.ndjson': 'Service',
};

const folder = new URL('../../fixtures/', import.meta.url);

type Raw = {readonly kind?: unknown; readonly metadata?: {readonly name?: unknown}};

/** An answer of Argo's, Kruise's and the API's own kinds that the recordings hold none of. */
const written: readonly object[] = [
	{
		kind: 'Gateway',
		metadata: {uid: 'g', name: 'edge', namespace: 'infra'},
		spec: {
			listeners: [
				{name: 'http', port: 80, protocol: 'HTTP'},
				{name: 'https', port: 443, protocol: 'HTTPS', hostname: '*.example'},
			],
		},
		status: {addresses: [{type: 'IPAddress', value: '203.0.113.20'}]},
	},
	{
		kind: 'HTTPRoute',
		metadata: {uid: 'h', name: 'shop', namespace: 'web'},
		spec: {
			hostnames: ['shop.example'],
			parentRefs: [{name: 'edge', namespace: 'infra', sectionName: 'http'}],
			rules: [
				{
					matches: [{path: {type: 'PathPrefix', value: '/shop'}, headers: [{name: 'x-tester', value: 'yes'}]}],
					backendRefs: [
						{name: 'kubia', port: 80, weight: 90},
						{name: 'kubia-next', port: 80, weight: 10},
					],
				},
			],
		},
	},
];

function collect(value: unknown, kind: string | undefined, into: Map<string, object[]>): void {
	if (typeof value !== 'object' || value === null) return;
	const object = value as Raw;
	const own = typeof object.kind === 'string' ? object.kind : kind;
	if (own !== undefined && typeof object.metadata?.name === 'string') {
		// Answers to requests were recorded without what differs from run to run.
		const ownerReferences = [{kind: 'DaemonSet', name: 'owner', uid: 'uid-owner', controller: true}];
		const metadata = {uid: `uid-${object.metadata.name}`, resourceVersion: '1', ownerReferences, ...object.metadata};
		into.set(own, [...(into.get(own) ?? []), {...object, metadata}]);
		return;
	}
	for (const inner of Object.values(value)) collect(inner, kind, into);
}

function jsonValues(text: string): readonly unknown[] {
	try {
		return [JSON.parse(text)];
	} catch {
		return text
			.split('\n')
			.filter(line => line !== '')
			.map(line => JSON.parse(line));
	}
}

/** The API objects of all recordings in test/fixtures, by their kind; of each kind at most `most`, spread over the recordings. */
export function realObjects(most: number): ReadonlyMap<string, readonly object[]> {
	const objects = new Map<string, object[]>();
	const files = readdirSync(folder, {recursive: true, encoding: 'utf8'}).filter(file => /\.(?:nd)?json$/.test(file));
	for (const file of files.toSorted()) {
		for (const value of jsonValues(readFileSync(new URL(file, folder), 'utf8'))) collect(value, kindOfFile[basename(file)], objects);
	}
	for (const object of written) collect(object, undefined, objects);
	return new Map(Array.from(objects, ([kind, all]) => [kind, all.filter((_, index) => index % Math.ceil(all.length / most) === 0)]));
}

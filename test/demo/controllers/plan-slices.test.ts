import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {subsetsOf} from '../../../src/demo/controllers/endpoints/endpoint-subsets.ts';
import type {EndpointSlice} from '../../../src/demo/controllers/endpoints/endpoint-types.ts';
import {planSlices, type SlicePlan} from '../../../src/demo/controllers/endpoints/plan-slices.ts';
import type {Pod, Service} from '../../../src/demo/controllers/kinds.ts';
import {aNode, aPod, aService} from './objects.ts';

const nodeOf = (name: string) => (name === 'node-1' ? aNode(name, {labels: {'topology.kubernetes.io/zone': 'z1'}}) : undefined);
const plan = (service: Service, pods: readonly Pod[], existing: readonly EndpointSlice[] = []) => planSlices({service, pods, nodeOf, existing});
let serial = 0;

/** What the API would hold after the plan. */
function carryOut(existing: readonly EndpointSlice[], {create, update, remove}: SlicePlan): readonly EndpointSlice[] {
	const changed = new Map(update.map(slice => [slice.metadata.uid, slice]));
	const gone = new Set(remove.map(({metadata}) => metadata.uid));
	const kept = existing.filter(({metadata}) => !gone.has(metadata.uid)).map(slice => changed.get(slice.metadata.uid) ?? slice);
	const made = create.map(slice => {
		const id = `slice-${serial++}`;
		return {...slice, metadata: {...slice.metadata, name: id, uid: id, resourceVersion: '1', creationTimestamp: ''}} as EndpointSlice;
	});
	return [...kept, ...made];
}

const ready = (name: string, ip: string, traits = {}) => aPod(name, {ip, readyAgo: 5, ...traits});

describe('EndpointSlices', () => {
	test('tell of each pod whether it is ready, serving and terminating', () => {
		const pods = [
			ready('a', '10.1.0.1'),
			aPod('b', {ip: '10.1.0.2'}),
			ready('c', '10.1.0.3', {deleted: true}),
			aPod('d'),
			aPod('e', {ip: '10.1.0.5', phase: 'Failed'}),
		];
		const [slice] = plan(aService(), pods).create;
		expect(slice?.endpoints?.map(({addresses, conditions}) => [addresses[0], ...Object.values(conditions)])).toEqual([
			['10.1.0.1', true, true, false],
			['10.1.0.2', false, false, false],
			['10.1.0.3', false, true, true],
		]);
		expect(slice?.endpoints?.[0]).toMatchObject({nodeName: 'node-1', zone: 'z1', targetRef: {kind: 'Pod', namespace: 'ns', name: 'a', uid: 'a'}});
		expect(slice).toMatchObject({
			addressType: 'IPv4',
			ports: [{name: 'web', port: 8080, protocol: 'TCP'}],
			metadata: {generateName: 'web-', labels: {team: 'a'}},
		});
	});

	test('of a Service that publishes what is not ready call everything ready', () => {
		const [slice] = plan(aService({publishNotReadyAddresses: true}), [aPod('b', {ip: '10.1.0.2', deleted: true})]).create;
		expect(slice?.endpoints?.[0]?.conditions).toEqual({ready: true, serving: false, terminating: true});
	});

	test('are apart for pods that call different ports by the same name', () => {
		const other = ready('b', '10.1.0.2', {spec: {containers: [{name: 'app', ports: [{name: 'http', containerPort: 9090}]}]}});
		const nameless = ready('c', '10.1.0.3', {spec: {containers: [{name: 'app'}]}});
		const {create} = plan(aService(), [ready('a', '10.1.0.1'), other, nameless]);
		expect(create.map(({ports}) => ports?.map(({port}) => port))).toEqual([[8080], [9090], []]);
	});

	test('are one empty slice when there is nobody, and that one is used when somebody comes', () => {
		const empty = plan(aService(), []);
		expect(empty.create).toMatchObject([{endpoints: [], ports: []}]);
		const existing = carryOut([], empty);
		expect(plan(aService(), [], existing)).toEqual({create: [], update: [], remove: []});
		const next = plan(aService(), [ready('a', '10.1.0.1')], existing);
		expect([next.create.length, next.update.length, next.remove.length]).toEqual([0, 1, 0]);
	});

	test('are renewed when labels of the Service change, without those that are reserved', () => {
		const existing = carryOut([], plan(aService(), [ready('a', '10.1.0.1')]));
		const service = aService();
		const relabelled = {...service, metadata: {...service.metadata, labels: {team: 'b', 'kubernetes.io/service-name': 'liar'}}};
		const {update} = plan(relabelled, [ready('a', '10.1.0.1')], existing);
		expect(update[0]?.metadata.labels).toMatchObject({team: 'b', 'kubernetes.io/service-name': 'web'});
	});

	test('hold every pod once, a hundred at most, and are not written without need', () => {
		const pods = fc.uniqueArray(fc.integer({min: 0, max: 400}), {maxLength: 260}).map(ids => ids.map(id => ready(`p${id}`, `10.1.${id >> 8}.${id & 255}`)));
		fc.assert(
			fc.property(fc.array(pods, {minLength: 1, maxLength: 4}), steps => {
				let slices: readonly EndpointSlice[] = [];
				for (const step of steps) {
					slices = carryOut(slices, plan(aService(), step, slices));
					const names = slices.flatMap(({endpoints}) => endpoints ?? []).map(({targetRef}) => targetRef?.name);
					expect(names.toSorted()).toEqual(step.map(({metadata}) => metadata.name).toSorted());
					expect(slices.every(({endpoints}) => (endpoints ?? []).length <= 100)).toBe(true);
					expect(plan(aService(), step, slices)).toEqual({create: [], update: [], remove: []});
				}
			}),
			{numRuns: 60},
		);
	});
});

describe('Endpoints', () => {
	test('put ready and other pods apart, sorted by address, terminating ones left out', () => {
		const pods = [ready('b', '10.1.0.9'), ready('a', '10.1.0.1'), aPod('c', {ip: '10.1.0.3'}), ready('d', '10.1.0.4', {deleted: true})];
		const {
			subsets: [subset],
			isTruncated,
		} = subsetsOf(aService(), pods);
		expect(subset?.addresses?.map(({ip}) => ip)).toEqual(['10.1.0.1', '10.1.0.9']);
		expect(subset?.notReadyAddresses?.map(({ip}) => ip)).toEqual(['10.1.0.3']);
		expect(subset?.ports).toEqual([{name: 'web', port: 8080, protocol: 'TCP'}]);
		expect(isTruncated).toBe(false);
	});

	test('hold a thousand addresses at most, ready ones first', () => {
		const pods = Array.from({length: 1_200}, (_, id) => aPod(`p${id}`, {ip: `10.1.${id >> 8}.${id & 255}`, ...(id < 900 && {readyAgo: 5})}));
		const {
			subsets: [subset],
			isTruncated,
		} = subsetsOf(aService(), pods);
		expect([subset?.addresses?.length, subset?.notReadyAddresses?.length]).toEqual([900, 100]);
		expect(isTruncated).toBe(true);
	});

	test('are none for a Service without pods', () => expect(subsetsOf(aService(), []).subsets).toEqual([]));
});

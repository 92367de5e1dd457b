import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {endpointsOf, receivingEndpoints} from '../../src/domain/expected-share.ts';
import type {Pod} from '../../src/domain/pod.ts';
import type {Endpoint, EndpointSlice} from '../../src/domain/service.ts';
import {expectedShares} from '../../src/store/expected-shares.ts';
import {VersionedMap} from '../../src/store/versioned-map.ts';
import {pod} from '../domain/cluster-objects.ts';

function endpoint(uid: string | undefined, state: Partial<Endpoint> = {}): Endpoint {
	return {addresses: [`10.0.0.${uid}`], podUid: uid, podName: uid, ready: true, serving: true, terminating: false, ...state};
}

function slice(serviceName: string, ...endpoints: readonly Endpoint[]): EndpointSlice {
	return {uid: `${serviceName}-1`, name: `${serviceName}-1`, resourceVersion: '1', serviceName, addressType: 'IPv4', endpoints};
}

function podOf(uid: string, revision: number): Pod {
	return pod(uid, `rs-${revision}`, true);
}

const pods = new Map([...'12345'].map(uid => [uid, podOf(uid, 4)] as const).concat([...'678'].map(uid => [uid, podOf(uid, 5)] as const)));

function shares(...slices: readonly EndpointSlice[]) {
	return expectedShares({endpointSlices: new Map(slices.map((one, index) => [`${index}`, one])), pods}, 'nginx-svc');
}

const notReady = {ready: false, serving: false};
const leaving = {ready: false, serving: true, terminating: true};

describe('expectedShares', () => {
	it('counts the ready endpoints of each owner, most first', () => {
		const [first, ...others] = [...'1234567'].map(uid => endpoint(uid));
		expect(shares(slice('nginx-svc', ...others), slice('nginx-svc', ...(first ? [first] : []), endpoint('8')))).toEqual([
			{ownerUid: 'rs-4', ready: 5, share: 5 / 8},
			{ownerUid: 'rs-5', ready: 3, share: 3 / 8},
		]);
	});

	it('counts a pod once, although it stands in a slice for each family and set of ports', () => {
		expect(shares(slice('nginx-svc', endpoint('1'), endpoint('6')), slice('nginx-svc', endpoint('1', {addresses: ['fd00::1']})))).toEqual([
			{ownerUid: 'rs-4', ready: 1, share: 0.5},
			{ownerUid: 'rs-5', ready: 1, share: 0.5},
		]);
	});

	it('counts it as ready where one slice still says that it is not', () => {
		expect(shares(slice('nginx-svc', endpoint('1', notReady)), slice('nginx-svc', endpoint('1')))).toEqual([{ownerUid: 'rs-4', ready: 1, share: 1}]);
		expect(shares(slice('nginx-svc', endpoint('1')), slice('nginx-svc', endpoint('1', notReady)))).toEqual([{ownerUid: 'rs-4', ready: 1, share: 1}]);
	});

	it('leaves out those that are not ready or terminate', () => {
		expect(shares(slice('nginx-svc', endpoint('1'), endpoint('2', leaving), endpoint('6', notReady)))).toEqual([{ownerUid: 'rs-4', ready: 1, share: 1}]);
	});

	it('goes to those that terminate and still serve where no other is left, as kube-proxy does', () => {
		expect(shares(slice('nginx-svc', endpoint('1', leaving), endpoint('6', {...leaving, serving: false}), endpoint('7', notReady)))).toEqual([
			{ownerUid: 'rs-4', ready: 1, share: 1},
		]);
	});

	it('knows nothing of other Services and expects nothing without endpoints', () => {
		expect(shares(slice('other', endpoint('1')))).toEqual([]);
		expect(shares(slice('nginx-svc', endpoint('1', notReady)))).toEqual([]);
	});

	it('gives endpoints of pods that are not known a share of their own, last of equal ones', () => {
		expect(shares(slice('nginx-svc', endpoint('elsewhere'), endpoint(undefined), endpoint('1'), endpoint('2')))).toEqual([
			{ownerUid: 'rs-4', ready: 2, share: 0.5},
			{ownerUid: undefined, ready: 2, share: 0.5},
		]);
	});

	it('tells owners with equal counts in one order, wherever their endpoints stand', () => {
		const expected = [
			{ownerUid: 'rs-4', ready: 1, share: 0.5},
			{ownerUid: 'rs-5', ready: 1, share: 0.5},
		];
		expect(shares(slice('nginx-svc', endpoint('6'), endpoint('1')))).toEqual(expected);
		expect(shares(slice('nginx-svc', endpoint('1'), endpoint('6')))).toEqual(expected);
	});
});

/** An edit of a slice, or of a pod; undefined: it goes. */
type Edit = {readonly slice: string; readonly endpoints: readonly Endpoint[] | undefined} | {readonly pod: string; readonly revision: number | undefined};

const uids = fc.constantFrom(...'123456789');
const anyEndpoint = fc
	.tuple(fc.option(uids, {nil: undefined}), fc.constantFrom<Partial<Endpoint>>({}, notReady, leaving, {...leaving, serving: false}))
	.map(([uid, state]) => endpoint(uid, state));
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
	fc.record({slice: fc.constantFrom('nginx-svc-a', 'nginx-svc-b', 'other-a'), endpoints: fc.option(fc.array(anyEndpoint, {maxLength: 6}), {nil: undefined})}),
	fc.record({pod: uids, revision: fc.option(fc.integer({min: 3, max: 5}), {nil: undefined})}),
);

type Objects = {readonly endpointSlices: VersionedMap<string, EndpointSlice>; readonly pods: VersionedMap<string, Pod>};

function edited({endpointSlices, pods: known}: Objects, edit: Edit): Objects {
	if ('pod' in edit) return {endpointSlices, pods: known.with([[edit.pod, edit.revision === undefined ? undefined : podOf(edit.pod, edit.revision)]])};
	const after = edit.endpoints && slice(edit.slice.slice(0, -2), ...edit.endpoints);
	return {endpointSlices: endpointSlices.with([[edit.slice, after]]), pods: known};
}

/** Counted endpoint by endpoint. */
function counted(slices: Iterable<EndpointSlice>, known: ReadonlyMap<string, Pod>) {
	const receiving = receivingEndpoints(endpointsOf({slices, serviceName: 'nginx-svc'}));
	const owners = receiving.map(({podUid}) => (podUid === undefined ? undefined : known.get(podUid)?.ownerUid));
	return new Map([...new Set(owners)].map(owner => [owner, owners.filter(one => one === owner).length]));
}

it('follows slices and pods from one version to the next, several at a time, to what is counted from the start', () => {
	fc.assert(
		fc.property(fc.array(fc.array(anyEdit, {minLength: 1, maxLength: 5}), {maxLength: 20}), turns => {
			let objects: Objects = {endpointSlices: VersionedMap.of(new Map()), pods: VersionedMap.of(pods)};
			for (const edits of turns) {
				objects = edits.reduce(edited, objects);
				const told = expectedShares(objects, 'nginx-svc');
				const right = counted(objects.endpointSlices.values(), objects.pods);
				expect(new Map(told.map(({ownerUid, ready}) => [ownerUid, ready]))).toEqual(right);
				expect(told.reduce((sum, {share}) => sum + share, 0)).toBeCloseTo(right.size === 0 ? 0 : 1);
			}
		}),
	);
});

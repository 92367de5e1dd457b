import {describe, expect, it} from 'vitest';
import {expectedShares} from '../../src/domain/expected-share.ts';
import type {Pod} from '../../src/domain/pod.ts';
import type {Endpoint, EndpointSlice} from '../../src/domain/service.ts';
import {pod} from './cluster-objects.ts';

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
	return expectedShares({slices, serviceName: 'nginx-svc', pods});
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

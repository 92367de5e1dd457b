import {expect, it} from 'vitest';
import {parseConnectTo} from '../../../src/domain/mix/connect-to.ts';
import {onlyLoopback} from '../../../src/domain/mix/loopback-routes.ts';
import {plainChoice, type RouteChoice} from '../../../src/domain/mix/route-choice.ts';

const base = {...plainChoice, id: 'id', title: 'title', measures: 'this', not: 'that'};

function url(target: string, address?: string): RouteChoice {
	const connectTo = address === undefined ? undefined : parseConnectTo(address);
	if (connectTo !== undefined && 'error' in connectTo) throw new Error(connectTo.error);
	return {...base, route: 'url', target, extras: connectTo === undefined ? {} : {connectTo: [connectTo]}};
}

it.each<readonly [string, RouteChoice, boolean]>([
	['each pod at its own address', {...base, route: 'pod-address', target: 'pod-ips'}, false],
	['a node’s port', url('http://172.18.0.2:30080/'), false],
	['a node’s port on loopback', url('http://127.0.0.1:30080/'), true],
	['all of loopback', url('http://127.8.0.1:30080/'), true],
	['loopback in IPv6', url('http://[::1]:30080/'), true],
	['an address of IPv6', url('http://[fd00::1]:30080/'), false],
	['a host at an ingress of the cluster’s', url('http://shop.test/', '10.0.0.1'), false],
	['a host at an ingress on loopback', url('http://shop.test/', '127.0.0.1'), true],
	['a host that only begins like loopback', url('http://127.0.0.1.example/'), false],
	['a Service through the API server', {...base, route: 'service-proxy', target: 'svc/kubia'}, true],
	['pods through the API server', {...base, route: 'pod-proxy', target: 'pods'}, true],
	['a Service from a pod of the cluster', {...base, route: 'in-cluster', target: 'svc/kubia'}, true],
])('where the cluster’s addresses lead nowhere, %s can be asked only if it stays on this machine', (_what, choice, isKept) => {
	expect(onlyLoopback([choice], 'no way')).toEqual([isKept ? choice : {...choice, unavailable: 'no way'}]);
});

it('keeps the reason that was there', () => {
	const choice: RouteChoice = {...base, route: 'pod-address', target: 'pod-ips', unavailable: 'no pod has an address yet'};
	expect(onlyLoopback([choice], 'no way')).toEqual([choice]);
});

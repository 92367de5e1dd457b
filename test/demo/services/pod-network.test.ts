import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Network} from '../../../src/demo/network.ts';
import {createPodNetwork} from '../../../src/demo/services/pod-network.ts';
import type {EndpointSliceObject, ServiceDirectory, ServiceObject, SliceEndpoint} from '../../../src/demo/services/service-directory.ts';
import {createManualClock} from '../manual-clock.ts';

const metadata = {uid: 'u', resourceVersion: '1', creationTimestamp: ''};

function serviceOf(name: string, namespace: string, spec: ServiceObject['spec']): ServiceObject {
	return {apiVersion: 'v1', kind: 'Service', metadata: {...metadata, uid: `${namespace}/${name}`, name, namespace}, spec};
}

/** Endpoints of all Services alike: one port `http`, given as 8080. */
function directoryOf(services: readonly ServiceObject[], endpoints: readonly SliceEndpoint[]): ServiceDirectory {
	const slice: EndpointSliceObject = {apiVersion: '', kind: '', metadata: {...metadata, name: 's'}, ports: [{name: 'http', port: 8080}], endpoints};
	return {
		services: () => services,
		find: (namespace, name) => services.find(service => service.metadata.namespace === namespace && service.metadata.name === name),
		slicesOf: () => [slice],
		listed: Promise.resolve(),
		onService: () => undefined,
		stop: async () => undefined,
	};
}

/** Everybody listens but 10.244.9.9; what is connected to is told by its port. */
const network: Network = {listen: () => undefined, resolve: async (ip, port) => (ip === '10.244.9.9' ? undefined : {host: `to-${ip}`, port})};
const client = {namespace: 'shop', ip: '10.244.1.2'};
const web = serviceOf('web', 'shop', {clusterIP: '10.96.0.7', ports: [{name: 'http', port: 80}]});
const ready = (ip: string): SliceEndpoint => ({addresses: [ip], conditions: {ready: true}});
const notReady = (ip: string): SliceEndpoint => ({addresses: [ip], conditions: {ready: false, serving: false, terminating: false}});
const ending = (ip: string): SliceEndpoint => ({addresses: [ip], conditions: {ready: false, serving: true, terminating: true}});

function netOf(services: readonly ServiceObject[], endpoints: readonly SliceEndpoint[], random = () => 0) {
	const clock = createManualClock();
	const directory = directoryOf(services, endpoints);
	return {clock, ...createPodNetwork({network, directory: () => directory, clock, random})};
}

describe('what a pod is connected to', () => {
	test.each(['web', 'WEB', 'web.shop', 'web.shop.svc', 'web.shop.svc.cluster.local', 'web.shop.svc.cluster.local.', '10.96.0.7'])('by %s', async name => {
		const net = netOf([web], [notReady('10.244.1.8'), ready('10.244.1.9')]);
		expect(await net.route(client, name, 80)).toEqual({kind: 'address', ip: '10.96.0.7', socket: {host: 'to-10.244.1.9', port: 8080}});
	});

	test.each(['shop', 'web.other', 'web.shop.example.com', 'example.com', ''])('nothing by %j', async name => {
		expect(await netOf([web], [ready('10.244.1.9')]).route(client, name, 80)).toEqual({kind: 'unknown-host'});
	});

	test('a pod by its own address, any port', async () => {
		const net = netOf([web], []);
		expect(await net.route(client, '10.244.1.4', 9_000)).toEqual({kind: 'address', ip: '10.244.1.4', socket: {host: 'to-10.244.1.4', port: 9_000}});
		expect(await net.route(client, '10.244.9.9', 9_000)).toEqual({kind: 'refused', ip: '10.244.9.9'});
	});

	test('nothing while nobody is ready, or at a port that the Service does not have', async () => {
		expect(await netOf([web], [notReady('10.244.1.8')]).route(client, 'web', 80)).toEqual({kind: 'refused', ip: '10.96.0.7'});
		expect(await netOf([web], [ready('10.244.1.9')]).route(client, 'web', 8080)).toEqual({kind: 'refused', ip: '10.96.0.7'});
	});

	test('those that end but still serve, only while nobody is ready', async () => {
		const last = netOf([web], [ending('10.244.1.8'), notReady('10.244.1.7')], () => 0.99);
		expect(await last.route(client, 'web', 80)).toMatchObject({socket: {host: 'to-10.244.1.8'}});
		const other = netOf([web], [ending('10.244.1.8'), ready('10.244.1.9')]);
		expect(await other.route(client, 'web', 80)).toMatchObject({socket: {host: 'to-10.244.1.9'}});
	});

	test('a pod of a Service without an address, at its own port', async () => {
		const headless = serviceOf('web', 'shop', {clusterIP: 'None', ports: [{name: 'http', port: 80}]});
		const net = netOf([headless], [ready('10.244.1.9')]);
		expect(await net.route(client, 'web', 8080)).toEqual({kind: 'address', ip: '10.244.1.9', socket: {host: 'to-10.244.1.9', port: 8080}});
		expect(await netOf([headless], []).route(client, 'web', 8080)).toEqual({kind: 'unknown-host'});
	});

	test('each ready endpoint as likely as the other', async () => {
		const endpoints = ['10.244.1.1', '10.244.1.2', '10.244.1.3', '10.244.1.4'].map(ready);
		await fc.assert(
			fc.asyncProperty(fc.integer({min: 0, max: 3}), fc.double({min: 0, max: 1, maxExcluded: true, noNaN: true}), async (index, within) => {
				const route = await netOf([web], endpoints, () => (index + within * 0.999) / 4).route(client, 'web', 80);
				expect(route).toMatchObject({socket: {host: `to-10.244.1.${index + 1}`}});
			}),
		);
	});

	test('always the same one where the Service keeps its clients, until that goes or the time is over', async () => {
		const endpoints = [ready('10.244.1.1'), ready('10.244.1.2'), ready('10.244.1.3')];
		let chance = 0;
		const sticky = serviceOf('web', 'shop', {...web.spec, sessionAffinity: 'ClientIP', sessionAffinityConfig: {clientIP: {timeoutSeconds: 60}}});
		const net = netOf([sticky], endpoints, () => chance);
		const ask = async (who = client) => {
			const route = await net.route(who, 'web', 80);
			return route.kind === 'address' ? route.socket.host : route.kind;
		};
		expect(await ask()).toBe('to-10.244.1.1');
		chance = 0.5;
		expect(await ask()).toBe('to-10.244.1.1');
		expect(await ask({...client, ip: '10.244.1.77'})).toBe('to-10.244.1.2');
		await net.clock.advance(59_000);
		expect(await ask()).toBe('to-10.244.1.1');
		await net.clock.advance(61_000);
		expect(await ask()).toBe('to-10.244.1.2');
		endpoints.splice(1, 1);
		expect(await ask()).toBe('to-10.244.1.3');
	});
});

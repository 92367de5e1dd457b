import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {findRoutes} from '../../src/cluster/find-routes.ts';
import {parseGateway, parseHttpRoute} from '../../src/cluster/parse/gateway.ts';
import {parseIngress} from '../../src/cluster/parse/ingress.ts';
import {parseNodePlaces} from '../../src/cluster/parse/node-places.ts';
import {parsePod} from '../../src/cluster/parse/pod.ts';
import {parseService} from '../../src/cluster/parse/service.ts';
import {parseSampleTarget} from '../../src/domain/sample-target.ts';
import {answerJson, answerStatus, type Received} from './harness/api-server.ts';
import {connectTo} from './harness/kubeconfig.ts';
import {podJson, serviceJson} from './harness/objects.ts';
import {startRestServer} from './harness/rest-server.ts';

const core = '/api/v1/namespaces/web';
const ingressPath = 'GET /apis/networking.k8s.io/v1/namespaces/web/ingresses';
const gatewayApi = '/apis/gateway.networking.k8s.io/v1/namespaces';
type Responder = (request: Received, response: Parameters<typeof answerStatus>[0]) => void;

const forbidden: Responder = (_request, response) => answerStatus(response, 403, 'Forbidden', 'forbidden');
/** Lets everything but what is named as `RESOURCE/SUBRESOURCE` or `…:NAME`. */
const reviews = (...denied: readonly string[]): Responder => {
	return ({body}, response) => {
		const {resource, subresource, name} = JSON.parse(body).spec.resourceAttributes;
		const what = subresource === undefined ? resource : `${resource}/${subresource}`;
		answerJson(response, {status: {allowed: !denied.includes(what) && !denied.includes(`${what}:${name}`)}}, 201);
	};
};

function service(name: string, spec: object, status: object = {}) {
	const json = serviceJson(name, {app: 'kubia'});
	return {...json, spec: {...json.spec, ...spec}, status};
}

/** What is found with these Services of the workload, and these answers besides. */
async function routes(services: readonly ReturnType<typeof service>[], answers: Readonly<Record<string, unknown>> = {}) {
	const own = services.map(each => [`GET ${core}/services/${each.metadata.name}`, each] as const);
	const review = {'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews': reviews()};
	const server = await startRestServer({...review, ...Object.fromEntries(own), ...answers});
	const connection = await connectTo(server.url, {}, {namespace: 'web'});
	const pods = [podJson('kubia-1', '1', {status: {podIP: '10.1.0.1'}})].flatMap(pod => parsePod(pod) ?? []);
	const choices = await findRoutes({connection, services: services.flatMap(each => parseService(each) ?? []), pods});
	return {choices, of: (id: string) => choices.find(choice => choice.id === id), server};
}

const http = {ports: [{name: 'http', port: 80, targetPort: 8080}]};

describe('any Service', () => {
	test('is offered through the API server, from inside the cluster, and pod by pod; only what creates something asks first', async () => {
		const {choices} = await routes([service('kubia', http)]);
		expect(choices.map(({id, route, target, needsConfirmation, unavailable}) => [id, route, target, needsConfirmation, unavailable])).toEqual([
			['service-proxy/kubia', 'service-proxy', 'svc/kubia', false, undefined],
			['pods', 'pod-proxy', 'pods', false, undefined],
			['pod-ips', 'pod-address', 'pod-ips', false, undefined],
			['in-cluster/kubia', 'in-cluster', 'svc/kubia', true, undefined],
		]);
		for (const {measures, not} of choices) expect([measures.length > 20, not.length > 20]).toEqual([true, true]);
	});

	test('with several ports, none of them for HTTP, is asked at its first', async () => {
		const {of} = await routes([
			service('kubia', {
				ports: [
					{name: 'a', port: 7000},
					{name: 'b', port: 7001},
				],
			}),
		]);
		expect(of('service-proxy/kubia')?.target).toBe('svc/kubia:7000');
	});

	test.each([
		[{type: 'ExternalName', ports: []}, 'it is only a name for another host (ExternalName)'],
		[{ports: [{port: 53, protocol: 'UDP'}]}, 'it has no TCP port'],
	])('that cannot be asked says why: %j', async (spec, unavailable) => {
		const {of} = await routes([service('kubia', spec)]);
		expect([of('service-proxy/kubia')?.unavailable, of('in-cluster/kubia')?.unavailable]).toEqual([unavailable, unavailable]);
	});

	test('that sticks to a source says that the proxy does not', async () => {
		const {of} = await routes([service('kubia', {...http, sessionAffinity: 'ClientIP'})]);
		expect(of('service-proxy/kubia')?.not).toContain('its session affinity (ClientIP)');
		expect(of('in-cluster/kubia')?.measures).toContain('its session affinity (ClientIP)');
	});

	test('says what we may not do, by the name of the Service where rights are given so', async () => {
		const review = 'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
		const {of} = await routes([service('kubia', http), service('safe', {ports: [{port: 443}]})], {
			[review]: reviews('services/proxy:kubia:80', 'pods/proxy', 'pods'),
		});
		expect(of('service-proxy/kubia')?.unavailable).toBe('you may not get services/proxy here');
		expect(of('service-proxy/safe')?.unavailable).toBeUndefined();
		expect(of('pods')?.unavailable).toBe('you may not get pods/proxy here');
		expect(of('in-cluster/kubia')?.unavailable).toBe('you may not create pods here');
	});
});

describe('a NodePort', () => {
	const nodePort = {type: 'NodePort', ports: [{name: 'http', port: 80, nodePort: 31_180}]};
	const node = (name: string, ready: boolean, ...addresses: readonly object[]) => ({
		metadata: {uid: name, name},
		status: {addresses: [...addresses, {type: 'Hostname', address: name}], conditions: [{type: 'Ready', status: ready ? 'True' : 'Unknown'}]},
	});

	test('is asked at a ready node that can be reached from outside', async () => {
		const internal = {type: 'InternalIP', address: '10.0.0.1'};
		const external = {type: 'ExternalIP', address: '203.0.113.7'};
		const {of} = await routes([service('kubia', nodePort)], {
			'GET /api/v1/nodes': [
				node('a', true, internal),
				node('b', false, external),
				node('c', true, {...internal, address: '10.0.0.3'}, {...external, address: '203.0.113.9'}),
			],
		});
		expect(of('node-port/kubia:80')).toMatchObject({target: 'http://203.0.113.9:31180/', title: 'NodePort 31180 of svc/kubia at c', unavailable: undefined});
	});

	test('at an internal address says so; IPv6 gets its brackets, a local policy is named', async () => {
		const {of} = await routes([service('kubia', {...nodePort, externalTrafficPolicy: 'Local'})], {
			'GET /api/v1/nodes': [node('a', true, {type: 'InternalIP', address: 'fd00::1'})],
		});
		expect(of('node-port/kubia:80')).toMatchObject({target: 'http://[fd00::1]:31180/', not: expect.stringContaining('may not be reached from here')});
		expect(of('node-port/kubia:80')?.measures).toContain('externalTrafficPolicy: Local');
	});

	test('says that nodes may not be listed; and without one they are not asked for', async () => {
		const {of} = await routes([service('kubia', nodePort)], {'GET /api/v1/nodes': forbidden});
		expect(of('node-port/kubia:80')?.unavailable).toBe('you may not list nodes: no node’s address is known');
		const {server} = await routes([service('kubia', http)]);
		expect(server.asked().some(line => line.includes('/nodes'))).toBe(false);
	});
});

describe('a load balancer', () => {
	test('is asked at its address or name, an external address too', async () => {
		const spec = {type: 'LoadBalancer', ports: [{name: 'https', port: 443}], externalIPs: ['198.51.100.4']};
		const {of} = await routes([service('kubia', spec, {loadBalancer: {ingress: [{ip: '203.0.113.7', ipMode: 'VIP'}, {hostname: 'a1b2.elb.example'}]}})]);
		expect(of('load-balancer/kubia/203.0.113.7')?.target).toBe('https://203.0.113.7/');
		expect(of('load-balancer/kubia/a1b2.elb.example')?.target).toBe('https://a1b2.elb.example/');
		expect(of('external-ip/kubia/198.51.100.4')?.target).toBe('https://198.51.100.4/');
	});

	test('that is pending says so', async () => {
		const {of} = await routes([service('kubia', {...http, type: 'LoadBalancer'}, {loadBalancer: {}})]);
		expect(of('load-balancer/kubia/')?.unavailable).toBe('it has no address yet: its load balancer is pending');
	});
});

describe('an Ingress', () => {
	const backend = (name: string) => ({service: {name, port: {number: 80}}});
	const ingress = (name: string, spec: object, annotations: object = {}, addresses: readonly object[] = [{ip: '203.0.113.9'}]) => ({
		metadata: {uid: name, name, namespace: 'web', annotations},
		spec: {ingressClassName: 'nginx', ...spec},
		status: {loadBalancer: {ingress: addresses}},
	});
	const rule = (host: string | undefined, path: string, name: string, pathType = 'Prefix') => ({
		...(host === undefined ? {} : {host}),
		http: {paths: [{path, pathType, backend: backend(name)}]},
	});
	const at = (address: string, port: number) => ({connectTo: [{fromHost: undefined, fromPort: undefined, host: address, port}]});

	test('is asked for its host at its address, over TLS where it has a certificate for that host', async () => {
		const {of} = await routes([service('kubia', http)], {
			[ingressPath]: [
				ingress('shop', {rules: [rule('shop.example', '/v', 'kubia'), rule('pay.example', '/', 'kubia')], tls: [{hosts: ['shop.example'], secretName: 's'}]}),
				ingress('wild', {rules: [rule('*.any.example', '/', 'kubia')], tls: [{hosts: ['*.any.example']}]}),
				ingress('other', {rules: [rule('other.example', '/', 'other')]}),
			],
		});
		expect(of('ingress/shop/shop.example/v')).toMatchObject({target: 'https://shop.example/v', extras: at('203.0.113.9', 443), unavailable: undefined});
		expect(of('ingress/shop/pay.example/')).toMatchObject({target: 'http://pay.example/', extras: at('203.0.113.9', 80)});
		expect(of('ingress/wild/*.any.example/')).toMatchObject({target: 'https://rollwatch.any.example/', extras: at('203.0.113.9', 443)});
		expect(of('ingress/other/other.example/')).toBeUndefined();
	});

	test('without a host is asked at its address, without either not at all; a default backend counts', async () => {
		const {of} = await routes([service('kubia', http)], {
			[ingressPath]: [
				ingress('open', {rules: [rule(undefined, '/app(/|$)(.*)', 'kubia', 'ImplementationSpecific')]}),
				ingress('all', {defaultBackend: backend('kubia')}),
				ingress('new', {rules: [rule(undefined, '/', 'kubia')]}, {}, []),
				ingress('named', {rules: [rule('by.example', '/', 'kubia')]}, {}, []),
			],
		});
		expect(of('ingress/open//app')).toMatchObject({target: 'http://203.0.113.9/app', extras: {}});
		expect(of('ingress/all//')).toMatchObject({target: 'http://203.0.113.9/'});
		expect(of('ingress/new//')?.unavailable).toContain('neither a host nor an address');
		expect(of('ingress/named/by.example/')).toMatchObject({target: 'http://by.example/', extras: {}, unavailable: undefined});
	});

	test('with canaries of ingress-nginx declares their weights, and offers their header', async () => {
		const nginx = (more: object) =>
			Object.fromEntries(Object.entries({canary: 'true', ...more}).map(([name, value]) => [`nginx.ingress.kubernetes.io/${name}`, value]));
		const {of} = await routes([service('web-v2', http)], {
			[ingressPath]: [
				ingress('main', {rules: [rule('demo.example', '/', 'web-v1')]}),
				ingress('canary', {rules: [rule('demo.example', '/', 'web-v2')]}, nginx({'canary-weight': '20', 'canary-by-header': 'X-Canary'})),
				ingress('elsewhere', {rules: [rule('demo.example', '/x', 'web-v2')]}, nginx({'canary-weight': '50'})),
			],
		});
		expect(of('ingress/main/demo.example/')?.declaredWeights).toEqual([
			{service: 'web-v1', weight: 0.8},
			{service: 'web-v2', weight: 0.2},
		]);
		expect(of('ingress/main/demo.example/ X-Canary: always')).toMatchObject({
			extras: {...at('203.0.113.9', 80), headers: [{name: 'X-Canary', value: 'always'}]},
		});
		expect(of('ingress/elsewhere/demo.example/x')).toBeUndefined();
	});

	test('may be hidden from us, which is said', async () => {
		const {of} = await routes([service('kubia', http)], {[ingressPath]: forbidden});
		expect(of('ingress')?.unavailable).toBe('you may not list ingresses');
	});
});

describe('the Gateway API', () => {
	const gateway = (addresses: readonly object[] = [{type: 'IPAddress', value: '203.0.113.20'}]) => ({
		metadata: {uid: 'g', name: 'edge', namespace: 'infra'},
		spec: {
			gatewayClassName: 'any',
			listeners: [
				{name: 'http', port: 8080, protocol: 'HTTP'},
				{name: 'https', port: 8443, protocol: 'HTTPS', hostname: '*.example', tls: {mode: 'Terminate'}},
				{name: 'tcp', port: 5432, protocol: 'TCP'},
			],
		},
		status: {addresses},
	});
	const httpRoute = (spec: object) => ({
		metadata: {uid: 'r', name: 'kubia', namespace: 'web'},
		spec: {parentRefs: [{name: 'edge', namespace: 'infra'}], ...spec},
	});
	const backends = [
		{name: 'kubia', port: 80, weight: 90},
		{name: 'kubia-next', port: 80, weight: 10},
	];
	const answers = (route: object, more: object = {}) => ({
		[`GET ${gatewayApi}/web/httproutes`]: [route],
		[`GET ${gatewayApi}/infra/gateways/edge`]: gateway(),
		...more,
	});

	test('is asked at the listener for its host, and declares its weights', async () => {
		const matches = [{path: {type: 'PathPrefix', value: '/shop'}}, {path: {type: 'PathPrefix', value: '/shop'}, headers: [{name: 'x-tester', value: 'yes'}]}];
		const {of} = await routes([service('kubia', http)], answers(httpRoute({hostnames: ['shop.example'], rules: [{matches, backendRefs: backends}]})));
		expect(of('http-route/kubia/shop.example/shop')).toMatchObject({
			target: 'https://shop.example:8443/shop',
			extras: {connectTo: [{host: '203.0.113.20', port: 8443}]},
			declaredWeights: [
				{service: 'kubia', weight: 90},
				{service: 'kubia-next', weight: 10},
			],
		});
		expect(of('http-route/kubia/shop.example/shop (x-tester: yes)')?.extras.headers).toEqual([{name: 'x-tester', value: 'yes'}]);
	});

	test('without hosts is asked at the gateway’s own', async () => {
		const {of} = await routes([service('kubia', http)], answers(httpRoute({rules: [{backendRefs: [{name: 'kubia', port: 80}]}]})));
		expect(of('http-route/kubia/*.example/')).toMatchObject({target: 'https://rollwatch.example:8443/', declaredWeights: []});
	});

	test('keeps to the listener that the route names, and to hosts that the listener takes', async () => {
		const parentRefs = [{name: 'edge', namespace: 'infra', sectionName: 'http'}];
		const rules = [{backendRefs: backends}];
		const named = await routes([service('kubia', http)], answers(httpRoute({parentRefs, rules})));
		expect(named.of('http-route/kubia//')).toMatchObject({target: 'http://203.0.113.20:8080/'});
		const other = await routes(
			[service('kubia', http)],
			answers(httpRoute({parentRefs: [{...parentRefs[0], sectionName: 'https'}], hostnames: ['shop.test'], rules})),
		);
		expect(other.of('http-route/kubia/shop.test/')?.unavailable).toBe('no listener of infra/edge takes its requests');
	});

	test('of a gateway that is hidden from us says so', async () => {
		const route = httpRoute({hostnames: ['shop.example'], rules: [{backendRefs: backends}]});
		const {of} = await routes([service('kubia', http)], answers(route, {[`GET ${gatewayApi}/infra/gateways/edge`]: forbidden}));
		expect(of('http-route/kubia/shop.example/')?.unavailable).toBe('you may not get gateway infra/edge');
	});

	test('that is not installed or hidden is no problem', async () => {
		const {choices} = await routes([service('kubia', http)], {[`GET ${gatewayApi}/web/httproutes`]: forbidden});
		expect(choices.map(({id}) => id)).toEqual(['service-proxy/kubia', 'pods', 'pod-ips', 'in-cluster/kubia']);
	});
});

describe('whatever the API holds', () => {
	test('everything that can be taken is a target, and nothing is thrown', async () => {
		const text = fc.oneof(
			fc.constantFrom('kubia', 'a b', '\u001b[2J', 'http://u:p@h/', '*.x', '::1', '/p', 'true', 'Prefix', 'HTTP'),
			fc.string({unit: 'binary', maxLength: 10}),
		);
		const value: fc.Arbitrary<unknown> = fc.letrec(tie => ({
			value: fc.oneof(
				{maxDepth: 6},
				text,
				fc.integer(),
				fc.constant(null),
				fc.array(tie('value'), {maxLength: 3}),
				fc.dictionary(
					fc.constantFrom(
						'metadata',
						'spec',
						'status',
						'rules',
						'host',
						'http',
						'paths',
						'path',
						'backend',
						'service',
						'name',
						'tls',
						'hosts',
						'listeners',
						'port',
					),
					tie('value'),
				),
			),
		})).value;
		fc.assert(
			fc.property(value, value, (spec, status) => {
				const raw = {metadata: {uid: 'u', name: 'n'}, spec, status};
				parseNodePlaces(raw);
				for (const {host} of parseIngress(raw)) expect(parseSampleTarget(`http://${host.replace('*', 'x') || 'h'}/`)).toHaveProperty('kind');
				for (const {host} of parseGateway(raw)) expect(parseSampleTarget(`http://${host.replace('*', 'x') || 'h'}/`)).toHaveProperty('kind');
				for (const {path} of parseHttpRoute(raw)) expect(path).toMatch(/^\/[!-~]*$/);
			}),
		);
	});

	test('an API server that answers nothing useful leaves what needs no answer', async () => {
		const broken: Responder = (_request, response) => void response.writeHead(200, {'content-type': 'text/html'}).end('<html>');
		const {choices} = await routes([service('kubia', http)], {
			[`GET ${core}/services/kubia`]: broken,
			[ingressPath]: broken,
			[`GET ${gatewayApi}/web/httproutes`]: broken,
			'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews': broken,
		});
		expect(choices.filter(({unavailable}) => unavailable === undefined).map(({id}) => id)).toEqual([
			'service-proxy/kubia',
			'pods',
			'pod-ips',
			'in-cluster/kubia',
		]);
	});
});

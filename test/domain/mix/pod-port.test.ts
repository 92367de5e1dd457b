import {expect, it} from 'vitest';
import {parsePod} from '../../../src/cluster/parse/pod.ts';
import {parseService} from '../../../src/cluster/parse/service.ts';
import {podPort} from '../../../src/domain/mix/pod-port.ts';

function podWith(...containers: readonly object[]) {
	const metadata = {uid: 'u', name: 'p', labels: {app: 'web'}};
	const pod = parsePod({metadata, spec: {containers: containers.map((ports, index) => ({name: `c${index}`, image: 'i', ports}))}});
	if (pod === undefined) throw new Error('no pod');
	return pod;
}

function serviceWith(selector: object, ...ports: readonly object[]) {
	const service = parseService({metadata: {uid: 's', name: 's'}, spec: {selector, ports}});
	if (service === undefined) throw new Error('no service');
	return service;
}

const web = podWith([
	{name: 'metrics', containerPort: 9090, protocol: 'UDP'},
	{name: 'admin', containerPort: 8081},
	{name: 'web', containerPort: 8080},
]);

it.each([
	['the wanted number, declared or not', web, [], '1234', {port: 1234, https: false}],
	['the wanted name', web, [], 'web', {port: 8080, https: false}],
	['nowhere for a name that no container has', web, [], 'wob', undefined],
	['where the Service sends, by name', web, [serviceWith({app: 'web'}, {port: 80, targetPort: 'web'})], undefined, {port: 8080, https: false}],
	['where the Service sends, declared or not', web, [serviceWith({app: 'web'}, {port: 80, targetPort: 3000})], undefined, {port: 3000, https: false}],
	['at the Service’s own port where it says no other', web, [serviceWith({app: 'web'}, {port: 80})], undefined, {port: 80, https: false}],
	[
		'where the Service’s port for HTTP sends',
		web,
		[serviceWith({app: 'web'}, {name: 'admin', port: 81, targetPort: 'admin'}, {name: 'http', port: 80, targetPort: 'web'})],
		undefined,
		{port: 8080, https: false},
	],
	['over TLS where the Service’s port is 443', web, [serviceWith({app: 'web'}, {port: 443, targetPort: 'web'})], undefined, {port: 8080, https: true}],
	['not where another’s Service sends', web, [serviceWith({app: 'db'}, {port: 80, targetPort: 3000})], undefined, {port: 8081, https: false}],
	['not where a Service without selector sends', web, [serviceWith({}, {port: 80, targetPort: 3000})], undefined, {port: 8081, https: false}],
	['not where a name leads nowhere', web, [serviceWith({app: 'web'}, {port: 80, targetPort: 'wob'})], undefined, {port: 8081, https: false}],
	['at the first port that any container declares', podWith([], [{containerPort: 7000}]), [], undefined, {port: 7000, https: false}],
	['over TLS at a port of that name', podWith([{name: 'https', containerPort: 7000}]), [], undefined, {port: 7000, https: true}],
	['over TLS at 8443', podWith([{containerPort: 8443}]), [], undefined, {port: 8443, https: true}],
	['nowhere where nothing is declared', podWith([]), [], undefined, undefined],
] as const)('a pod is asked %s', (_what, pod, services, wanted, port) => {
	expect(podPort(pod, services, wanted)).toEqual(port);
});

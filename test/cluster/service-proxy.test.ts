import {createServer, type Server} from 'node:http';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {isOwnCluster, podsAreReachable, suiteCluster} from './harness/suite-cluster.ts';

const cluster = suiteCluster();
// Addresses that no node hands out: pods here are objects only, and the servers are ours.
const addresses = ['10.244.250.1', '10.244.250.2'];
let namespace: TestNamespace;
let servers: Server[] = [];

beforeAll(async () => {
	namespace = await createNamespace(cluster, 'service-proxy');
});
afterAll(async () => {
	for (const server of servers) server.close();
	await namespace.delete();
});

test.runIf(isOwnCluster() && podsAreReachable())('the service proxy reaches servers on pod addresses and picks among the ready ones', async () => {
	servers = await Promise.all(addresses.map(serve));
	await namespace.apply(service, ...addresses.map((_, index) => podOf(index)));
	for (const [index, ip] of addresses.entries()) {
		const status = {phase: 'Running', podIP: ip, podIPs: [{ip}], conditions: [{type: 'Ready', status: 'True'}]};
		await namespace.must(['patch', 'pod', `web-${index}`, '--subresource=status', '--type=merge', '-p', JSON.stringify({status})]);
	}
	const seen = new Set<string>();
	const askOnce = async () => {
		const {stdout, code} = await ask();
		// Until the endpoints are there the proxy answers 503.
		if (code === 0) seen.add(stdout);
		return [...seen].sort();
	};
	await expect.poll(askOnce, {timeout: 30_000, interval: 50}).toEqual(addresses.map(address => `answer of ${address}`));
});

const service = {
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {name: 'web'},
	spec: {selector: {app: 'web'}, ports: [{port: 80, targetPort: 8080}]},
};

/** Bound to a node that nobody runs: whoever patches the status is its kubelet. */
function podOf(index: number): object {
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: `web-${index}`, labels: {app: 'web'}},
		spec: {nodeName: 'nobody', terminationGracePeriodSeconds: 0, containers: [{name: 'web', image: 'web', ports: [{containerPort: 8080}]}]},
	};
}

function serve(address: string): Promise<Server> {
	return new Promise((resolve, reject) => {
		const server = createServer((_, response) => response.end(`answer of ${address}`));
		server.on('error', reject).listen(8080, address, () => resolve(server));
	});
}

function ask() {
	return cluster.kubectl(['get', '--raw', `/api/v1/namespaces/${namespace.name}/services/web/proxy/`]);
}

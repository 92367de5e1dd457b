import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {isOwnCluster, podsAreReachable, suiteCluster} from './harness/suite-cluster.ts';

let namespace: TestNamespace;
beforeAll(async () => {
	namespace = await createNamespace(suiteCluster(), 'suite-nodes');
	await namespace.must(['create', 'deployment', 'kubia', '--image=luksa/kubia:v1', '--port=8080', '--replicas=2']);
});
afterAll(() => namespace.delete());

test.runIf(isOwnCluster())("a Deployment becomes available on the suite's nodes, and its logs can be read", async () => {
	await namespace.must(['rollout', 'status', 'deployment/kubia', '--timeout=30s']);
	expect(await namespace.must(['get', 'pods', '-o', 'wide', '--no-headers'])).toMatch(
		/^(kubia-\S+ +1\/1 +Running +0 +\S+ +10\.244\.[12]\.\d+ +node-[12] .*\n){2}$/,
	);
	expect(await namespace.must(['logs', 'deployment/kubia'])).toMatch(/\S/);
});

test.runIf(isOwnCluster() && podsAreReachable())('both pods answer through the service proxy', async () => {
	await namespace.must(['expose', 'deployment/kubia', '--port=80', '--target-port=8080']);
	const path = `/api/v1/namespaces/${namespace.name}/services/kubia/proxy/`;
	const seen = new Set<string>();
	const askUntilBoth = async () => {
		const {stdout, code} = await namespace.kubectl(['get', '--raw', path]);
		if (code === 0) seen.add(stdout);
		expect([...seen]).toEqual([expect.stringMatching(/v1 .*kubia-/), expect.stringMatching(/v1 .*kubia-/)]);
	};
	await vi.waitFor(askUntilBoth, {timeout: 30_000, interval: 50});
});

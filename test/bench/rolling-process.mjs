// A process of its own: the embedded cluster with a Deployment that never stops to roll, from one version to the other and back.
//
//	node rolling-process.mjs KUBECONFIG-TO-WRITE PODS
import {writeFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import {deployment, service} from '../../src/demo/scenarios/manifests.ts';
import {startCluster} from '../../src/demo/start-cluster.ts';

const [kubeconfig = '', pods = ''] = process.argv.slice(2);
const namespace = 'default';
const name = 'rolling';
const labels = {app: name};
const imageOf = (/** @type {string} */ version) => `registry.example/load/tiny:${version}`;
const path = `/apis/apps/v1/namespaces/${namespace}/deployments`;

process.on('disconnect', () => process.exit());
const cluster = await startCluster({nodes: {count: Math.ceil(Number(pods) / 150), podsPerNode: 250}});
const container = {ports: [{containerPort: 8080}]};
await cluster.client.send({
	method: 'POST',
	path,
	body: deployment({name, labels, replicas: Number(pods), image: imageOf('v1'), container, podSpec: {terminationGracePeriodSeconds: 2}}),
});
await cluster.client.send({method: 'POST', path: `/api/v1/namespaces/${namespace}/services`, body: service(name, labels, {port: 80, targetPort: 8080})});
writeFileSync(kubeconfig, JSON.stringify(configOf(cluster)));
for (let turn = 1; ; turn += 1) {
	await complete();
	process.send?.({turn});
	const spec = {template: {spec: {containers: [{name, image: imageOf(turn % 2 === 0 ? 'v1' : 'v2')}]}}};
	await cluster.client.send({method: 'PATCH', path: `${path}/${name}`, contentType: 'application/strategic-merge-patch+json', body: {spec}});
}

/** Waits until all pods are of the newest version and available. */
async function complete() {
	for (;;) {
		/** @type {any} */
		const deployed = await cluster.client.send({path: `${path}/${name}`});
		const {metadata, spec, status} = deployed;
		if (status?.observedGeneration === metadata.generation && status.updatedReplicas === spec.replicas && status.availableReplicas === spec.replicas) return;
		await sleep(200);
	}
}

/** @param {typeof cluster} running */
function configOf({url, ca, tokens}) {
	return {
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': name,
		contexts: [{name, context: {cluster: name, user: name, namespace}}],
		clusters: [{name, cluster: {server: url, 'certificate-authority-data': Buffer.from(ca).toString('base64')}}],
		users: [{name, user: {token: tokens.admin}}],
	};
}

import {randomBytes} from 'node:crypto';
import {kubectl} from './kubectl.mjs';

const name = 'kubia-deploy-canary';

/** A namespace of its own with the kubia of SCENARIOS.md: three pods that run, and have been available for long enough to count. */
export async function createKubia() {
	const namespace = `bench-${randomBytes(3).toString('hex')}`;
	const remove = () => kubectl(['delete', 'namespace', namespace, '--wait=false']);
	await kubectl(['create', 'namespace', namespace]);
	try {
		await kubectl(['-n', namespace, 'apply', '-f', '-'], JSON.stringify({apiVersion: 'v1', kind: 'List', items: [deployment, service]}));
		await kubectl(['-n', namespace, 'rollout', 'status', `deploy/${name}`, '--timeout=55s']);
		const [replicaSet = ''] = await namesOf(namespace, 'replicasets');
		return {namespace, name, service: `${name}-svc`, replicaSet, pods: await namesOf(namespace, 'pods'), remove};
	} catch (error) {
		await remove();
		throw error;
	}
}

/** @typedef {Awaited<ReturnType<typeof createKubia>>} Kubia */

/** @param {string} namespace @param {string} kind */
async function namesOf(namespace, kind) {
	const names = await kubectl(['-n', namespace, 'get', kind, '-o', 'jsonpath={.items[*].metadata.name}']);
	return names.split(' ');
}

const labels = {app: 'kubia'};

const deployment = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name},
	spec: {
		replicas: 3,
		minReadySeconds: 10,
		strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: 1, maxUnavailable: 0}},
		selector: {matchLabels: labels},
		template: {
			metadata: {labels},
			spec: {
				containers: [
					{
						name: 'kubia',
						image: 'luksa/kubia:v2',
						ports: [{name: 'web-port', containerPort: 8080}],
						readinessProbe: {httpGet: {path: '/', port: 8080}, periodSeconds: 1},
					},
				],
			},
		},
	},
};

const service = {
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {name: `${name}-svc`},
	spec: {type: 'ClusterIP', selector: labels, ports: [{port: 80, targetPort: 8080}]},
};

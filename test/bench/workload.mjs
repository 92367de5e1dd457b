import {randomBytes} from 'node:crypto';
import {kubectl} from './kubectl.mjs';
import {placement} from './kwok.mjs';

const name = 'web';
const labels = {app: name};
const patienceS = 600;

/**
 * A namespace of its own with a Deployment of so many pods, all of which are there and ready, and its Service.
 * @param {number} size
 */
export async function createWorkload(size) {
	const namespace = `bench-${size}-${randomBytes(3).toString('hex')}`;
	const inside = (/** @type {readonly string[]} */ args, input = '', ms = 60_000) => kubectl(['-n', namespace, ...args], input, ms);
	const complete = () => inside(['rollout', 'status', `deploy/${name}`, `--timeout=${patienceS}s`], '', (patienceS + 10) * 1000);
	const namesOf = async (/** @type {string} */ kind) =>
		(await inside(['get', kind, '--sort-by=.metadata.creationTimestamp', '-o', 'jsonpath={.items[*].metadata.name}'])).split(' ');
	const remove = () => kubectl(['delete', 'namespace', namespace, '--wait=false']);
	await kubectl(['create', 'namespace', namespace]);
	try {
		await inside(['create', '-f', '-'], JSON.stringify({apiVersion: 'v1', kind: 'List', items: [deployment(size), service]}));
		await complete();
		let version = 1;
		return {
			namespace,
			name,
			size,
			/** The ReplicaSet of the newest revision. */
			replicaSet: async () => (await namesOf('replicasets')).at(-1) ?? '',
			pods: () => namesOf('pods'),
			/** Begins a rollout to a version that was not there before. */
			async roll() {
				version += 1;
				await inside(['set', 'image', `deploy/${name}`, `${name}=registry.example/shop/web:v${version}`]);
			},
			complete,
			remove,
		};
	} catch (error) {
		await remove();
		throw error;
	}
}

/** @typedef {Awaited<ReturnType<typeof createWorkload>>} Workload */

/**
 * Pods that have a row on the screen: the first, for they stay in sight when other panels grow.
 * @param {Workload} workload finished
 * @param {import('./screen.mjs').Screen} screen
 * @param {number} count
 */
export async function podsInSight(workload, screen, count) {
	const text = screen.text();
	// The screen has them by their names.
	return (await workload.pods())
		.filter(pod => text.includes(pod))
		.sort()
		.slice(0, count);
}

/** Its pods are as large as pods of real applications are: probes, resources, an environment. @param {number} replicas */
function deployment(replicas) {
	const probe = {httpGet: {path: '/healthz', port: 'http'}, periodSeconds: 5};
	const container = {
		name,
		image: 'registry.example/shop/web:v1',
		ports: [{name: 'http', containerPort: 8080}],
		env: ['DATABASE_URL', 'CACHE_URL', 'LOG_LEVEL', 'REGION'].map(variable => ({name: variable, value: `the value of ${variable}`})),
		resources: {requests: {cpu: '10m', memory: '16Mi'}, limits: {memory: '64Mi'}},
		readinessProbe: probe,
		livenessProbe: probe,
	};
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name},
		spec: {replicas, selector: {matchLabels: labels}, template: {metadata: {labels}, spec: {...placement, containers: [container]}}},
	};
}

const service = {apiVersion: 'v1', kind: 'Service', metadata: {name}, spec: {selector: labels, ports: [{port: 80, targetPort: 'http'}]}};

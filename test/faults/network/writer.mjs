import {randomBytes} from 'node:crypto';
import {setTimeout as sleep} from 'node:timers/promises';
import {send} from './access.mjs';

/** @typedef {import('./access.mjs').Access} Access */

export const workload = 'web';
const labels = {app: workload};
const strategicMerge = 'application/strategic-merge-patch+json';
const images = ['luksa/kubia:v1', 'luksa/kubia:v2'];

/** A namespace with a Deployment, its Service and a PodDisruptionBudget: all streams have something to tell. @param {Access} access */
export async function createScene(access) {
	const namespace = `faults-${randomBytes(3).toString('hex')}`;
	const must = (/** @type {string} */ path, /** @type {unknown} */ body) => accepted(access, {method: 'POST', path, body});
	await must('/api/v1/namespaces', {metadata: {name: namespace}});
	await must(`/apis/apps/v1/namespaces/${namespace}/deployments`, deployment);
	await must(`/api/v1/namespaces/${namespace}/services`, {metadata: {name: workload}, spec: {selector: labels, ports: [{port: 80, targetPort: 8080}]}});
	await must(`/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`, {
		metadata: {name: workload},
		spec: {maxUnavailable: 1, selector: {matchLabels: labels}},
	});
	return {namespace, remove: () => send(access, {method: 'DELETE', path: `/api/v1/namespaces/${namespace}`})};
}

const deployment = {
	metadata: {name: workload, annotations: {'kubernetes.io/change-cause': 'café à 東京 ☕ первый 🎉'}},
	spec: {
		replicas: 3,
		strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: 1, maxUnavailable: 1}},
		selector: {matchLabels: labels},
		template: {
			metadata: {labels},
			spec: {
				terminationGracePeriodSeconds: 1,
				containers: [{name: 'web', image: images[0], readinessProbe: {httpGet: {path: '/', port: 8080}, periodSeconds: 1}}],
			},
		},
	},
};

/** A request that must be accepted. @param {Access} access @param {Parameters<typeof send>[1]} what */
async function accepted(access, what) {
	const {status, body} = await send(access, what);
	if (status < 200 || status > 299) throw new Error(`${what.method ?? 'GET'} ${what.path} was answered ${status}: ${JSON.stringify(body)}`);
	return body;
}

/**
 * Changes the cluster on and on while it is told to: new images, other sizes, labels, deleted pods. What the API server refuses (a pod that is gone
 * meanwhile, a conflict) is left at that.
 * @param {Access} access @param {string} namespace @param {import('./random.mjs').Random} random
 */
export function createWriter(access, namespace, random) {
	const base = `/apis/apps/v1/namespaces/${namespace}/deployments/${workload}`;
	const patch = (/** @type {string} */ path, /** @type {unknown} */ body) => send(access, {method: 'PATCH', path, body, contentType: strategicMerge});
	const note = () => ({metadata: {annotations: {'kubernetes.io/change-cause': `Änderung ${random.between(1, 1e9)} ✓`}}});
	const somePod = async () => {
		const {body} = await send(access, {path: `/api/v1/namespaces/${namespace}/pods`});
		return random.pick(/** @type {readonly any[]} */ (body?.items?.length > 0 ? body.items : [undefined]))?.metadata.name;
	};
	const deeds = [
		() => patch(base, note()),
		() => patch(base, {spec: {replicas: random.between(2, 5)}}),
		() => patch(base, {spec: {template: {spec: {containers: [{name: 'web', image: random.pick(images)}]}}}}),
		() => patch(`/api/v1/namespaces/${namespace}/services/${workload}`, {metadata: {labels: {turn: String(random.between(1, 1e9))}}}),
		() => patch(`/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets/${workload}`, {metadata: {labels: {turn: String(random.between(1, 1e9))}}}),
		async () => {
			const pod = await somePod();
			if (pod !== undefined) await patch(`/api/v1/namespaces/${namespace}/pods/${pod}`, {metadata: {labels: {turn: `t${random.between(1, 1e9)}`}}});
		},
		async () => {
			const pod = await somePod();
			if (pod !== undefined) await send(access, {method: 'DELETE', path: `/api/v1/namespaces/${namespace}/pods/${pod}`});
		},
	];
	let written = 0;
	return {
		/** How much was written so far. */
		written: () => written,
		/** One change, for sure. */
		once: () => accepted(access, {method: 'PATCH', path: base, body: note(), contentType: strategicMerge}),
		/** Until the signal. @param {AbortSignal} signal */
		async run(signal) {
			while (!signal.aborted) {
				await random
					.pick(deeds)()
					.catch(() => {});
				written += 1;
				await sleep(random.between(150, 900), undefined, {signal}).catch(() => {});
			}
		},
	};
}

/** @typedef {ReturnType<typeof createWriter>} Writer */

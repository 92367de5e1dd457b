// A process of its own: the embedded cluster, and in its default namespace the days of a busy team, so many times as fast as life.
//
//	node day-process.mjs KUBECONFIG-TO-WRITE SPEED SEED
import {writeFileSync} from 'node:fs';
import {connect, createServer} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {deployment, service} from '../../../src/demo/scenarios/manifests.ts';
import {startCluster} from '../../../src/demo/start-cluster.ts';
import {randomFrom} from '../../random.mjs';

const [kubeconfig = '', speedText = '', seedText = ''] = process.argv.slice(2);
const speed = Number(speedText);
const random = randomFrom(Number(seedText));
const namespace = 'default';
const deployments = `/apis/apps/v1/namespaces/${namespace}/deployments`;
const events = `/api/v1/namespaces/${namespace}/events`;
const watched = 'web';
const others = ['api', 'worker', 'mail'];
const goodImages = ['luksa/kubia:v1', 'luksa/kubia:v2', 'luksa/kubia:v4'];
const badImages = ['luksa/kubia:v3', 'registry.example/shop/crash:7', 'luksa/kubia:v9'];
const minute = 60_000;
/** A network that breaks more often than that is another test: the program would be waiting all the time. */
const leastLifeMs = 8_000;
/** How long the API server keeps an event. */
const eventLifetimeMs = (60 * minute) / speed;

process.on('disconnect', () => process.exit());
const cluster = await startCluster({nodes: {count: 2, podsPerNode: 110}, random});
const done = {rollouts: 0, stuck: 0, killed: 0, scaled: 0, events: 0, cut: 0};
for (const name of [watched, ...others]) await create(name);
await cluster.client.send({
	method: 'POST',
	path: `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers`,
	body: {
		apiVersion: 'autoscaling/v2',
		kind: 'HorizontalPodAutoscaler',
		metadata: {name: watched},
		spec: {scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: watched}, minReplicas: 3, maxReplicas: 8},
	},
});
writeFileSync(kubeconfig, JSON.stringify(configOf(await startShortLivedFront())));
setInterval(() => process.send?.(done), 1_000).unref();

/** What happens in a day: how often, in minutes of that day. */
void every(10, rollOut);
void every(7, killPod);
void every(13, autoscale);
void every(1, tellEvent);
void every(20, () => roll(pick(others), pick(goodImages)));
void every(5, expireEvents);

/** @param {string} name */
async function create(name) {
	const labels = {app: name};
	const probe = {httpGet: {port: 8080}, periodSeconds: 1};
	const container = {ports: [{containerPort: 8080}], readinessProbe: probe, env: [{name: 'RELEASE', value: '0'}]};
	const body = deployment({
		name,
		labels,
		replicas: name === watched ? 6 : 2,
		image: goodImages[0] ?? '',
		container,
		podSpec: {terminationGracePeriodSeconds: 1},
	});
	await cluster.client.send({method: 'POST', path: deployments, body});
	await cluster.client.send({method: 'POST', path: `/api/v1/namespaces/${namespace}/services`, body: service(name, labels, {port: 80, targetPort: 8080})});
}

/** Mostly a good version; now and then a bad one, until somebody goes back. */
async function rollOut() {
	done.rollouts += 1;
	if (done.rollouts % 8 !== 0) return roll(watched, pick(goodImages));
	done.stuck += 1;
	await roll(watched, badImages[done.stuck % badImages.length] ?? '');
}

/** A release is told by more than its image, so that each is a revision of its own. @param {string} name @param {string} image */
async function roll(name, image) {
	const cause = `release ${done.rollouts}`;
	await patch(`${deployments}/${name}`, {
		metadata: {annotations: {'kubernetes.io/change-cause': cause}},
		spec: {template: {spec: {containers: [{name, image, env: [{name: 'RELEASE', value: String(done.rollouts)}]}]}}},
	});
}

async function killPod() {
	const {items} = await read(`/api/v1/namespaces/${namespace}/pods`, {labelSelector: `app=${watched}`});
	if (items.length === 0) return;
	await cluster.client.send({method: 'DELETE', path: `/api/v1/namespaces/${namespace}/pods/${pick(items).metadata.name}`});
	done.killed += 1;
}

async function autoscale() {
	const replicas = 4 + Math.floor(random() * 5);
	await patch(`${deployments}/${watched}`, {spec: {replicas}});
	const path = `/apis/autoscaling/v2/namespaces/${namespace}/horizontalpodautoscalers/${watched}/status`;
	const status = {currentReplicas: replicas, desiredReplicas: replicas, lastScaleTime: new Date().toISOString()};
	await cluster.client.send({method: 'PATCH', path, contentType: 'application/merge-patch+json', body: {status}});
	done.scaled += 1;
}

/** What kubelets and schedulers say all day long, of the pods and of the Deployment itself. */
async function tellEvent() {
	const {items} = await read(`/api/v1/namespaces/${namespace}/pods`, {labelSelector: `app=${watched}`});
	const pod = items.length > 0 ? pick(items).metadata : {name: watched};
	done.events += 1;
	const now = new Date().toISOString();
	await cluster.client.send({
		method: 'POST',
		path: events,
		body: {
			apiVersion: 'v1',
			kind: 'Event',
			metadata: {name: `${pod.name}.${done.events.toString(16)}`, namespace},
			involvedObject: {kind: 'Pod', apiVersion: 'v1', namespace, name: pod.name, uid: pod.uid},
			reason: pick(['Unhealthy', 'FailedMount', 'NodeNotReady', 'Evicted', 'BackOff']),
			message: `something that is worth a line, number ${done.events}`,
			type: random() < 0.5 ? 'Warning' : 'Normal',
			firstTimestamp: now,
			lastTimestamp: now,
			count: 1,
			source: {component: 'kubelet'},
		},
	});
}

/** The embedded API server keeps events for an hour of the machine's time; here the hour is shorter. */
async function expireEvents() {
	const {items} = await read(events);
	for (const {metadata} of items) {
		if (Date.now() - Date.parse(metadata.creationTimestamp) > eventLifetimeMs)
			await cluster.client.send({method: 'DELETE', path: `${events}/${metadata.name}`});
	}
}

/** Again and again, so many minutes of the day apart; what does not work (a pod that is gone meanwhile) is tried again next time. @param {number} minutes @param {() => Promise<unknown>} act */
async function every(minutes, act) {
	for (;;) {
		await sleep(((minutes * minute) / speed) * (0.5 + random()));
		await act().catch(() => {});
	}
}

/** Stands before the API server; a connection through it lives for five to ten minutes of the day, as watches do. */
function startShortLivedFront() {
	const {port} = new URL(cluster.url);
	const front = createServer(client => {
		const server = connect(Number(port), '127.0.0.1');
		const timer = setTimeout(
			() => {
				done.cut += 1;
				client.destroy();
			},
			Math.max(leastLifeMs, (minute * (5 + 5 * random())) / speed),
		);
		for (const [from, to] of [
			[client, server],
			[server, client],
		]) {
			from.on('error', () => {});
			from.on('close', () => {
				clearTimeout(timer);
				to.destroy();
			});
			from.pipe(to);
		}
	});
	return new Promise(resolve => front.listen(0, '127.0.0.1', () => resolve(`https://127.0.0.1:${front.address().port}`)));
}

/** @param {string} path @param {unknown} body */
function patch(path, body) {
	return cluster.client.send({method: 'PATCH', path, contentType: 'application/strategic-merge-patch+json', body});
}

/** @param {string} path @param {Record<string, string>} [query] */
async function read(path, query) {
	return /** @type {{items: any[]}} */ (await cluster.client.send({path, ...(query !== undefined && {query})}));
}

/** @template T @param {readonly T[]} from @returns {T} */
function pick(from) {
	return /** @type {T} */ (from[Math.floor(random() * from.length)]);
}

/** @param {string} server */
function configOf(server) {
	return {
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': 'busy',
		contexts: [{name: 'busy', context: {cluster: 'busy', user: 'busy', namespace}}],
		clusters: [{name: 'busy', cluster: {server, 'certificate-authority-data': Buffer.from(cluster.ca).toString('base64')}}],
		users: [{name: 'busy', user: {token: cluster.tokens.admin}}],
	};
}

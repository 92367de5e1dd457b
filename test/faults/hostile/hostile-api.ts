import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {createServer as createTcpServer} from 'node:net';
import {orders, unseen, wide} from './hostile-text.ts';
import {type Listening, listening} from './listening.ts';

/** What stands in every text of the API that may hold any. */
export const nasty = [...orders, ...unseen, ...wide].join('·');

const created = '2026-11-21T14:00:00Z';
const labels = {app: 'shop'};
const metadata = (name: string, uid: string, more: object = {}) => ({
	uid,
	name,
	namespace: 'web',
	resourceVersion: '10',
	generation: 2,
	creationTimestamp: created,
	...more,
});
const owned = (kind: string, name: string, uid: string) => ({ownerReferences: [{apiVersion: 'apps/v1', kind, name, uid, controller: true}]});
const condition = (type: string, status: string) => ({type, status, reason: nasty, message: nasty, lastTransitionTime: created, lastUpdateTime: created});
const template = (hash: string) => ({
	metadata: {labels: {...labels, 'pod-template-hash': hash, nasty}, annotations: {nasty}},
	spec: {containers: [{name: nasty, image: `registry/app:${hash}${nasty}`, command: [nasty], env: [{name: nasty, value: `${hash}${nasty}`}]}]},
});

const deployment = {
	kind: 'Deployment',
	apiVersion: 'apps/v1',
	metadata: metadata('shop', 'd', {labels: {nasty}, annotations: {'deployment.kubernetes.io/revision': '2', 'kubernetes.io/change-cause': nasty, nasty}}),
	spec: {replicas: 3, selector: {matchLabels: labels}, template: template('two'), progressDeadlineSeconds: 600},
	status: {
		observedGeneration: 2,
		replicas: 4,
		updatedReplicas: 1,
		readyReplicas: 3,
		availableReplicas: 3,
		unavailableReplicas: 1,
		conditions: [condition('Progressing', 'True'), condition('Available', 'True'), condition(nasty, nasty)],
	},
};

const replicaSet = (hash: string, revision: string, replicas: number) => ({
	kind: 'ReplicaSet',
	apiVersion: 'apps/v1',
	metadata: metadata(`shop-${hash}${nasty}`, `rs-${hash}`, {
		...owned('Deployment', 'shop', 'd'),
		annotations: {'deployment.kubernetes.io/revision': revision, 'kubernetes.io/change-cause': nasty},
	}),
	spec: {replicas, selector: {matchLabels: labels}, template: template(hash)},
	status: {replicas, readyReplicas: replicas, availableReplicas: replicas, conditions: [condition('ReplicaFailure', 'True')]},
});

const pod = (number: number, hash: string) => ({
	kind: 'Pod',
	apiVersion: 'v1',
	metadata: metadata(`shop-${hash}-${number}${nasty}`, `pod-${number}`, {
		...owned('ReplicaSet', `shop-${hash}`, `rs-${hash}`),
		labels: {...labels, 'pod-template-hash': hash, nasty},
		finalizers: [nasty],
	}),
	spec: {...template(hash).spec, nodeName: `node${nasty}`, schedulingGates: [{name: nasty}]},
	status: {
		phase: number === 1 ? 'Pending' : 'Running',
		podIP: '10.0.0.1',
		reason: nasty,
		message: nasty,
		conditions: [condition('Ready', number === 1 ? 'False' : 'True')],
		containerStatuses: [
			{
				name: nasty,
				image: nasty,
				ready: number !== 1,
				restartCount: 3,
				state: number === 1 ? {waiting: {reason: nasty, message: nasty}} : {running: {startedAt: created}},
				lastState: {terminated: {exitCode: 1, reason: nasty, message: nasty, startedAt: created, finishedAt: created}},
			},
		],
	},
});

const event = (number: number) => ({
	metadata: metadata(`event-${number}`, `event-${number}`),
	involvedObject: {
		kind: number % 2 === 0 ? 'Pod' : 'Deployment',
		name: number % 2 === 0 ? `shop-two-1${nasty}` : 'shop',
		uid: number % 2 === 0 ? 'pod-1' : 'd',
	},
	type: number === 1 ? nasty : 'Warning',
	reason: nasty,
	message: `${number} ${nasty}`,
	source: {component: nasty},
	lastTimestamp: created,
});

const service = {
	metadata: metadata('shop', 's'),
	spec: {type: 'ClusterIP', clusterIP: '10.96.0.1', selector: labels, ports: [{name: nasty, port: 80, targetPort: nasty}]},
};

const status = {
	kind: 'Status',
	apiVersion: 'v1',
	status: 'Failure',
	reason: nasty,
	message: `refused${nasty}`,
	details: {causes: [{reason: nasty, message: nasty, field: nasty}]},
};
const items: Readonly<Record<string, readonly object[]>> = {
	deployments: [deployment],
	replicasets: [replicaSet('one', '1', 3), replicaSet('two', '2', 1)],
	pods: [pod(1, 'two'), pod(2, 'one'), pod(3, 'one')],
	events: [1, 2, 3, 4].map(event),
	services: [service],
};

/** What HTTP lets through of it in a header: bytes above 0x7F it does. */
const inHeader = Buffer.from(nasty.replaceAll(/[\u0000-\u001F\u007F"\\]/g, '')).toString('latin1');

function answer(response: ServerResponse, code: number, value: unknown): void {
	response.writeHead(code, {'content-type': 'application/json', warning: `299 - "${inHeader}"`}).end(JSON.stringify(value));
}

function refuse(response: ServerResponse, code: number): void {
	answer(response, code, {...status, code});
}

/** A watch that says one more thing, and then something that is an error. */
function follow(response: ServerResponse, kind: string): void {
	response.writeHead(200, {'content-type': 'application/json'});
	const [first] = items[kind] ?? [];
	if (first !== undefined) response.write(`${JSON.stringify({type: 'MODIFIED', object: first})}\n`);
	response.write(`${JSON.stringify({type: nasty, object: {metadata: {name: nasty}}})}\n`);
	if (kind === 'services') response.end(`${JSON.stringify({type: 'ERROR', object: {...status, code: 500}})}\n`);
}

type Asked = {readonly kind: string; readonly name: string | undefined; readonly query: URLSearchParams};

function read(response: ServerResponse, {kind, name, query}: Asked): void {
	const objects = items[kind];
	if (objects === undefined) refuse(response, kind === 'endpointslices' ? 403 : 404);
	else if (query.get('watch') === 'true') follow(response, kind);
	else if (name === 'shop') answer(response, 200, objects[0]);
	else if (name !== undefined) refuse(response, 404);
	else {
		const wanted = /^metadata\.name=(.*)$/.exec(query.get('fieldSelector') ?? '')?.[1];
		const found = objects.filter(object => wanted === undefined || (object as {metadata: {name: string}}).metadata.name === wanted);
		answer(response, 200, {kind: 'List', apiVersion: 'v1', metadata: {resourceVersion: '100'}, items: found});
	}
}

const logs = Array.from({length: 20}, (_, line) => `${created} ${line} ${nasty.replaceAll('\n', '')}`).join('\n');

function respond(request: IncomingMessage, response: ServerResponse): void {
	const {pathname, searchParams} = new URL(request.url ?? '/', 'http://api');
	const [, kind = '', name] = /\/namespaces\/web\/([a-z]+)(?:\/([^/]+))?/.exec(pathname) ?? [];
	if (pathname.endsWith('/log')) response.end(logs);
	// What would be changed is refused, and questions about rights are not answered.
	else if (request.method !== 'GET') refuse(response, request.method === 'POST' ? 403 : 422);
	else if (pathname === '/api/v1/namespaces/web') answer(response, 200, {kind: 'Namespace', metadata: metadata('web', 'n')});
	else read(response, {kind, name, query: searchParams});
}

/** An API server of namespace `web` with a rollout of `deploy/shop` in it, and hostile text wherever the API has text at all. */
export function startHostileApi(): Promise<Listening> {
	return listening(createServer(respond));
}

const inLine = nasty.replaceAll(/[\r\n\0]/g, '');

/** Every second one without what parsers of HTTP refuse, so that bodies are seen, too. */
function hostileAnswer(count: number): string {
	// A body with a NUL in it is taken for no text.
	const body = `v${count}${nasty.replaceAll('\0', '')}`;
	const length = `content-length: ${Buffer.byteLength(body)}`;
	const code = [302, 500][count % 4 === 1 ? 0 : 1];
	const bad = [`HTTP/1.1 ${code} ${inLine}`, `location: /${inLine}`, `x-version: ${inLine}`, `server: ${inLine}`];
	const lines = count % 2 === 0 ? ['HTTP/1.1 200 OK', 'content-type: text/plain'] : bad;
	return `${[...lines, length].join('\r\n')}\r\n\r\n${body}`;
}

/** A web server whose answers are hostile from the status line on: Node's own would refuse to send them. */
export function startHostileWeb(): Promise<Listening> {
	let count = 0;
	const server = createTcpServer(socket => {
		socket.on('error', () => {});
		socket.once('data', () => {
			count += 1;
			socket.end(hostileAnswer(count));
		});
	});
	return listening(server);
}

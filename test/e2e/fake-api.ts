import type {ServerResponse} from 'node:http';
import {answerJson, type Received} from '../cluster-io/harness/api-server.ts';
import {cleanup} from '../cluster-io/harness/cleanup.ts';
import {kubeconfigText, writeFile} from '../cluster-io/harness/kubeconfig.ts';
import {deploymentJson, listJson, podJson, replicaSetJson, serviceJson} from '../cluster-io/harness/objects.ts';
import {type RestServer, startRestServer} from '../cluster-io/harness/rest-server.ts';
import {type RunOptions, type RunResult, runProgram} from './program.ts';
import {openRollwatch, type Terminal, type TerminalOptions} from './terminal.ts';

/** A finished rollout of `deploy/shop` in namespace `web` on a server of ours, for what needs a screen and no cluster. */
export interface FakeApi {
	readonly server: RestServer;
	readonly kubeconfig: string;
	readonly screen: (args?: readonly string[], options?: TerminalOptions) => Terminal;
	readonly run: (args: readonly string[], options?: RunOptions) => Promise<RunResult>;
}

const apps = '/apis/apps/v1/namespaces/web';
const core = '/api/v1/namespaces/web';
export const shopPath = `${apps}/deployments/shop`;
export const deploymentsPath = `${apps}/deployments`;
export const deploymentsRoute = `GET ${deploymentsPath}`;

/** A list that can be asked for one object by its name, as Deployments are. */
export function namedList(objects: readonly {readonly metadata: {readonly name: string}}[]) {
	return ({query}: Received, response: ServerResponse) => {
		const name = /^metadata\.name=(.*)$/.exec(query.fieldSelector ?? '')?.[1];
		answerJson(response, listJson(objects.filter(({metadata}) => name === undefined || metadata.name === name)));
	};
}

export interface FakeApiOptions {
	readonly events?: readonly object[];
	readonly routes?: Parameters<typeof startRestServer>[0];
}

export async function startFakeApi({events = [], routes = {}}: FakeApiOptions = {}): Promise<FakeApi> {
	const shop = deploymentJson('shop', {metadata: {creationTimestamp: '2026-01-01T00:00:00Z'}});
	const sets = [replicaSetJson('shop', 1, 'app:v1'), withReplicas(replicaSetJson('shop', 2, 'app:v2'), 3)];
	const server = await startRestServer({
		'GET /api/v1/namespaces/web': {kind: 'Namespace', apiVersion: 'v1', metadata: {name: 'web', uid: 'uid-web', resourceVersion: '1'}},
		[deploymentsRoute]: namedList([shop]),
		[`GET ${shopPath}`]: shop,
		[`GET ${apps}/replicasets`]: sets,
		[`GET ${core}/pods`]: [1, 2, 3].map(shopPod),
		[`GET ${core}/events`]: events,
		[`GET ${core}/services`]: [serviceJson('shop', {app: 'shop'})],
		'GET /apis/discovery.k8s.io/v1/namespaces/web/endpointslices': [],
		...routes,
	});
	const kubeconfig = writeFile('config', kubeconfigText(server.url, {context: {namespace: 'web'}}));
	const env = {KUBECONFIG: kubeconfig};
	return {
		server,
		kubeconfig,
		screen(args = ['deploy/shop'], options = {}) {
			const screen = openRollwatch(args, {...options, env: {...env, ...options.env}});
			cleanup(async () => {
				screen.kill('SIGKILL');
				await screen.exited;
			});
			return screen;
		},
		run: (args, options = {}) => runProgram(args, {...options, env}),
	};
}

function shopPod(number: number): object {
	const name = `shop-hash2-${number}`;
	return podJson(name, '10', {
		metadata: {
			creationTimestamp: '2026-01-01T00:00:00Z',
			labels: {app: 'shop', 'pod-template-hash': 'hash2'},
			ownerReferences: [{kind: 'ReplicaSet', name: 'shop-hash2', uid: 'uid-shop-hash2', controller: true}],
		},
		spec: {nodeName: 'node-1'},
		status: {
			podIP: `10.0.0.${number}`,
			conditions: [{type: 'Ready', status: 'True', lastTransitionTime: '2026-01-01T00:00:01Z'}],
			containerStatuses: [{name: 'app', ready: true, restartCount: 0, state: {running: {startedAt: '2026-01-01T00:00:01Z'}}}],
		},
	});
}

function withReplicas<Set extends {spec: object}>(replicaSet: Set, replicas: number): Set {
	return {...replicaSet, spec: {...replicaSet.spec, replicas}, status: {replicas, readyReplicas: replicas, availableReplicas: replicas}};
}

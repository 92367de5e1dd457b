import {writeFileSync} from 'node:fs';
import {mkdir, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {viewRules} from '../../../src/demo/api/policies.ts';
import {startApiServer} from '../../../src/demo/api/start-api-server.ts';
import {loopbackCertificate} from '../../../src/demo/certificate.ts';
import {systemClock} from '../../../src/demo/clock.ts';
import {startControllers} from '../../../src/demo/controllers/start-controllers.ts';
import {createLoopbackNetwork} from '../../../src/demo/network.ts';
import {createIpPool} from '../../../src/demo/node/ip-pool.ts';
import type {Delays} from '../../../src/demo/node/node-context.ts';
import {startNode} from '../../../src/demo/node/start-node.ts';
import {startControlPlane} from '../harness/control-plane.ts';
import {createKubectl, type Kubectl} from '../harness/kubectl.ts';
import {startTestNode} from '../harness/node.ts';

/** A cluster that kubectl talks to, with one node of ours and a user who may only look. */
export interface Side {
	readonly kubectl: Kubectl;
	/** The kubeconfig of that user. */
	readonly viewer: string;
	readonly stop: () => Promise<void>;
}

/** Above the numbers of other tests' nodes. */
const nodeNumber = 13;
const viewerName = 'restricted-1';
const quick: Partial<Delays> = {sandboxMs: 20, pullMs: 10, createMs: 5, startMs: 5, teardownMs: 20, relistMs: 250};

/** The real control plane; one of its own, so that `-A` shows the same on both sides. */
export async function realSide(): Promise<Side> {
	const controlPlane = await startControlPlane();
	const node = await startTestNode(controlPlane.info, nodeNumber, {delays: quick});
	await controlPlane.kubectl(['create', 'clusterrolebinding', 'viewer', '--clusterrole=view', `--user=${viewerName}`]);
	return {
		kubectl: controlPlane.kubectl,
		viewer: await controlPlane.kubeconfigFor(viewerName),
		async stop() {
			await node.stop();
			await controlPlane.stop();
		},
	};
}

/** The embedded cluster, over TLS, as `rollwatch demo` starts it. */
export async function embeddedSide(program: string): Promise<Side> {
	const folder = await mkdtemp(join(tmpdir(), 'rollwatch-embedded-'));
	await mkdir(join(folder, 'home'));
	const network = createLoopbackNetwork();
	const clock = systemClock;
	const tls = await loopbackCertificate(clock.now());
	const users = [
		{name: 'admin', groups: ['system:masters'], token: 'admin-token'},
		{name: viewerName, token: 'viewer-token', rules: viewRules},
	];
	const server = await startApiServer({clock, network, tls, users});
	const api = {server: server.url, token: 'admin-token'};
	const controllers = await startControllers({api, clock});
	const node = await startNode({
		api,
		network,
		name: `node-${nodeNumber}`,
		ip: `10.240.0.${nodeNumber}`,
		ips: createIpPool(`10.244.${nodeNumber}`),
		delays: quick,
	});
	const kubeconfigOf = (name: string, token: string) => {
		const path = join(folder, name);
		const cluster = {server: server.tlsUrl, 'certificate-authority-data': Buffer.from(tls.cert).toString('base64')};
		const config = {
			apiVersion: 'v1',
			kind: 'Config',
			'current-context': name,
			clusters: [{name, cluster}],
			users: [{name, user: {token}}],
			contexts: [{name, context: {cluster: name, user: name}}],
		};
		writeFileSync(path, JSON.stringify(config), {mode: 0o600});
		return path;
	};
	return {
		kubectl: createKubectl(program, {...process.env, HOME: join(folder, 'home'), KUBECONFIG: kubeconfigOf('admin', 'admin-token')}),
		viewer: kubeconfigOf('viewer', 'viewer-token'),
		async stop() {
			await node.stop();
			await controllers.stop();
			await server.close();
			await rm(folder, {recursive: true, force: true});
		},
	};
}

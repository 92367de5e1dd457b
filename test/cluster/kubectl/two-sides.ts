import {readFileSync, writeFileSync} from 'node:fs';
import {mkdir, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {viewRules} from '../../../src/demo/api/policies.ts';
import {startApiServer} from '../../../src/demo/api/start-api-server.ts';
import type {ApiConfig} from '../../../src/demo/api-client.ts';
import {loopbackCertificate} from '../../../src/demo/certificate.ts';
import {systemClock} from '../../../src/demo/clock.ts';
import {startControllers} from '../../../src/demo/controllers/start-controllers.ts';
import {createLoopbackNetwork} from '../../../src/demo/network.ts';
import {createIpPool} from '../../../src/demo/node/ip-pool.ts';
import type {Delays} from '../../../src/demo/node/node-context.ts';
import {startNode} from '../../../src/demo/node/start-node.ts';
import {type ClusterAccess, createClusterAccess} from '../harness/cluster-access.ts';
import {startControlPlane} from '../harness/control-plane.ts';
import {createKubectl, type Kubectl} from '../harness/kubectl.ts';
import {startTestNode} from '../harness/node.ts';

/** A cluster that kubectl talks to, with nodes of ours and a user who may only look. */
export interface Side {
	readonly api: ApiConfig;
	readonly kubectl: Kubectl;
	/** The kubeconfig of that user. */
	readonly viewer: string;
	readonly stop: () => Promise<void>;
}

/** Above the numbers of other tests' nodes. */
const oneNode = [13];
const viewerName = 'restricted-1';
const quick: Partial<Delays> = {sandboxMs: 20, pullMs: 10, createMs: 5, startMs: 5, teardownMs: 20, relistMs: 250};

/** The real control plane; one of its own, so that `-A` shows the same on both sides. */
export async function realSide(nodeNumbers: readonly number[] = oneNode): Promise<Side> {
	const controlPlane = await startControlPlane();
	const {server, own} = controlPlane.info;
	const nodes = await Promise.all(nodeNumbers.map(number => startTestNode(controlPlane.info, number, {delays: quick})));
	await controlPlane.kubectl(['create', 'clusterrolebinding', 'viewer', '--clusterrole=view', `--user=${viewerName}`]);
	return {
		api: {server, token: own?.token, ca: readFileSync(own?.certificateAuthority ?? '', 'utf8')},
		kubectl: controlPlane.kubectl,
		viewer: await controlPlane.kubeconfigFor(viewerName),
		async stop() {
			await Promise.all(nodes.map(node => node.stop()));
			await controlPlane.stop();
		},
	};
}

/** The embedded cluster, over TLS, as `rollwatch demo` starts it. */
export async function embeddedSide(program: string, nodeNumbers: readonly number[] = oneNode): Promise<Side & {readonly access: ClusterAccess}> {
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
	const joining = nodeNumbers.map(number =>
		startNode({api, network, name: `node-${number}`, ip: `10.240.0.${number}`, ips: createIpPool(`10.244.${number}`), delays: quick}),
	);
	const nodes = await Promise.all(joining);
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
	const certificateAuthority = join(folder, 'ca.crt');
	writeFileSync(certificateAuthority, tls.cert);
	const own = {token: 'admin-token', tokens: {}, certificateAuthority, auditLog: undefined};
	const kubeconfig = kubeconfigOf('admin', 'admin-token');
	return {
		api,
		access: createClusterAccess({kubeconfig, server: server.tlsUrl ?? '', folder: join(folder, 'home'), kubectlProgram: program, own}),
		kubectl: createKubectl(program, {...process.env, HOME: join(folder, 'home'), KUBECONFIG: kubeconfig}),
		viewer: kubeconfigOf('viewer', 'viewer-token'),
		async stop() {
			await Promise.all(nodes.map(node => node.stop()));
			await controllers.stop();
			await server.close();
			await rm(folder, {recursive: true, force: true});
		},
	};
}

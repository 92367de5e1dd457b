import {randomBytes} from 'node:crypto';
import {viewRules} from './api/policies.ts';
import {startApiServer} from './api/start-api-server.ts';
import {type ApiClient, type ApiConfig, createApiClient} from './api-client.ts';
import {loopbackCertificate} from './certificate.ts';
import {type Clock, systemClock} from './clock.ts';
import {startControllers} from './controllers/start-controllers.ts';
import {type Ingress, startIngress} from './ingress/start-ingress.ts';
import {createLoopbackNetwork, type Network} from './network.ts';
import {createIpPool} from './node/ip-pool.ts';
import {startNode} from './node/start-node.ts';
import {type ServiceAddresses, startServiceAddresses} from './service-addresses.ts';
import {startServiceDirectory} from './services/service-directory.ts';

/** How large a cluster, and on which time. */
export interface ClusterOptions {
	readonly clock?: Clock;
	readonly nodes?: {readonly count: number; readonly podsPerNode: number};
	/** 0…1. */
	readonly random?: () => number;
}

/** An embedded cluster that runs: API server, controllers, nodes and Service addresses, all on loopback. */
export interface RunningCluster {
	/** For those who take a certificate: bearer tokens go over https only with kubectl. */
	readonly url: string;
	/** PEM; the authority of `url`. */
	readonly ca: string;
	/** Bearer tokens: of one who may do everything, and of one who may only look. */
	readonly tokens: Readonly<Record<'admin' | 'viewer', string>>;
	/** Plain HTTP for the cluster's own parts and for tests. */
	readonly api: ApiConfig;
	readonly client: ApiClient;
	readonly network: Network;
	readonly addresses: ServiceAddresses;
	readonly ingress: Ingress;
	/** Gives back every socket and timer. */
	readonly stop: () => Promise<void>;
}

/** Starts all parts. They speak to each other over HTTP only, so each could be the real one. Comes back when the nodes have joined. */
export async function startCluster({
	clock = systemClock,
	nodes = {count: 2, podsPerNode: 110},
	random = Math.random,
}: ClusterOptions = {}): Promise<RunningCluster> {
	const network = createLoopbackNetwork();
	const tokens = {admin: newToken(), viewer: newToken()};
	const tls = await loopbackCertificate(clock.now());
	const stops: (() => Promise<unknown>)[] = [];
	const stop = async () => {
		for (const end of stops.toReversed()) await end();
	};
	try {
		const users = [
			{name: 'admin', groups: ['system:masters'], token: tokens.admin},
			{name: 'viewer', token: tokens.viewer, rules: viewRules},
		];
		const server = await startApiServer({clock, network, random, tls, users});
		stops.push(server.close);
		const api: ApiConfig = {server: server.url, token: tokens.admin};
		const client = createApiClient(api);
		stops.push(client.close);
		const controllers = await startControllers({api, clock, random});
		stops.push(controllers.stop);
		const services = startServiceDirectory({api: client, clock});
		stops.push(services.stop);
		await Promise.all(
			Array.from({length: nodes.count}, async (_, index) => {
				const number = index + 1;
				const node = await startNode({
					api: client,
					clock,
					random,
					network,
					services,
					name: `node-${number}`,
					ip: `10.240.0.${number}`,
					ips: createIpPool(`10.244.${number}`),
					capacity: {pods: nodes.podsPerNode},
				});
				stops.push(node.stop);
			}),
		);
		const addresses = startServiceAddresses({directory: services, network, random});
		stops.push(addresses.stop);
		const ingress = startIngress({api: client, clock, directory: services, network, random});
		stops.push(ingress.stop);
		return {url: server.tlsUrl ?? server.url, ca: tls.cert, tokens, api, client, network, addresses, ingress, stop};
	} catch (error) {
		await stop();
		throw error;
	}
}

function newToken(): string {
	return randomBytes(24).toString('base64url');
}

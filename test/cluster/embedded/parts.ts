import {startApiServer} from '../../../src/demo/api/start-api-server.ts';
import type {ApiConfig} from '../../../src/demo/api-client.ts';
import {systemClock} from '../../../src/demo/clock.ts';
import {startControllers} from '../../../src/demo/controllers/start-controllers.ts';
import {createLoopbackNetwork, type Network} from '../../../src/demo/network.ts';

/** An embedded API server with its controllers, and no node yet. */
export interface EmbeddedParts {
	readonly api: ApiConfig;
	readonly network: Network;
	readonly stop: () => Promise<void>;
}

/** On the machine's own time; whoever has the token may do everything. */
export async function startEmbeddedParts(): Promise<EmbeddedParts> {
	const network = createLoopbackNetwork();
	const clock = systemClock;
	const token = 'embedded';
	const server = await startApiServer({clock, network, users: [{name: 'admin', groups: ['system:masters'], token}]});
	const api = {server: server.url, token};
	const controllers = await startControllers({api, clock});
	return {
		api,
		network,
		async stop() {
			await controllers.stop();
			await server.close();
		},
	};
}

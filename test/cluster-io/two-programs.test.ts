import {afterAll, beforeAll, describe} from 'vitest';
import {type ClusterConnection, connect} from '../../src/cluster/connect.ts';
import {systemClock} from '../../src/demo/clock.ts';
import {type RunningControllers, startControllers} from '../../src/demo/controllers/start-controllers.ts';
import {describeTwoPrograms} from '../cluster/scenarios/describe-two-programs.ts';
import {startTestApi, type TestApi, token} from '../demo/api/test-api.ts';
import {kubeconfigText, writeFile} from './harness/kubeconfig.ts';

describe('in the embedded cluster', () => {
	let api: TestApi;
	let controllers: RunningControllers;
	const connections: ClusterConnection[] = [];
	beforeAll(async () => {
		api = await startTestApi();
		controllers = await startControllers({api: {server: api.url, token}, clock: systemClock});
	});
	afterAll(async () => {
		await Promise.all(connections.map(connection => connection.close()));
		await controllers.stop();
		await api.close();
	});

	describeTwoPrograms(() => ({
		async connect() {
			const kubeconfig = writeFile('config', kubeconfigText(api.url, {user: {token}}));
			const connection = await connect({kubeconfig, namespace: 'default', env: {}});
			connections.push(connection);
			return connection;
		},
	}));
});

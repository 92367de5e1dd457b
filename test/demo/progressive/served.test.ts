import {expect, test} from 'vitest';
import {startApiServer} from '../../../src/demo/api/start-api-server.ts';
import {createApiClient} from '../../../src/demo/api-client.ts';
import {startControllers} from '../../../src/demo/controllers/start-controllers.ts';
import {createLoopbackNetwork} from '../../../src/demo/network.ts';
import {argoDefinitions} from '../../../src/demo/scenarios/definitions.ts';
import {createManualClock} from '../manual-clock.ts';

test('controllers of custom kinds ask for them only where they are defined, and give up when they are not any more', async () => {
	const clock = createManualClock();
	const asked: string[] = [];
	const users = [{name: 'admin', token: 'admin', groups: ['system:masters']}];
	const onRequest = ({method, path}: {readonly method: string; readonly path: string}) => asked.push(`${method} ${path}`);
	const server = await startApiServer({clock, network: createLoopbackNetwork(), users, onRequest});
	const config = {server: server.url, token: 'admin'};
	const api = createApiClient(config);
	const controllers = await startControllers({api: config, clock});
	const ofCustomKinds = () => asked.filter(path => /\/apis\/(?:argoproj|rollouts\.kruise|core\.oam)/.test(path));
	const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
	try {
		await clock.advance(60_000);
		expect(ofCustomKinds()).toEqual([]);
		for (const body of argoDefinitions) await api.send({method: 'POST', path: definitions, body});
		await clock.advance(1_000);
		expect(ofCustomKinds()).toEqual(['GET /apis/argoproj.io/v1alpha1/rollouts']);
		await api.send({method: 'DELETE', path: `${definitions}/rollouts.argoproj.io`});
		await clock.advance(60_000);
		const before = ofCustomKinds().length;
		await clock.advance(600_000);
		expect(ofCustomKinds()).toHaveLength(before);
	} finally {
		await controllers.stop();
		await api.close();
		await server.close();
	}
});

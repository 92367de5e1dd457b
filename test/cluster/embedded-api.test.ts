import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type ApiServer, startApiServer} from '../../src/demo/api/start-api-server.ts';
import {systemClock} from '../../src/demo/clock.ts';
import {createLoopbackNetwork} from '../../src/demo/network.ts';
import {type AskedServer, answersOf} from './api-requests/both-servers.ts';
import {inNamespace, recorded, requestTables, seen} from './api-requests/tables.ts';
import {isOwnCluster, suiteCluster} from './harness/suite-cluster.ts';

const token = 'table';

describe.runIf(isOwnCluster())('the embedded API server answers as the real one', () => {
	let embedded: ApiServer;
	beforeAll(async () => {
		embedded = await startApiServer({clock: systemClock, network: createLoopbackNetwork(), users: [{name: 'admin', groups: ['system:masters'], token}]});
	});
	afterAll(() => embedded.close());

	test.each(Object.entries(requestTables))('%s', async (topic, table) => {
		const {server, own} = suiteCluster();
		const namespace = `api-${topic}-${process.pid}`;
		const real: AskedServer = {url: server, token: own?.token ?? '', ca: readFileSync(own?.certificateAuthority ?? '', 'utf8')};
		const ours: AskedServer = {url: embedded.url, token};
		const requests = inNamespace(table);
		const [expected, actual] = await Promise.all([answersOf(real, requests, namespace), answersOf(ours, requests, namespace)]);
		if (process.env.RECORD_API_ANSWERS !== undefined) writeFileSync(join(process.env.RECORD_API_ANSWERS, `${topic}.json`), recorded(requests, expected));
		const differing = requests.flatMap((request, index) => {
			const [real, embedded] = [seen(expected[index], request), seen(actual[index], request)];
			return isDeepStrictEqual(real, embedded) ? [] : [{why: `${request.method} ${request.why}`, real, embedded}];
		});
		expect(differing).toEqual([]);
		process.stdout.write(`${topic}: ${requests.length} requests answered alike\n`);
	});
});

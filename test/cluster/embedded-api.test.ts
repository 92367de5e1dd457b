import {readFileSync} from 'node:fs';
import {isDeepStrictEqual} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type ApiServer, startApiServer} from '../../src/demo/api/start-api-server.ts';
import {systemClock} from '../../src/demo/clock.ts';
import {createLoopbackNetwork} from '../../src/demo/network.ts';
import {type AskedServer, answersOf, type RawAnswer} from './api-requests/both-servers.ts';
import {definitionRequests} from './api-requests/definition-requests.ts';
import {otherRequests, podRequests, workloadRequests} from './api-requests/kind-requests.ts';
import {listRequests, objectRequests} from './api-requests/object-requests.ts';
import type {TableRequest} from './api-requests/request.ts';
import {isOwnCluster, suiteCluster} from './harness/suite-cluster.ts';

const token = 'table';

describe.runIf(isOwnCluster())('the embedded API server answers as the real one', () => {
	let embedded: ApiServer;
	beforeAll(async () => {
		embedded = await startApiServer({clock: systemClock, network: createLoopbackNetwork(), users: [{name: 'admin', groups: ['system:masters'], token}]});
	});
	afterAll(() => embedded.close());

	const tables: Readonly<Record<string, readonly TableRequest[]>> = {
		objects: objectRequests,
		lists: listRequests,
		pods: podRequests,
		workloads: workloadRequests,
		others: otherRequests,
		definitions: definitionRequests,
	};

	test.each(Object.entries(tables))('%s', async (topic, table) => {
		const {server, own} = suiteCluster();
		const namespace = `api-${topic}-${process.pid}`;
		const real: AskedServer = {url: server, token: own?.token ?? '', ca: readFileSync(own?.certificateAuthority ?? '', 'utf8')};
		const ours: AskedServer = {url: embedded.url, token};
		const create: TableRequest = {
			why: 'its namespace',
			method: 'POST',
			path: '/api/v1/namespaces',
			body: {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'NS'}},
		};
		const remove: TableRequest = {why: 'done', method: 'DELETE', path: '/api/v1/namespaces/NS', ignore: ['.status.conditions']};
		const requests = [create, ...table, remove];
		const [expected, actual] = await Promise.all([answersOf(real, requests, namespace), answersOf(ours, requests, namespace)]);
		const differing = requests.flatMap((request, index) => {
			const [real, embedded] = [seen(expected[index], request), seen(actual[index], request)];
			return isDeepStrictEqual(real, embedded) ? [] : [{why: `${request.method} ${request.why}`, real, embedded}];
		});
		if (process.env.DIFF) (await import('node:fs')).writeFileSync(`${process.env.DIFF}-${topic}.json`, JSON.stringify(differing, undefined, 1));
		expect(differing).toEqual([]);
		process.stdout.write(`${topic}: ${requests.length} requests answered alike\n`);
	});
});

/** What has to agree. */
function seen(answer: RawAnswer | undefined, {wordsDiffer}: TableRequest): unknown {
	if (wordsDiffer === undefined || answer === undefined) return answer;
	return {code: answer.code, reason: (answer.body as {reason?: string}).reason};
}

import {afterEach, beforeEach, expect, test} from 'vitest';
import {type ApiClient, ApiError, createApiClient, isNotFound} from '../../src/demo/api-client.ts';
import {refuse, reply, type ScriptedApi, startScriptedApi} from './scripted-api.ts';

let api: ScriptedApi;
let client: ApiClient;

beforeEach(async () => {
	api = await startScriptedApi();
	client = createApiClient({server: api.server, token: 'secret'});
});
afterEach(async () => {
	await client.close();
	await api.close();
});

test('sends JSON with its kind and the token, and reads JSON', async () => {
	const answer = client.send({method: 'PATCH', path: '/api/v1/x', query: {dryRun: 'All'}, body: {a: 1}, contentType: 'application/merge-patch+json'});
	const call = await api.next();
	expect([call.method, call.path, call.query.get('dryRun'), call.body]).toEqual(['PATCH', '/api/v1/x', 'All', '{"a":1}']);
	expect(call.headers).toMatchObject({authorization: 'Bearer secret', 'content-type': 'application/merge-patch+json', accept: 'application/json'});
	reply(call, {b: 2});
	expect(await answer).toEqual({b: 2});
});

test("a refusal is an error with the server's status, reason and words", async () => {
	const answer = client.send({path: '/api/v1/x'}).catch((error: unknown) => error);
	refuse(await api.next(), 404, 'NotFound');
	const error = await answer;
	expect(error).toBeInstanceOf(ApiError);
	expect(error).toMatchObject({status: 404, reason: 'NotFound', message: 'NotFound it is'});
	expect(isNotFound(error)).toBe(true);
});

test('a refusal that is no Status is an error too', async () => {
	const answer = client.send({path: '/api/v1/x'}).catch((error: unknown) => error);
	(await api.next()).response.writeHead(502).end('bad gateway\n');
	expect(await answer).toMatchObject({status: 502, reason: '', message: 'bad gateway'});
});

test('closing ends what is still open', async () => {
	const answer = client.send({path: '/api/v1/x'}).catch((error: unknown) => error);
	await api.next();
	await client.close();
	expect(await answer).toBeInstanceOf(Error);
});

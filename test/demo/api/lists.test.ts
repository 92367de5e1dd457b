import {afterEach, expect, test} from 'vitest';
import {type Answered, startTestApi, type TestApi} from './test-api.ts';

const maps = '/api/v1/namespaces/default/configmaps';
let api: TestApi | undefined;
afterEach(() => api?.close());

/** A server with ConfigMaps m0 … m9. */
async function startWithMaps(options: Parameters<typeof startTestApi>[0] = {}) {
	api = await startTestApi(options);
	for (let index = 0; index < 10; index++) await api.send('POST', maps, {metadata: {name: `m${index}`, labels: {odd: String(index % 2)}}, data: {v: '1'}});
	return api;
}

const namesOf = (body: Answered) => body.items.map((item: Answered) => item.metadata.name).join(' ');

test('pages show the state of the first one, whatever happens meanwhile', async () => {
	const {send} = await startWithMaps();
	const first = (await send('GET', `${maps}?limit=4`)).body;
	expect(namesOf(first)).toBe('m0 m1 m2 m3');
	expect(first.metadata.remainingItemCount).toBe(6);
	await send('DELETE', `${maps}/m5`);
	await send('POST', maps, {metadata: {name: 'm55'}});
	await send('PUT', `${maps}/m6`, {metadata: {name: 'm6'}, data: {v: '2'}});
	const second = (await send('GET', `${maps}?limit=4&continue=${first.metadata.continue}`)).body;
	expect(namesOf(second)).toBe('m4 m5 m6 m7');
	expect(second.items[2].data).toEqual({v: '1'});
	expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
	const third = (await send('GET', `${maps}?limit=4&continue=${second.metadata.continue}`)).body;
	expect(namesOf(third)).toBe('m8 m9');
	expect(third.metadata.continue).toBeUndefined();
	expect(namesOf((await send('GET', maps)).body)).toBe('m0 m1 m2 m3 m4 m55 m6 m7 m8 m9');
	const exact = (await send('GET', `${maps}?resourceVersion=${first.metadata.resourceVersion}&resourceVersionMatch=Exact`)).body;
	expect(namesOf(exact)).toBe('m0 m1 m2 m3 m4 m5 m6 m7 m8 m9');
});

test('pages of a selection do not count what is left', async () => {
	const {send} = await startWithMaps();
	const first = (await send('GET', `${maps}?limit=2&labelSelector=odd%3D1`)).body;
	expect(namesOf(first)).toBe('m1 m3');
	expect(first.metadata.remainingItemCount).toBeUndefined();
	const rest = (await send('GET', `${maps}?labelSelector=odd%3D1&continue=${first.metadata.continue}`)).body;
	expect(namesOf(rest)).toBe('m5 m7 m9');
});

test('a page of a state that is forgotten is 410', async () => {
	const {send} = await startWithMaps({watchWindow: 4});
	const first = (await send('GET', `${maps}?limit=4`)).body;
	for (let count = 0; count < 8; count++) await send('PUT', `${maps}/m0`, {metadata: {name: 'm0'}, data: {v: `x${count}`}});
	expect(await send('GET', `${maps}?limit=4&continue=${first.metadata.continue}`)).toMatchObject({code: 410, body: {reason: 'Expired'}});
	expect(await send('GET', `${maps}?resourceVersion=3&resourceVersionMatch=Exact`)).toMatchObject({code: 410, body: {reason: 'Expired'}});
});

test('a version from the future is 504 with its cause', async () => {
	const {send} = await startWithMaps();
	expect(await send('GET', `${maps}?resourceVersion=999999`)).toMatchObject({
		code: 504,
		body: {reason: 'Timeout', details: {causes: [{reason: 'ResourceVersionTooLarge'}], retryAfterSeconds: 1}},
	});
});

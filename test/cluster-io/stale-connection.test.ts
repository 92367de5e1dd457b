import type {Socket} from 'node:net';
import {expect, test} from 'vitest';
import {answerJson, startApiServer} from './harness/api-server.ts';
import {cleanup} from './harness/cleanup.ts';
import {connectTo} from './harness/kubeconfig.ts';

test('a watch on a kept connection that breaks is not opened again behind the back of who reads it', async () => {
	let watched: Socket | null = null;
	const server = await startApiServer((request, response) => {
		if (request.url !== '/watch') return answerJson(response, {fine: true});
		watched = response.socket;
		response.writeHead(200).flushHeaders();
	});
	cleanup(() => server.close());
	const connection = await connectTo(server.url);
	await connection.json({path: '/list'});
	const {body} = await connection.open({path: '/watch'});
	(watched as Socket | null)?.resetAndDestroy();
	const reading = (async () => {
		for await (const _ of body);
	})();
	await expect(reading).rejects.toThrow('broken off');
	// What was sent before is answered before.
	await connection.json({path: '/end'});
	await connection.json({path: '/end'});
	expect(server.requests.map(({path}) => path)).toEqual(['/list', '/watch', '/end', '/end']);
});

import type {ServerResponse} from 'node:http';
import {expect, it} from 'vitest';
import {openGuard} from '../../../src/domain/guard.ts';
import {connectTo} from '../../cluster-io/harness/kubeconfig.ts';
import {webPaths} from '../../cluster-io/harness/objects.ts';
import {kubiaServer, sessionOn} from './session-on.ts';

it.each<[showValues: boolean, line: string]>([
	[false, 'fatal: no database at postgres://shop:••••••@db/shop'],
	[true, 'fatal: no database at postgres://shop:hunter2secret@db/shop'],
])('quotes a log line with its values shown %s', async (showValues, line) => {
	const log = `${webPaths.pods}/kubia-hash2-aaaaa/log`;
	const server = await kubiaServer({
		[`GET ${log}`]: (_request: unknown, response: ServerResponse) => response.end('starting\nfatal: no database at postgres://shop:hunter2secret@db/shop\n'),
	});
	const connection = await connectTo(server.url, {}, {namespace: 'web'});
	const session = await sessionOn(connection, {safety: {guard: {...openGuard, showValues}}});
	expect(await session.readLogTail('kubia-hash2-aaaaa', 'app', true)).toEqual(['starting', line]);
	expect(server.requests.find(({path}) => path === log)?.query).toMatchObject({container: 'app', previous: 'true', tailLines: '20'});
});

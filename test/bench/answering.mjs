import {fork} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {within} from './within.mjs';

/** A server on loopback that answers like kubia and knows when it was asked. */
export async function startAnsweringServer() {
	const child = fork(fileURLToPath(new URL('answering-server.mjs', import.meta.url)));
	const message = () => within(10_000, 'the answering server', once(child, 'message')).then(([content]) => content);
	const {port} = await message();
	return {
		url: `http://127.0.0.1:${port}/`,
		/** When requests came since the last call, in ms of the server's own clock. @returns {Promise<number[]>} */
		async arrivals() {
			child.send('report');
			return (await message()).arrivals;
		},
		async close() {
			const closed = once(child, 'close');
			child.kill('SIGKILL');
			await closed;
		},
	};
}

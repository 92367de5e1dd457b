import type {AddressInfo, Server} from 'node:net';

export type Listening = {readonly url: string; readonly close: () => Promise<void>};

/** A server on a free port of loopback. */
export async function listening(server: Server & {closeAllConnections?: () => void}): Promise<Listening> {
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				server.closeAllConnections?.();
			}),
	};
}

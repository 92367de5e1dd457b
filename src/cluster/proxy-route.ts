import type {Dispatcher} from 'undici';
import type {ClusterConnection} from './connect.ts';

/** What every request through one of the API server's proxies needs. */
export type ApiProxy = {
	readonly origin: string;
	/** Always sends with the client certificate of the moment. */
	readonly dispatcher: Dispatcher;
	/** Fresh credentials: ask before each request. Throws ClusterError `config`. */
	headers(): Promise<Record<string, string>>;
};

/** The way to the API server's proxies, for a client of HTTP that is not ours. Throws ClusterError `config`. */
export async function openApiProxy(connection: ClusterConnection): Promise<ApiProxy> {
	const {CurrentDispatcher} = await import('./http/current-dispatcher.ts');
	const dispatcher = new CurrentDispatcher((await connection.route()).dispatcher);
	return {
		origin: connection.origin,
		dispatcher,
		async headers() {
			const route = await connection.route();
			const entries = Object.entries(route.headers);
			dispatcher.current = route.dispatcher;
			dispatcher.repeated = Object.fromEntries(entries.filter(([, value]) => Array.isArray(value)));
			return Object.fromEntries(entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])));
		},
	};
}

import {readFileSync, writeFileSync} from 'node:fs';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {request} from 'node:https';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import type {ClusterAccess} from '../harness/cluster-access.ts';
import {kubeconfigOf} from '../harness/control-plane-files.ts';

/** A request that would change something, as it went over the wire. */
export interface RecordedRequest {
	readonly method: string;
	/** Path and query, as sent. */
	readonly url: string;
	readonly contentType: string | undefined;
	readonly accept: string | undefined;
	readonly userAgent: string | undefined;
	readonly body: string;
	/** What the API server answered; undefined until then. */
	status?: number;
}

export interface RecordingProxy {
	/** A kubeconfig whose server is the proxy. */
	readonly kubeconfig: string;
	/** Everything but reads, in order. */
	readonly changes: readonly RecordedRequest[];
	stop(): Promise<void>;
}

/** Stands between a client and the API server and writes down what is sent to change something: the audit log knows no headers. */
export async function startRecordingProxy(cluster: ClusterAccess, name: string): Promise<RecordingProxy> {
	const {own} = cluster;
	if (own === undefined) throw new Error('the proxy signs in with a token that only a control plane of our own has');
	const changes: RecordedRequest[] = [];
	const ca = readFileSync(own.certificateAuthority);
	const server = createServer((incoming, outgoing) => {
		const chunks: Buffer[] = [];
		incoming.on('data', chunk => chunks.push(chunk));
		incoming.on('end', () => {
			const body = Buffer.concat(chunks);
			const request = recorded(incoming, body.toString());
			if (incoming.method !== 'GET' && incoming.method !== 'HEAD') changes.push(request);
			forward(incoming, body, outgoing, status => {
				request.status = status;
			});
		});
	});
	const forward = (incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse, answered: (status: number) => void) => {
		const headers = {...incoming.headers, authorization: `Bearer ${own.token}`};
		const upstream = request(`${cluster.server}${incoming.url}`, {method: incoming.method ?? 'GET', headers, ca}, answer => {
			const status = answer.statusCode ?? 502;
			outgoing.writeHead(status, answer.headers);
			answered(status);
			// A watch begins with its headers, long before there is anything to tell.
			outgoing.flushHeaders();
			answer.pipe(outgoing);
			answer.on('error', () => outgoing.destroy());
		});
		upstream.on('error', () => outgoing.destroy());
		// A watch ends when its reader goes away.
		outgoing.on('close', () => upstream.destroy());
		upstream.end(body);
	};
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo;
	const kubeconfig = join(cluster.folder, `kubeconfig-recorded-${name}`);
	const config = kubeconfigOf({server: `http://127.0.0.1:${port}`, certificateAuthority: own.certificateAuthority, user: 'admin', token: own.token});
	writeFileSync(kubeconfig, config, {mode: 0o600});
	return {
		kubeconfig,
		changes,
		stop: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function recorded({method = '', url = '', headers}: IncomingMessage, body: string): RecordedRequest {
	return {method, url, contentType: headers['content-type'], accept: headers.accept, userAgent: headers['user-agent'], body};
}

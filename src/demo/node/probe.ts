import {request as httpRequest} from 'node:http';
import {request as httpsRequest} from 'node:https';
import {connect} from 'node:net';
import type {Clock} from '../clock.ts';
import type {Network} from '../network.ts';
import type {ContainerSpec, ProbeSpec} from './api-pod.ts';

/** What a probe is sent to, and with which time. */
export interface ProbeTarget {
	readonly container: ContainerSpec;
	readonly podIp: string;
	readonly clock: Clock;
	readonly network: Network;
}

/** The outcome of one probe; a failure's text is the one that a kubelet puts into its event. */
export type ProbeResult = {readonly ok: true} | {readonly ok: false; readonly message: string};

const success: ProbeResult = {ok: true};

/** Sends one probe. It never throws: whatever goes wrong is a failed probe. */
export function sendProbe(probe: ProbeSpec, target: ProbeTarget): Promise<ProbeResult> {
	if (probe.httpGet !== undefined) return sendHttp(probe, probe.httpGet, target);
	if (probe.tcpSocket !== undefined) return sendTcp(probe, probe.tcpSocket, target);
	// The programs have neither a shell nor gRPC; what runs counts as well.
	return Promise.resolve(success);
}

function sendHttp(probe: ProbeSpec, action: NonNullable<ProbeSpec['httpGet']>, target: ProbeTarget): Promise<ProbeResult> {
	const port = portOf(action.port, target.container);
	if (port === undefined) return Promise.resolve({ok: false, message: `couldn't find port: ${action.port}`});
	const host = action.host ?? target.podIp;
	const path = action.path ?? '/';
	const scheme = action.scheme === 'HTTPS' ? 'https' : 'http';
	const url = `${scheme}://${host}:${port}${path.startsWith('/') ? path : `/${path}`}`;
	const at = target.network.resolve(host, port);
	if (at === undefined) return Promise.resolve({ok: false, message: `Get "${url}": ${refused(`${host}:${port}`)}`});
	const headers = {host: `${host}:${port}`, 'user-agent': 'kube-probe/1.36', accept: '*/*', connection: 'close', ...headersOf(action.httpHeaders)};
	const ask = scheme === 'https' ? httpsRequest : httpRequest;
	return new Promise(resolve => {
		// No agent: a probe's connection is its own, as the kubelet's is.
		const request = ask({
			...at,
			path: path.startsWith('/') ? path : `/${path}`,
			headers,
			agent: false,
			...(scheme === 'https' ? {rejectUnauthorized: false} : {}),
		});
		const end = once(resolve, () => request.destroy());
		const cancel = target.clock.schedule(timeoutMs(probe), () =>
			end({ok: false, message: `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`}),
		);
		request.on('response', ({statusCode = 0}) => {
			cancel();
			end(statusCode >= 200 && statusCode < 400 ? success : {ok: false, message: `HTTP probe failed with statuscode: ${statusCode}`});
		});
		request.on('error', error => {
			cancel();
			end({ok: false, message: `Get "${url}": ${goNetworkError(error, `${host}:${port}`)}`});
		});
		request.end();
	});
}

function sendTcp(probe: ProbeSpec, action: NonNullable<ProbeSpec['tcpSocket']>, target: ProbeTarget): Promise<ProbeResult> {
	const port = portOf(action.port, target.container);
	if (port === undefined) return Promise.resolve({ok: false, message: `couldn't find port: ${action.port}`});
	const host = action.host ?? target.podIp;
	const at = target.network.resolve(host, port);
	if (at === undefined) return Promise.resolve({ok: false, message: refused(`${host}:${port}`)});
	return new Promise(resolve => {
		const socket = connect(at);
		const end = once(resolve, () => socket.destroy());
		const cancel = target.clock.schedule(timeoutMs(probe), () => end({ok: false, message: `dial tcp ${host}:${port}: i/o timeout`}));
		socket.on('connect', () => {
			cancel();
			end(success);
		});
		socket.on('error', error => {
			cancel();
			end({ok: false, message: goNetworkError(error, `${host}:${port}`)});
		});
	});
}

function once(resolve: (result: ProbeResult) => void, close: () => void): (result: ProbeResult) => void {
	return result => {
		resolve(result);
		close();
	};
}

function timeoutMs(probe: ProbeSpec): number {
	return (probe.timeoutSeconds ?? 1) * 1_000;
}

function portOf(port: number | string, {ports = []}: ContainerSpec): number | undefined {
	if (typeof port === 'number') return port;
	return ports.find(({name}) => name === port)?.containerPort;
}

function headersOf(headers: NonNullable<ProbeSpec['httpGet']>['httpHeaders'] = []): Record<string, string> {
	return Object.fromEntries(headers.map(({name, value}) => [name.toLowerCase(), value]));
}

function refused(address: string): string {
	return `dial tcp ${address}: connect: connection refused`;
}

/** Go's words for what went wrong with a connection. */
function goNetworkError(error: NodeJS.ErrnoException, address: string): string {
	if (error.code === 'ECONNREFUSED') return refused(address);
	if (error.code === 'ECONNRESET') return error.message === 'socket hang up' ? 'EOF' : `read tcp ${address}: read: connection reset by peer`;
	return `dial tcp ${address}: ${error.message}`;
}

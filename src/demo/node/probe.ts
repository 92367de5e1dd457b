import {connect} from 'node:net';
import {goNetworkError, refused, resolvePort} from './container-port.ts';
import type {ContainerProcess} from './container-process.ts';
import {type HttpTarget, httpGet} from './http-get.ts';
import type {ProbeSpec} from './pod-spec.ts';

/** What a probe is sent to. */
export interface ProbeTarget extends HttpTarget {
	/** What runs in the container, for a command. */
	readonly process: ContainerProcess | undefined;
}

/** The outcome of one probe; the texts are those that a kubelet puts into its events. An `error` is no verdict about the container. */
export type ProbeResult = {readonly kind: 'success'; readonly warning?: string} | {readonly kind: 'failure' | 'error'; readonly message: string};

const success: ProbeResult = {kind: 'success'};

/** Sends one probe. It never throws: whatever goes wrong is a failed probe. */
export function sendProbe(probe: ProbeSpec, target: ProbeTarget): Promise<ProbeResult> {
	if (probe.httpGet !== undefined) return sendHttp(probe, probe.httpGet, target);
	if (probe.tcpSocket !== undefined) return sendTcp(probe, probe.tcpSocket, target);
	if (probe.exec !== undefined) return Promise.resolve(runCommand(probe.exec.command ?? [], target));
	// The programs speak no gRPC; what runs counts as well.
	return Promise.resolve(success);
}

async function sendHttp(probe: ProbeSpec, action: NonNullable<ProbeSpec['httpGet']>, target: ProbeTarget): Promise<ProbeResult> {
	const answer = await httpGet(action, target, 'probe', timeoutMs(probe));
	if (answer.kind !== 'answer') return answer;
	const {status, body} = answer;
	if (status < 200 || status >= 400) return {kind: 'failure', message: `HTTP probe failed with statuscode: ${status}`};
	return status < 300 ? success : {kind: 'success', warning: `Probe terminated redirects, Response body: ${body}`};
}

async function sendTcp(probe: ProbeSpec, action: NonNullable<ProbeSpec['tcpSocket']>, target: ProbeTarget): Promise<ProbeResult> {
	const port = resolvePort(action.port, target.container);
	if (typeof port === 'string') return {kind: 'error', message: port};
	const host = action.host ?? target.podIp;
	const address = `${host}:${port}`;
	const at = await target.network.resolve(host, port);
	if (at === undefined) return {kind: 'failure', message: refused(address)};
	return new Promise(resolve => {
		const socket = connect(at);
		const end = (result: ProbeResult) => {
			cancel();
			resolve(result);
			socket.destroy();
		};
		const cancel = target.clock.schedule(timeoutMs(probe), () => end({kind: 'failure', message: `dial tcp ${address}: i/o timeout`}));
		socket.on('connect', () => end(success));
		socket.on('error', error => end({kind: 'failure', message: goNetworkError(error, address)}));
	});
}

function runCommand(command: readonly string[], {process}: ProbeTarget): ProbeResult {
	const {code, output} = process?.exec(command) ?? {code: 0, output: ''};
	return code === 0 ? success : {kind: 'failure', message: output};
}

function timeoutMs(probe: ProbeSpec): number {
	return (probe.timeoutSeconds ?? 1) * 1_000;
}

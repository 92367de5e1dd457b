import type {ServerResponse} from 'node:http';
import type {Clock} from '../clock.ts';
import type {ContainerSlot} from './container-slot.ts';
import type {LogBuffer, LogLine} from './log-buffer.ts';
import type {ContainerStatus} from './pod-status.ts';

/** Whose log is asked for. */
export interface LogSource {
	readonly pod: string;
	readonly slot: ContainerSlot;
	/** As it was published last: it decides which run is meant. */
	readonly status: ContainerStatus | undefined;
	readonly clock: Clock;
}

/** A reader who follows without reading is given up when this much waits for it. */
const mostWaitingBytes = 1_024 * 1_024;

/** Answers one request for a container's log, with the options of `kubectl logs`. */
export function answerLogs(response: ServerResponse, options: URLSearchParams, source: LogSource): void {
	const id = wantedId(source, options.get('previous') === 'true');
	if ('error' in id) {
		response.writeHead(400, {'content-type': 'text/plain'}).end(id.error);
		return;
	}
	const {slot, clock} = source;
	const log = logOf(slot, id.containerId);
	response.writeHead(200, {'content-type': 'text/plain'});
	if (log === undefined) {
		response.end(`unable to retrieve container logs for ${id.containerId}`);
		return;
	}
	const write = limitedWriter(response, options.get('limitBytes'));
	const text = textOf(options.get('timestamps') === 'true');
	write(chosenLines(log, options, clock).map(text).join(''));
	const run = slot.run.kind === 'running' && slot.run.log === log ? slot.run.process : undefined;
	if (options.get('follow') !== 'true' || run === undefined || response.writableEnded) {
		response.end();
		return;
	}
	// Whoever follows must know at once that the log is there, though it may be empty.
	response.flushHeaders();
	const stop = log.onLine(line => write(text(line)));
	response.on('close', stop);
	void run.exited.then(() => response.end());
}

/** The run whose log is meant, or the kubelet's reason why there is none (kubelet_pods.go: validateContainerLogStatus). */
function wantedId({pod, slot, status}: LogSource, isPrevious: boolean): {readonly containerId: string} | {readonly error: string} {
	const name = `container "${slot.spec.name}" in pod "${pod}"`;
	if (status === undefined) return {error: `${name} is not available`};
	const {state, lastState, containerID} = status;
	const last = lastState.terminated?.containerID;
	if (isPrevious) return last === undefined ? {error: `previous terminated ${name} not found`} : {containerId: last};
	if (state.running !== undefined && containerID !== undefined) return {containerId: containerID};
	if (state.terminated !== undefined || lastState.terminated !== undefined) {
		const ended = state.terminated?.containerID ?? last;
		return ended === undefined ? {error: `${name} is terminated`} : {containerId: ended};
	}
	return {error: `${name} is waiting to start: ${whyWaiting(state.waiting?.reason)}`};
}

function whyWaiting(reason = ''): string {
	if (reason === 'ErrImagePull') return "image can't be pulled";
	return reason === 'ImagePullBackOff' ? 'trying and failing to pull image' : reason;
}

function logOf({run, previous}: ContainerSlot, id: string): LogBuffer | undefined {
	if (run.kind !== 'none' && run.id === id) return run.log;
	return previous?.terminated.containerID === id ? previous.log : undefined;
}

/** Writes until as many bytes are written as may be, then ends. */
function limitedWriter(response: ServerResponse, limit: string | null): (text: string) => void {
	let left = limit === null ? Number.POSITIVE_INFINITY : Number(limit) || 0;
	return text => {
		if (response.writableEnded || response.destroyed) return;
		const bytes = Buffer.from(text);
		if (bytes.length > 0) response.write(bytes.subarray(0, left));
		left -= bytes.length;
		if (left <= 0) response.end();
		else if (response.writableLength > mostWaitingBytes) response.destroy();
	};
}

function chosenLines(log: LogBuffer, options: URLSearchParams, clock: Clock): readonly LogLine[] {
	const sinceSeconds = options.get('sinceSeconds');
	const sinceTime = options.get('sinceTime');
	const since = sinceSeconds === null ? (sinceTime === null ? 0 : Date.parse(sinceTime)) : clock.now() - Number(sinceSeconds) * 1_000;
	const lines = log.lines().filter(({at}) => at >= since);
	const tail = options.get('tailLines');
	return tail === null ? lines : lines.slice(Math.max(0, lines.length - Number(tail)));
}

/** With the kubelet's nine digits after the second. */
function textOf(hasTimestamps: boolean): (line: LogLine) => string {
	return hasTimestamps ? ({at, text}) => `${new Date(at).toISOString().replace('Z', '000000Z')} ${text}\n` : ({text}) => `${text}\n`;
}

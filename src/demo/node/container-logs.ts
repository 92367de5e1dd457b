import type {ServerResponse} from 'node:http';
import type {Clock} from '../clock.ts';
import type {ContainerSlot} from './container-slot.ts';
import type {LogBuffer, LogLine} from './log-buffer.ts';

/** Answers one request for a container's log, with the options of `kubectl logs`. */
export function answerLogs(response: ServerResponse, options: URLSearchParams, slot: ContainerSlot, pod: string, clock: Clock): void {
	const log = wantedLog(slot, options.get('previous') === 'true', pod);
	if (typeof log === 'string') {
		response.writeHead(400, {'content-type': 'text/plain'}).end(log);
		return;
	}
	const text = textOf(options.get('timestamps') === 'true');
	const bytes = Buffer.from(chosenLines(log, options, clock).map(text).join(''));
	const limit = Number(options.get('limitBytes') ?? Number.POSITIVE_INFINITY);
	response.writeHead(200, {'content-type': 'text/plain'});
	response.write(bytes.subarray(0, limit));
	const run = slot.run.kind === 'running' && slot.run.log === log ? slot.run.process : undefined;
	if (options.get('follow') !== 'true' || run === undefined) {
		response.end();
		return;
	}
	const stop = log.onLine(line => response.write(text(line)));
	response.on('close', stop);
	void run.exited.then(() => response.end());
}

/** The log that is meant, or the kubelet's reason why there is none. */
function wantedLog({spec, run, previous, waiting}: ContainerSlot, isPrevious: boolean, pod: string): LogBuffer | string {
	// While a crash loop waits, the container's current state is "waiting" and the run that has ended is the previous one.
	const ended = run.kind === 'exited' && waiting !== undefined ? run.log : previous?.log;
	if (isPrevious) return ended ?? `previous terminated container "${spec.name}" in pod "${pod}" not found`;
	if (run.kind !== 'none') return run.log;
	const why = waiting === undefined ? 'ContainerCreating' : 'trying and failing to pull image';
	return `container "${spec.name}" in pod "${pod}" is waiting to start: ${why}`;
}

function chosenLines(log: LogBuffer, options: URLSearchParams, clock: Clock): readonly LogLine[] {
	const sinceSeconds = options.get('sinceSeconds');
	const sinceTime = options.get('sinceTime');
	const since = sinceSeconds === null ? (sinceTime === null ? 0 : Date.parse(sinceTime)) : clock.now() - Number(sinceSeconds) * 1_000;
	const lines = log.lines().filter(({at}) => at >= since);
	const tail = options.get('tailLines');
	return tail === null ? lines : lines.slice(Math.max(0, lines.length - Number(tail)));
}

function textOf(hasTimestamps: boolean): (line: LogLine) => string {
	return hasTimestamps ? ({at, text}) => `${new Date(at).toISOString()} ${text}\n` : ({text}) => `${text}\n`;
}

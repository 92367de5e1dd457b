import {appendLog, emptyLogBuffer, type LogEntry} from '../../src/domain/log/log-buffer.ts';
import {emptyLogFeed, type LogFeed, type LogPod} from '../../src/store/log-feed.ts';

const began = new Date(2026, 10, 21, 14, 3, 0).getTime();

const said = [
	'Kubia server starting...',
	'Listening on :8080',
	'Received request from 127.0.0.1:40112 kube-probe/1.36',
	'Error: upstream timed out after 5000 ms while it read the configuration of the shop from the primary, giving up and starting with what the cache has',
	'    at Socket.<anonymous> (/app/server.js:12:9)',
	'    at Socket.emit (node:events:519:28)',
	'Received request from 10.1.0.9:50001 curl/8.5.0',
];

function lines(count: number, streams: number): Omit<LogEntry, 'id'>[] {
	return Array.from({length: count}, (_, index) => ({
		stream: index % streams,
		at: began + index * 137,
		kind: 'line',
		text: said[index % said.length] ?? '',
	}));
}

const pod = (name: string, state: LogPod['state'] = 'open', why = ''): LogPod => ({uid: name, name, state, why});

/** The log of the pod that blocks the rollout: it has been restarted meanwhile. */
export const podFeed: LogFeed = {
	...emptyLogFeed,
	containers: ['app'],
	container: 'app',
	pods: [pod('kubia-7c9d5f5b6d-x2x7k')],
	buffer: appendLog(appendLog(emptyLogBuffer, lines(60, 1)), [
		{stream: 0, at: undefined, kind: 'note', text: 'this run of the container has ended'},
		{stream: 0, at: undefined, kind: 'note', text: 'container app was restarted (1 restart)'},
		{stream: 0, at: began + 60_000, kind: 'line', text: 'Kubia server starting...'},
	]),
};

/** Those of a revision, one of which has not started. */
export const revisionFeed: LogFeed = {
	...emptyLogFeed,
	containers: ['init', 'app', 'proxy'],
	container: 'app',
	pods: [pod('kubia-6b8f7c5d4f-4wzzp'), pod('kubia-6b8f7c5d4f-9qkdr'), pod('kubia-6b8f7c5d4f-lm2ns', 'waiting', 'waits')],
	unread: 2,
	buffer: {...appendLog(emptyLogBuffer, lines(45, 2)), dropped: 2_311},
};

/** A container that can't start says nothing itself. */
export const waitingFeed: LogFeed = {
	...emptyLogFeed,
	containers: ['app'],
	container: 'app',
	pods: [pod('kubia-7c9d5f5b6d-x2x7k', 'waiting', 'container "app" in pod "kubia-7c9d5f5b6d-x2x7k" is waiting to start: trying and failing to pull image')],
};

/** Nobody may read it. */
export const refusedFeed: LogFeed = {
	...emptyLogFeed,
	problem: 'pods "kubia-7c9d5f5b6d-x2x7k" is forbidden: User "dev" cannot get resource "pods/log" in API group "" in the namespace "web"',
};

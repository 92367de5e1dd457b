import {get} from 'node:https';
import {connect} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {tailOf} from './component.ts';

const pollMs = 20;
const patienceMs = 60_000;

/** Waits until something listens on a local port. */
export function waitForPort(port: number, logFile: string): Promise<void> {
	return poll(() => canConnect(port), `nothing listens on port ${port}`, logFile);
}

/** Waits until the API server says that it is ready, bootstrap roles included. */
export function waitUntilReady(server: string, token: string, logFile: string): Promise<void> {
	return poll(() => answersOk(`${server}/readyz`, token), `${server}/readyz is not ok`, logFile);
}

/** Waits until a controller's health endpoint says ok. */
export function waitUntilHealthy(url: string, logFile: string): Promise<void> {
	const isOk = () =>
		fetch(url).then(
			({ok}) => ok,
			() => false,
		);
	return poll(isOk, `${url} is not ok`, logFile);
}

async function poll(isDone: () => Promise<boolean>, problem: string, logFile: string): Promise<void> {
	const giveUpAt = Date.now() + patienceMs;
	while (!(await isDone())) {
		if (Date.now() > giveUpAt) throw new Error(`${problem} after ${patienceMs / 1000} s. The end of ${logFile}:\n${tailOf(logFile)}`);
		await sleep(pollMs);
	}
}

function canConnect(port: number): Promise<boolean> {
	return new Promise(resolve => {
		const socket = connect(port, '127.0.0.1', () => resolve(true));
		socket.on('error', () => resolve(false)).on('connect', () => socket.destroy());
	});
}

function answersOk(url: string, token: string): Promise<boolean> {
	return new Promise(resolve => {
		// Unverified: the certificate is being made while we ask, and the token is worth nothing outside this run.
		const request = get(url, {headers: {authorization: `Bearer ${token}`}, rejectUnauthorized: false, agent: false, timeout: 2000}, response => {
			response.resume();
			resolve(response.statusCode === 200);
		});
		request.on('timeout', () => request.destroy()).on('error', () => resolve(false));
	});
}

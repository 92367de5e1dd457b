import {createServer, type RequestListener} from 'node:http';
import {afterEach} from 'vitest';
import type {ApiUser} from '../../../src/demo/api/authentication.ts';
import {viewRules} from '../../../src/demo/api/policies.ts';
import {startApiServer} from '../../../src/demo/api/start-api-server.ts';
import {createLoopbackNetwork} from '../../../src/demo/network.ts';
import {createManualClock, type ManualClock} from '../manual-clock.ts';

const users: readonly ApiUser[] = [
	{name: 'admin', groups: ['system:masters'], token: 'admin'},
	{name: 'viewer', token: 'viewer', rules: viewRules},
];

/** An API server alone: what stands for pods and kubelets, a test brings along. */
export interface EmbeddedApi {
	readonly url: string;
	readonly clock: ManualClock;
	/** As `fetch` does, by path, as `admin`. */
	readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
	/** POST of an object; its status, which no POST takes, is written after. Throws what was refused. */
	readonly create: (path: string, object: Readonly<Record<string, unknown>>) => Promise<unknown>;
	/** A program at an address of the cluster. */
	readonly listen: (ip: string, port: number, answer: RequestListener) => Promise<void>;
}

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
	await Promise.all(closers.splice(0).map(close => close()));
});

/** Starts one that is closed after the test, with everything that listens in its network. `random` is 0 unless told otherwise. */
export async function embeddedApi(random: () => number = () => 0): Promise<EmbeddedApi> {
	const clock = createManualClock();
	const network = createLoopbackNetwork();
	const {url, close} = await startApiServer({clock, network, users, random});
	closers.push(close);
	const ask: EmbeddedApi['ask'] = (path, {headers, ...init} = {}) =>
		fetch(`${url}${path}`, {redirect: 'manual', ...init, headers: {authorization: 'Bearer admin', ...(headers as Record<string, string>)}});
	const send = async (method: string, path: string, body: unknown) => {
		const response = await ask(path, {method, body: JSON.stringify(body), headers: {'content-type': 'application/json'}});
		const answer = (await response.json()) as {message?: string; metadata: {resourceVersion: string}};
		if (!response.ok) throw new Error(answer.message);
		return answer;
	};
	return {
		url,
		clock,
		ask,
		async create(path, {status, ...object}) {
			const made = await send('POST', path, object);
			return status === undefined ? made : send('PUT', `${path}/${(made as unknown as {metadata: {name: string}}).metadata.name}/status`, {...made, status});
		},
		async listen(ip, port, answer) {
			const server = createServer(answer);
			network.listen(server, ip, port);
			await network.resolve(ip, port);
			closers.push(async () => {
				server.closeAllConnections();
				server.close();
			});
		},
	};
}

/** What the API says when it refuses. */
export async function refusalOf(response: Response): Promise<{code: number; reason: string; message: string}> {
	const {kind, code, reason = '', message} = (await response.json()) as {kind: string; code: number; reason?: string; message: string};
	return kind === 'Status' ? {code, reason, message} : {code: response.status, reason: `no Status but ${kind}`, message: ''};
}

/** A pod that runs at an address; `containers` by name. */
export function podAt(name: string, ip: string, containers: readonly string[] = ['app'], more: object = {}): Readonly<Record<string, unknown>> {
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name},
		spec: {containers: containers.map(each => ({name: each, image: 'app', ports: [{containerPort: 8080}]})), ...more},
		status: {phase: 'Running', podIP: ip, podIPs: [{ip}]},
	};
}

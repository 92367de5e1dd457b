import type {ApiObject} from '../../../src/demo/api-object.ts';
import {apiTime} from '../../../src/demo/clock.ts';
import {argoDefinitions, kruiseDefinitions, velaDefinitions} from '../../../src/demo/scenarios/definitions.ts';
import type {Answered} from '../api/test-api.ts';
import {type SmallCluster, startSmallCluster} from '../controllers/small-cluster.ts';
import type {RecordedRequest, Recording} from './recording.ts';
import {distinct, rowOf} from './rows.ts';

const paths: Readonly<Record<string, string>> = {
	kruise: '/apis/rollouts.kruise.io/v1beta1/rollouts',
	argo: '/apis/argoproj.io/v1alpha1/rollouts',
	applications: '/apis/core.oam.dev/v1beta1/applications',
	ingresses: '/apis/networking.k8s.io/v1/ingresses',
};

/** How long a pod takes to become ready, ms: about as long as in the recordings. */
const readyMs = 1_500;
const stepMs = 100;
/** How often the node says that it lives. */
const beatMs = 10_000;
const patienceMs = 150_000;

/** A cluster of ours in which a recording's requests are sent, and what its objects told. */
export interface Replay extends SmallCluster {
	/** What is there of a kind now. */
	readonly now: (kind: string) => Promise<Answered | undefined>;
	/** Lets time and pods go on. */
	readonly pass: (ms: number) => Promise<void>;
	/** Lets them go on until something holds. */
	readonly wait: (what: string, holds: () => Promise<boolean>) => Promise<void>;
	readonly send: (request: RecordedRequest) => Promise<void>;
	/** By kind as in `rowOf`: each state that was told, consecutive equal ones once. */
	readonly rows: (kind: string) => readonly string[];
}

/** Starts a cluster with a node, the custom kinds and a namespace. `spreadMs`: how much later each of several new pods is ready than the one before. */
export async function startReplay(namespace: string, spreadMs = 0): Promise<Replay> {
	const cluster = await startSmallCluster();
	const {clock, api} = cluster;
	for (const body of [...kruiseDefinitions, ...velaDefinitions, ...argoDefinitions])
		await cluster.create('/apis/apiextensions.k8s.io/v1/customresourcedefinitions', body);
	await cluster.create('/api/v1/namespaces', {apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}});
	await cluster.addNode('node-1');
	const told = new Map<string, string[]>();
	const life = new AbortController();
	const watching = Object.entries(paths).map(([kind, path]) => watch(kind, path));
	async function watch(kind: string, path: string) {
		const rows: string[] = [];
		told.set(kind, rows);
		try {
			for await (const {type, object} of api.stream({path, query: {watch: 'true'}, signal: life.signal}) as AsyncGenerator<Answered>)
				if (type !== 'DELETED') rows.push(rowOf[kind]?.(object) ?? '');
		} catch (error) {
			if (!life.signal.aborted) throw error;
		}
	}
	const seen = new Map<string, number>();
	let lastAt = 0;
	const isReady = ({metadata: {uid}}: ApiObject) => {
		if (!seen.has(uid)) {
			lastAt = Math.max(clock.now() + readyMs, lastAt + spreadMs);
			seen.set(uid, lastAt);
		}
		return clock.now() >= (seen.get(uid) ?? 0);
	};
	let beatenAt = clock.now();
	const beat = async () => {
		if (clock.now() - beatenAt < beatMs) return;
		beatenAt = clock.now();
		const conditions = [{type: 'Ready', status: 'True', lastHeartbeatTime: apiTime(beatenAt)}];
		await cluster.patch('/api/v1/nodes/node-1/status', {status: {conditions}});
	};
	const pass = async (ms: number) => {
		for (let gone = 0; gone < ms; gone += stepMs) {
			await clock.advance(stepMs);
			await beat();
			await cluster.playKubelet(isReady);
		}
	};
	await pass(stepMs);
	return {
		...cluster,
		pass,
		async now(kind) {
			return (await cluster.list<Answered>(paths[kind] ?? ''))[0];
		},
		async wait(what, holds) {
			for (let gone = 0; gone < patienceMs; gone += stepMs) {
				if (await holds()) return;
				await pass(stepMs);
			}
			throw new Error(`never: ${what}\n${JSON.stringify(Object.fromEntries([...told].map(([kind, rows]) => [kind, distinct(rows).slice(-6)])), undefined, 1)}`);
		},
		async send(request) {
			const {method, path, contentType = 'application/json', body} = request;
			const isOfApplication = path.includes('/applications/') && path.endsWith('/status');
			const live = method === 'PUT' || isOfApplication ? await cluster.get<Answered>(path.replace(/\/status$/, '')) : undefined;
			const query: Record<string, string> = contentType.includes('apply') ? {fieldManager: 'rec', force: 'true'} : {};
			await api.send({
				method,
				path,
				query,
				body: method === 'PUT' ? replaced(live, withRevisionOf(body, live)) : unversioned(withRevisionOf(body, live), clock.now()),
				contentType: contentType as 'application/json',
			});
		},
		rows: kind => distinct(told.get(kind) ?? []),
		async stop() {
			life.abort();
			await Promise.all(watching);
			await cluster.stop();
		},
	};
}

/** Another object's identity is no part of what was meant, and its now is not ours. */
function unversioned(body: unknown, nowMs: number): unknown {
	if ((body as Answered)?.spec?.restartAt !== undefined) return {spec: {restartAt: apiTime(nowMs)}};
	const {metadata} = (body ?? {}) as Answered;
	if (Array.isArray(body) || metadata === undefined) return body;
	const {uid: _uid, resourceVersion: _version, creationTimestamp: _at, generation: _generation, ...rest} = metadata;
	return {...(body as object), metadata: rest};
}

/** A revision's hash is ours, too. */
function withRevisionOf(body: unknown, live: Answered): unknown {
	if (live === undefined || (body as Answered).status?.latestRevision?.name !== live.status?.latestRevision?.name) return body;
	const {status, ...rest} = body as Answered;
	return status === undefined ? body : {...rest, status: {...status, latestRevision: live.status?.latestRevision}};
}

/** A whole object as it was put, with the identity of the one that is there. */
function replaced(live: Answered, body: unknown): Answered {
	const {metadata, ...given} = body as Answered;
	const {uid, resourceVersion, creationTimestamp, finalizers, ownerReferences} = live.metadata;
	return {...live, ...given, metadata: {...metadata, uid, resourceVersion, creationTimestamp, finalizers, ownerReferences}};
}

/** Sends all requests of a recording, each after what was waited for before it, and as long after it. `observed`: what those waits wait for. */
export async function replay(recording: Recording, cluster: Replay, observed: Readonly<Record<string, () => Promise<boolean>>>): Promise<void> {
	let before = recording.steps[0]?.t ?? 0;
	for (const {t, did, requests} of recording.steps) {
		if (did.startsWith('observed: ')) {
			const holds = observed[did.slice('observed: '.length)];
			if (holds === undefined) throw new Error(`nobody says what this waits for: ${did}`);
			await cluster.wait(did, holds);
		} else {
			await cluster.pass(t - before);
			for (const request of requests) await cluster.send(request);
		}
		before = t;
	}
}

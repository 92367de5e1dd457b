import {type ApiClient, isNotFound} from '../../../src/demo/api-client.ts';
import type {JsonObject} from '../../../src/domain/json.ts';
import {type Recorded, type RecordedObject, recorded, startOf} from '../../store/progressive-replay.ts';

/** The controllers of a recording: what they wrote is written again, object by object, on an API server where nobody else writes it. */
export interface ReleasePlayer {
	/** Writes what was recorded up to `t` ms and was not written yet. */
	readonly playTo: (t: number) => Promise<void>;
	/** Writes the newest status of an object once more, as its controller does when it has seen what somebody else has changed; `part`: fields that this moves. */
	readonly observe: (file: PlayedFile, part?: string, fields?: JsonObject) => Promise<void>;
	/** Puts an object's status without some fields of a part; rejects as the API server does. */
	readonly overwriteStatus: (file: PlayedFile, part: string, without: readonly string[]) => Promise<unknown>;
	/** An object as the API server has it; `name`: the recordings' one. */
	readonly stored: (file: PlayedFile) => Promise<LiveObject>;
}

const playedFiles = ['applications', 'applicationrevisions', 'rollouts', 'deployments', 'replicasets', 'pods'] as const;
export type PlayedFile = (typeof playedFiles)[number];

const objectName = 'canary-demo';

export interface LiveObject {
	readonly metadata: JsonObject & {readonly uid: string; readonly generation?: number; readonly deletionTimestamp?: string};
	readonly spec: JsonObject;
	readonly status?: JsonObject;
}

type Played = RecordedObject & LiveObject & {readonly apiVersion: string; readonly kind: string};

/** Makes the namespace, which is named as the recording's was. */
export async function openReleasePlayer(client: ApiClient, scenario: string): Promise<ReleasePlayer> {
	await client.send({method: 'POST', path: '/api/v1/namespaces', body: {apiVersion: 'v1', kind: 'Namespace', metadata: {name: scenario}}});
	const began = startOf(scenario);
	const left = playedFiles.flatMap(file => recorded(scenario, file)).sort((one, other) => one.t - other.t);
	const written = new Map<string, {readonly uid: string; readonly last: Recorded}>();
	const pathOf = ({file, object}: Recorded) => `${collectionOf(file, object as Played, scenario)}/${object.metadata.name}`;
	const send = async (request: Parameters<ApiClient['send']>[0]) => (await client.send(request)) as LiveObject;

	async function remove(entry: Recorded, gracePeriodSeconds: string): Promise<void> {
		await send({method: 'DELETE', path: pathOf(entry), query: {gracePeriodSeconds}}).catch(error => {
			if (!isNotFound(error)) throw error;
		});
	}

	async function writeMain(entry: Recorded, wanted: Played): Promise<LiveObject> {
		const known = written.get(entry.object.metadata.uid);
		const path = pathOf(entry);
		if (known === undefined) return send({method: 'POST', path: path.slice(0, path.lastIndexOf('/')), body: {...wanted, status: undefined}});
		const before = known.last.object as Played;
		if (before.spec.nodeName !== wanted.spec.nodeName) await bind(path, wanted);
		const live = await send({path});
		if (mainOf(before) === mainOf(entry.object as Played)) return live;
		const {labels, annotations, ownerReferences} = wanted.metadata;
		const spec = wanted.kind === 'Pod' ? live.spec : wanted.spec;
		return send({method: 'PUT', path, body: {...live, metadata: {...live.metadata, labels, annotations, ownerReferences}, spec}});
	}

	async function bind(path: string, {metadata, spec}: Played): Promise<void> {
		const target = {apiVersion: 'v1', kind: 'Node', name: spec.nodeName};
		await send({method: 'POST', path: `${path}/binding`, body: {apiVersion: 'v1', kind: 'Binding', metadata: {name: metadata.name}, target}});
	}

	async function writeStatus(entry: Recorded, status: JsonObject | undefined): Promise<void> {
		if (status === undefined || Object.keys(status).length === 0) return;
		const path = pathOf(entry);
		const live = await send({path});
		await send({method: 'PUT', path: `${path}/status`, body: {...live, status: observed(status, entry.object as Played, live)}});
	}

	async function write(entry: Recorded): Promise<void> {
		const {uid} = entry.object.metadata;
		if (entry.type === 'DELETED') {
			written.delete(uid);
			return remove(entry, '0');
		}
		const wanted = asToday(entry, began, own => written.get(own)?.uid);
		const live = await writeMain(entry, wanted);
		written.set(uid, {uid: live.metadata.uid, last: entry});
		await writeStatus(entry, wanted.status);
		const isEnding = entry.file === 'pods' && 'deletionTimestamp' in entry.object.metadata;
		if (isEnding && live.metadata.deletionTimestamp === undefined) await remove(entry, '30');
	}

	const lastOf = (file: PlayedFile) => {
		const found = [...written.values()].find(({last}) => last.file === file && last.object.metadata.name === objectName);
		if (found === undefined) throw new Error(`nothing of ${file} was played yet`);
		return found.last;
	};
	return {
		async playTo(t) {
			for (let entry = left[0]; entry !== undefined && entry.t <= t; entry = left[0]) {
				left.shift();
				await write(entry);
			}
		},
		async observe(file, part, fields) {
			const entry = lastOf(file);
			const {status} = asToday(entry, began, () => undefined);
			await writeStatus(entry, part === undefined ? status : {...status, [part]: {...(status?.[part] as JsonObject), ...fields}});
		},
		async overwriteStatus(file, part, without) {
			const path = pathOf(lastOf(file));
			const live = await send({path});
			const kept = Object.entries((live.status?.[part] ?? {}) as JsonObject).filter(([name]) => !without.includes(name));
			return send({method: 'PUT', path: `${path}/status`, body: {...live, status: {...live.status, [part]: Object.fromEntries(kept)}}});
		},
		stored: file => send({path: pathOf(lastOf(file))}),
	};
}

function collectionOf(file: string, {apiVersion}: Played, namespace: string): string {
	return `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}/namespaces/${namespace}/${file}`;
}

/** What is not status, without what the API server gives. */
function mainOf({metadata: {labels, annotations, ownerReferences}, spec}: Played): string {
	return JSON.stringify([labels, annotations, ownerReferences, spec]);
}

/**
 * An object to be written now: its times are as long ago as they were, its owners are those that were written. Without finalizers, for nobody would
 * take them off.
 */
function asToday({t, object}: Recorded, began: number, uidOf: (recorded: string) => string | undefined): Played {
	const later = Date.now() - (began + t);
	const moved = JSON.stringify(object).replaceAll(/"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)"/g, (_, time) => `"${wholeSeconds(Date.parse(time) + later)}"`);
	const {metadata, ...rest}: Played = JSON.parse(moved);
	const {name, namespace, labels, annotations, ownerReferences = []} = metadata;
	const owners = (ownerReferences as readonly (JsonObject & {readonly uid: string})[]).map(owner => ({...owner, uid: uidOf(owner.uid) ?? owner.uid}));
	return {...rest, metadata: {name, namespace, labels, annotations, ownerReferences: owners}} as unknown as Played;
}

function wholeSeconds(at: number): string {
	return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** A status that is as far behind its object as the recorded one was: generations are counted by the API server. */
function observed(status: JsonObject, {metadata: {generation}, status: recordedStatus}: Played, live: LiveObject): JsonObject {
	const seen = recordedStatus?.observedGeneration;
	if (typeof seen !== 'number') return status;
	return {...status, observedGeneration: (live.metadata.generation ?? 0) - ((generation as number) - seen)};
}

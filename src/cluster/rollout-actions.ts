import type {CommandResult, WorkloadCommand} from '../domain/command.ts';
import type {JsonValue} from '../domain/json.ts';
import {refusalOf} from '../domain/refusal.ts';
import type {ReplicaSet} from '../domain/replica-set.ts';
import {undoTarget} from '../domain/revisions.ts';
import {undoPatch} from '../domain/undo-patch.ts';
import type {Workload} from '../domain/workload.ts';
import {apiPaths, objectPath} from './api-paths.ts';
import {failureOf, refused} from './command-failure.ts';
import type {ClusterConnection} from './connect.ts';
import {ClusterError} from './errors.ts';
import {isRawObject, objectsOf} from './parse/fields.ts';
import {parseReplicaSet} from './parse/replica-set.ts';
import {parseWorkload} from './parse/workload.ts';
import {sendScale} from './scale-action.ts';

export type CommandOptions = {
	readonly connection: ClusterConnection;
	/** What the person who asked saw. */
	readonly workload: Workload;
	/** Everything is checked by the API server, nothing is changed. */
	readonly dryRun?: boolean | undefined;
};

type Patch = {readonly contentType: string; readonly fieldManager: string | undefined; readonly body: JsonValue | object};

/** What changes the Deployment by one patch of its own. */
type PatchCommand = Exclude<WorkloadCommand, {kind: 'scale'}>;

const done: Readonly<Record<WorkloadCommand['kind'], string>> = {pause: 'paused', resume: 'resumed', undo: 'rolled back', scale: 'scaled'};
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

async function getWorkload({connection, workload}: CommandOptions): Promise<Workload> {
	const path = objectPath(apiPaths.deployments(workload.namespace), workload.name);
	const fresh = parseWorkload(await connection.json({path}));
	if (fresh === undefined) throw new ClusterError('the API server sent no Deployment', {kind: 'garbage'});
	return fresh;
}

/** In one piece, as kubectl asks for it: there are few, revisionHistoryLimit sees to that. */
async function listReplicaSets(connection: ClusterConnection, workload: Workload): Promise<readonly ReplicaSet[]> {
	const list = await connection.json({path: apiPaths.replicasets(workload.namespace), query: {labelSelector: workload.selectorQuery}});
	return objectsOf(isRawObject(list) ? list.items : undefined).flatMap(item => parseReplicaSet(item) ?? []);
}

/** kubectl: objectpauser.go, objectresumer.go (a two-way strategic patch of that one field, null where it goes), rollback.go. */
function patchOf(command: PatchCommand, workload: Workload, replicaSets: readonly ReplicaSet[]): Patch | undefined {
	const strategic = {contentType: 'application/strategic-merge-patch+json', fieldManager: 'kubectl-rollout'};
	if (command.kind === 'pause') return {...strategic, body: {spec: {paused: true}}};
	if (command.kind === 'resume') return {...strategic, body: {spec: {paused: null}}};
	const target = undoTarget(workload, replicaSets, command.toRevision);
	if (target.kind === 'none') return undefined;
	return {contentType: 'application/json-patch+json', fieldManager: undefined, body: undoPatch(workload, target.replicaSet)};
}

/** Why an accepted undo may not last. */
function warningOf(command: WorkloadCommand, workload: Workload): string | undefined {
	if (command.kind !== 'undo' || workload.annotations[lastApplied] === undefined) return undefined;
	return 'this Deployment is kept with kubectl apply: its last-applied note still holds the newer template, so the next apply of the old file may bring that back';
}

async function sendPatch({connection, workload, dryRun}: CommandOptions, {contentType, fieldManager, body}: Patch): Promise<void> {
	const path = objectPath(apiPaths.deployments(workload.namespace), workload.name);
	const query = {dryRun: dryRun === true ? 'All' : undefined, fieldManager};
	await connection.json({method: 'PATCH', path, query, contentType, body: JSON.stringify(body)});
}

/** The one request that changes something; a result where nothing was sent. */
async function sendChange(command: WorkloadCommand, workload: Workload, options: CommandOptions, onSend: () => void): Promise<CommandResult | undefined> {
	if (command.kind === 'scale') return sendScale(command, workload, options, onSend);
	const replicaSets = command.kind === 'undo' ? await listReplicaSets(options.connection, workload) : [];
	const refusal = refusalOf(command, workload, replicaSets);
	const patch = refusal === undefined ? patchOf(command, workload, replicaSets) : undefined;
	if (refusal !== undefined || patch === undefined) return refused(refusal?.message ?? 'nothing to do', refusal?.hint);
	onSend();
	await sendPatch(options, patch);
	return undefined;
}

/**
 * Pauses, resumes, undoes or scales as kubectl does, request for request: reads the Deployment (an undo its ReplicaSets too), refuses what kubectl
 * refuses, then sends the one change. Never throws: `accepted` means that the API server took it, the effect comes through the watch.
 */
export async function sendCommand(command: WorkloadCommand, options: CommandOptions): Promise<CommandResult> {
	let sent = false;
	try {
		const workload = await getWorkload(options);
		if (workload.uid !== options.workload.uid) {
			return refused(`deployment "${workload.name}" was deleted and made again meanwhile`, 'look again, then repeat');
		}
		const ended = await sendChange(command, workload, options, () => {
			sent = true;
		});
		if (ended !== undefined) return ended;
		const suffix = options.dryRun === true ? ' (server dry run)' : '';
		return {kind: 'accepted', message: `deployment.apps/${workload.name} ${done[command.kind]}${suffix}`, warning: warningOf(command, workload)};
	} catch (error) {
		return failureOf(error, sent);
	}
}

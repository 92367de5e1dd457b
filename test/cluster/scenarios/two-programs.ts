import type {ClusterConnection} from '../../../src/cluster/connect.ts';
import {readWorkload, workloadPath} from '../../../src/cluster/read-workload.ts';
import {sendCommand} from '../../../src/cluster/rollout-actions.ts';
import type {CommandResult, WorkloadCommand} from '../../../src/domain/command.ts';
import type {Workload} from '../../../src/domain/workload.ts';

/** A cluster with controllers, and a namespace in it that is the connections' own. */
export interface World {
	readonly connect: () => Promise<ClusterConnection>;
}

const image = (container: string, tag: string): WorkloadCommand => ({kind: 'set-image', container, image: `idle:${tag}`});
const undo: WorkloadCommand = {kind: 'undo', toRevision: undefined};
const undoneBy = 'taken back to revision 1, spec.containers[app].image idle:2 → idle:1';

/** Two commands of two people who have seen the same: the one that comes first is done, and what the other one is told. */
export const conflicts: readonly (readonly [first: WorkloadCommand, second: WorkloadCommand, told: string])[] = [
	[undo, undo, undoneBy],
	[undo, image('app', '9'), undoneBy],
	[image('app', '9'), undo, 'spec.containers[app].image idle:2 → idle:9'],
	[image('app', '9'), image('app', '8'), 'spec.containers[app].image idle:2 → idle:9'],
	[{kind: 'pause'}, undo, 'paused'],
	[{kind: 'pause'}, {kind: 'pause'}, 'paused'],
	[{kind: 'pause'}, {kind: 'restart'}, 'paused'],
	[{kind: 'scale', replicas: 3}, undo, 'scaled 2 → 3'],
	[image('app', '9'), {kind: 'restart'}, 'spec.containers[app].image idle:2 → idle:9'],
];

/** Two commands that do not touch each other: both are done. */
export const companions: readonly (readonly [WorkloadCommand, WorkloadCommand])[] = [
	[undo, {kind: 'pause'}],
	[{kind: 'scale', replicas: 3}, {kind: 'restart'}],
	[{kind: 'scale', replicas: 3}, {kind: 'pause'}],
	[{kind: 'pause'}, {kind: 'scale', replicas: 3}],
];

/** Each kind of patch, and whether it is for a paused workload. */
export const patches: readonly (readonly [command: WorkloadCommand, isPaused: boolean])[] = [
	[{kind: 'pause'}, false],
	[{kind: 'resume'}, true],
	[{kind: 'restart'}, false],
	[image('app', '9'), false],
	[{kind: 'set-image', container: 'prepare', image: 'idle:9', init: true}, true],
	[undo, false],
	[{...undo, resume: true}, true],
];

/** A Deployment that fits no node, with the revisions 1 (`idle:1`) and 2 (`idle:2`): nothing happens to it but what is sent. */
export async function createWorkload({connect}: World, name: string, isPaused = false): Promise<Workload> {
	const connection = await connect();
	const labels = {app: name};
	const containers = [{name: 'app', image: 'idle:1'}];
	const spec = {nodeSelector: {'rollwatch.test/node': 'none'}, initContainers: [{name: 'prepare', image: 'idle:1'}], containers};
	const place = {namespace: connection.namespace, name};
	const body = {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name, annotations: {'kubernetes.io/change-cause': 'first'}},
		spec: {replicas: 2, selector: {matchLabels: labels}, template: {metadata: {labels}, spec}},
	};
	const path = workloadPath({kind: 'Deployment', ...place});
	await connection.json({method: 'POST', path: path.slice(0, path.lastIndexOf('/')), contentType: 'application/json', body: JSON.stringify(body)});
	await settled(connection, place, '1');
	const second = {
		metadata: {annotations: {'kubernetes.io/change-cause': 'second', extra: 'goes'}},
		spec: {template: {spec: {containers: [{name: 'app', image: 'idle:2'}]}}},
	};
	await merge(connection, path, second);
	await settled(connection, place, '2');
	if (isPaused) await merge(connection, path, {spec: {paused: true}});
	return settled(connection, place, '2');
}

async function merge(connection: ClusterConnection, path: string, patch: object): Promise<unknown> {
	return connection.json({method: 'PATCH', path, contentType: 'application/strategic-merge-patch+json', body: JSON.stringify(patch)});
}

/** Until the controller has done what there is to do for this revision. Any other end is a failure of the test by its time-out. */
async function settled(connection: ClusterConnection, place: {namespace: string; name: string}, revision: string): Promise<Workload> {
	for (;;) {
		const workload = await readWorkload(connection, {kind: 'Deployment', ...place});
		const hasPods = workload.replicas.updated > 0 || workload.paused;
		if (workload.revisionText === revision && workload.observedGeneration === workload.generation && hasPods) return workload;
		await new Promise(resolve => setTimeout(resolve, 20));
	}
}

/** What others wait for. */
function latch() {
	let open = () => {};
	const opened = new Promise<void>(resolve => {
		open = resolve;
	});
	return {open, opened};
}

/** A connection whose changes wait for something first. */
function gated(connection: ClusterConnection, before: () => Promise<unknown>): ClusterConnection {
	return {
		...connection,
		async answer(request) {
			await before();
			return connection.answer(request);
		},
	};
}

/** Both have read before either writes; then the first one writes, and only after it the second. */
export async function inTurn({connect}: World, workload: Workload, first: WorkloadCommand, second: WorkloadCommand): Promise<readonly CommandResult[]> {
	const [one, other] = [await connect(), await connect()];
	const secondReads = latch();
	const firstIsDone = latch();
	const command = asSeen(workload);
	const late = sendCommand(command(second), {
		workload,
		connection: gated(other, async () => {
			secondReads.open();
			await firstIsDone.opened;
		}),
	});
	await secondReads.opened;
	const early = await sendCommand(command(first), {workload, connection: one});
	firstIsDone.open();
	return [early, await late];
}

/** Both have read before either writes; then both write at the same moment. */
export async function atOnce({connect}: World, workload: Workload, commands: readonly [WorkloadCommand, WorkloadCommand]): Promise<readonly CommandResult[]> {
	const bothRead = latch();
	let reading = 2;
	const gate = async () => {
		if (--reading === 0) bothRead.open();
		await bothRead.opened;
	};
	const connections = await Promise.all(commands.map(async () => gated(await connect(), gate)));
	return Promise.all(commands.map((command, index) => sendCommand(asSeen(workload)(command), {workload, connection: connections[index] as ClusterConnection})));
}

const asSeen =
	({uid, generation, replicas}: Workload) =>
	(command: WorkloadCommand): WorkloadCommand => ({
		...command,
		seen: {uid, generation},
		...(command.kind === 'scale' ? {from: replicas.desired} : {}),
	});

/** Sends it with nobody else about. */
export async function sendAlone({connect}: World, workload: Workload, command: WorkloadCommand): Promise<CommandResult> {
	return sendCommand(asSeen(workload)(command), {workload, connection: await connect()});
}

/** Sends it while a controller writes the status before each of its patches; how often it was sent. */
export async function sendAmidStatus({connect}: World, workload: Workload, command: WorkloadCommand) {
	const connection = await connect();
	let sent = 0;
	const result = await sendCommand(asSeen(workload)(command), {
		workload,
		connection: gated(connection, () => {
			const condition = {type: 'Tick', status: 'True', reason: `Tick${++sent}`, message: ''};
			const body = JSON.stringify({status: {conditions: [condition]}});
			return connection.json({method: 'PATCH', path: `${workloadPath(workload)}/status`, contentType: 'application/strategic-merge-patch+json', body});
		}),
	});
	return {result, sent};
}

interface Metadata {
	readonly annotations: Readonly<Record<string, string>>;
	readonly labels?: object;
}

/** The object without what a status, a clock or an identity makes of it. */
export async function storedBy({connect}: World, {kind, namespace, name}: Workload): Promise<unknown> {
	const connection = await connect();
	const {metadata, spec} = (await connection.json({path: workloadPath({kind, namespace, name})})) as {metadata: Metadata; spec: object};
	const {annotations, labels} = metadata;
	const {'deployment.kubernetes.io/revision': _later, ...kept} = annotations;
	const text = JSON.stringify({annotations: kept, labels, spec}).replaceAll(name, 'NAME');
	return JSON.parse(text.replaceAll(/"kubectl\.kubernetes\.io\/restartedAt":"[^"]+"/g, '"restarted":"at some time"'));
}

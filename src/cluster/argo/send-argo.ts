import type {CommandResult} from '../../domain/command.ts';
import {rulesOf} from '../../domain/kinds/rules-of.ts';
import type {ReplicaSet} from '../../domain/replica-set.ts';
import type {ArgoRollout} from '../../domain/workload.ts';
import {conflictResult} from '../command-conflict.ts';
import {isFailedPrecondition, refused, type Sending} from '../command-failure.ts';
import {type CommandOptions, changeOf} from '../command-options.ts';
import {noRevisions, readRevisions} from '../read-workload.ts';
import {undoWarnings} from '../undo-warnings.ts';
import {type ArgoCommand, type ArgoRequest, requestsOf} from './argo-requests.ts';
import {type ReadRollout, readRollout} from './read-rollout.ts';
import {sendRequest} from './send-request.ts';

/** In the plugin's words; it has none for `resume`. */
const done: Readonly<Record<ArgoCommand['kind'], string>> = {
	pause: 'paused',
	resume: 'resumed',
	restart: 'restarts in 0s',
	abort: 'aborted',
	retry: 'retried',
	continue: 'promoted',
	'promote-full': 'fully promoted',
	undo: 'undo',
	'set-image': 'image updated',
};

/** The controller writes several times a second: what it wrote between reading and sending is no conflict of people. */
const mostTries = 5;

type Reading = ReadRollout & {readonly replicaSets: readonly ReplicaSet[]};

/**
 * Sends a command to an Argo Rollout, request for request as its kubectl plugin does, but only to what the person saw: each is taken only as long as the object is
 * the one that was read. Throws ClusterError.
 */
export async function sendArgo(command: ArgoCommand, options: CommandOptions, sending: Sending): Promise<CommandResult> {
	const first = await read(command, options);
	const begun = await insist({options, sending}, first, async reading => (await endedBefore(command, options, reading)) ?? requestsFor(command, reading)[0]);
	if (!('answer' in begun)) return begun;
	let {after} = begun.answer;
	const warnings = [...begun.answer.warnings];
	// What follows is as it was decided by the first: the status has moved by it.
	const rest = begun.answer.wasUnified ? [] : requestsFor(command, begun.reading).slice(1);
	for (const request of rest) {
		const next = await insist({options, sending}, await again(options, begun.reading), () => request);
		if (!('answer' in next)) return next;
		({after} = next.answer);
		warnings.push(...next.answer.warnings);
	}
	const message = `${subjectOf(command, first.rollout)} ${done[command.kind]}${options.dryRun === true ? ' (server dry run)' : ''}`;
	return {
		kind: 'accepted',
		message,
		warnings: options.dryRun === true ? warnings : [...warnings, ...undoWarnings(command, first.rollout)],
		change: changeOf(first.rollout, after),
	};
}

type Attempt = {readonly options: CommandOptions; readonly sending: Sending};

/** Sends one request; when only the controller has written meanwhile, again. `choose` gives the request for what was read, or why there is none. */
async function insist(
	{options, sending}: Attempt,
	start: Reading,
	choose: (reading: Reading) => ArgoRequest | Promise<ArgoRequest | CommandResult | undefined>,
) {
	let reading = start;
	const wasSent = sending.sent;
	for (let tries = 1; ; tries++) {
		const request = await choose(reading);
		if (request === undefined) return refused('there is nothing to send', undefined);
		if (!('to' in request)) return request;
		sending.sent = true;
		try {
			return {answer: await sendRequest(options, request, reading, tries === mostTries), reading};
		} catch (error) {
			if (tries === mostTries || !isFailedPrecondition(error)) throw error;
			reading = await rewritten(error, reading, options);
			sending.sent = wasSent;
		}
	}
}

/** What it is after its precondition has failed. Throws what was thrown where nobody has written it: what was refused is the change itself. */
async function rewritten(error: unknown, before: Reading, options: CommandOptions): Promise<Reading> {
	const fresh = await again(options, before);
	const isSame = fresh.rollout.resourceVersion === before.rollout.resourceVersion && fresh.template?.resourceVersion === before.template?.resourceVersion;
	if (isSame) throw error;
	return fresh;
}

/** Undo alone needs the history. */
async function read(command: ArgoCommand, {connection, workload}: CommandOptions): Promise<Reading> {
	const listing = command.kind === 'undo' ? readRevisions(connection, workload) : noRevisions;
	const [reading, {replicaSets}] = await Promise.all([readRollout(connection, workload), listing]);
	return {...reading, replicaSets};
}

async function again({connection}: CommandOptions, {rollout, replicaSets}: Reading): Promise<Reading> {
	return {...(await readRollout(connection, rollout)), replicaSets};
}

const requestsFor = (command: ArgoCommand, {rollout, replicaSets}: Reading) => requestsOf(command, {rollout, replicaSets, now: Date.now()});

/** Why nothing is sent: it is no longer what the person saw, or it would do nothing. */
async function endedBefore(command: ArgoCommand, options: CommandOptions, {rollout, replicaSets}: Reading): Promise<CommandResult | undefined> {
	const conflict = await conflictResult(command, options, rollout, replicaSets);
	if (conflict !== undefined) return conflict;
	const refusal = rulesOf(rollout).refusal(command, replicaSets);
	return refusal && refused(refusal.message, refusal.hint);
}

/** The plugin names the object that it has changed. */
function subjectOf({kind}: ArgoCommand, {name, workloadRef}: ArgoRollout): string {
	if (kind !== 'set-image') return `rollout '${name}'`;
	return workloadRef === undefined ? `rollout "${name}"` : `${workloadRef.kind.toLowerCase()} "${workloadRef.name}"`;
}

import {newestEvents} from '../normalise.ts';
import {ownerOf, type Write} from '../objects.ts';
import {type History, objectOf} from './history.ts';

/** client-go's correlation: from so many different messages of one kind on, one event stands for all of them; and so many in all, then silence. */
const similarEvents = 10;
const burst = 25;
const combined = '(combined from similar events): ';

/** Holds the events about sizes and pods against the writes that they tell of: one for each, with its very numbers and names. */
export function eventViolations(history: History): readonly string[] {
	const {name, replicaSets, writes} = history;
	const sizes = replicaSets.flatMap(change => scaling(objectOf(change).metadata.name, change.before?.spec.replicas ?? 0, change.after?.spec.replicas));
	const deployment = compare(`Deployment ${name}`, new Map([['ScalingReplicaSet', sizes]]), told(writes, 'Deployment', name));
	const names = [...new Set(replicaSets.map(change => objectOf(change).metadata.name))];
	return [...deployment, ...names.flatMap(set => compare(`ReplicaSet ${set}`, podEvents(set, history), told(writes, 'ReplicaSet', set)))];
}

function scaling(name: string, from: number, to: number | undefined): readonly string[] {
	return to === undefined || from === to ? [] : [`Scaled ${to > from ? 'up' : 'down'} replica set ${name} from ${from} to ${to}`];
}

/** Pods that came and pods that the ReplicaSet controller ended; who else ends one tells of it himself. */
function podEvents(name: string, {pods, replicaSets}: History): ReadonlyMap<string, readonly string[]> {
	const own = pods.filter(change => ownerOf(objectOf(change)) === name);
	// With its ReplicaSet a pod goes by garbage collection, of which nobody tells.
	const gone = replicaSets.find(({before, after}) => after === undefined && before?.metadata.name === name)?.version ?? Number.POSITIVE_INFINITY;
	const created = own.filter(({before}) => before === undefined);
	const ended = own.filter(({before, after, version}) => version < gone && before?.metadata.deletionTimestamp === undefined && isEnding(after));
	const text = (verb: string) => (change: (typeof own)[number]) => `${verb} pod: ${objectOf(change).metadata.name}`;
	return new Map([
		['SuccessfulCreate', created.map(text('Created'))],
		['SuccessfulDelete', ended.map(text('Deleted'))],
	]);
}

function isEnding(pod: {metadata: {deletionTimestamp?: string}} | undefined): boolean {
	return pod?.metadata.deletionTimestamp !== undefined;
}

/** For each reason: how often each message was told. */
function told(writes: readonly Write[], kind: string, name: string): ReadonlyMap<string, ReadonlyMap<string, number>> {
	const reasons = new Map<string, Map<string, number>>();
	for (const {involvedObject, reason, message, count = 1} of newestEvents(writes)) {
		if (involvedObject.kind !== kind || involvedObject.name !== name) continue;
		const messages = reasons.get(reason) ?? new Map<string, number>();
		messages.set(message, (messages.get(message) ?? 0) + count);
		reasons.set(reason, messages);
	}
	return reasons;
}

function compare(where: string, expected: ReadonlyMap<string, readonly string[]>, told: ReadonlyMap<string, ReadonlyMap<string, number>>): readonly string[] {
	const all = [...expected.values()].reduce((sum, messages) => sum + messages.length, 0);
	return [...expected].flatMap(([reason, messages]) =>
		reasonProblems(messages, told.get(reason) ?? new Map(), all > burst).map(problem => `${where}: ${reason}: ${problem}`),
	);
}

function reasonProblems(messages: readonly string[], told: ReadonlyMap<string, number>, maySilence: boolean): readonly string[] {
	const wanted = bagOf(messages);
	const together = [...told].filter(([message]) => message.startsWith(combined));
	const alone = [...told].filter(([message]) => !message.startsWith(combined));
	const sum = (entries: readonly (readonly [string, number])[]) => entries.reduce((total, [, count]) => total + count, 0);
	const missing = messages.length - sum(alone) - sum(together);
	const problems = [
		...[...told.keys()].filter(message => !wanted.has(message.replace(combined, ''))).map(message => `told of what was not: ${message}`),
		...alone.filter(([message, count]) => count > (wanted.get(message) ?? 0)).map(([message, count]) => `told ${count} times: ${message}`),
	];
	if (together.length > 0 && wanted.size < similarEvents) problems.push(`combined only ${wanted.size} different messages`);
	if (missing < 0) problems.push(`${-missing} too many are told`);
	if (maySilence) return problems;
	if (together.length === 0 && wanted.size >= similarEvents) problems.push(`did not combine ${wanted.size} different messages`);
	const untold = messages.filter(message => !told.has(message)).slice(0, 3);
	return missing > 0 ? [...problems, `${missing} of ${messages.length} are not told: ${untold.join('; ')}`] : problems;
}

function bagOf(items: readonly string[]): ReadonlyMap<string, number> {
	const bag = new Map<string, number>();
	for (const item of items) bag.set(item, (bag.get(item) ?? 0) + 1);
	return bag;
}

import {expect} from 'vitest';
import type {TestNamespace} from '../harness/namespace.ts';
import type {Snapshot, Watching} from './watching.ts';

type Table = readonly (readonly string[])[];

/** What kubectl prints of one Deployment, alone in its namespace. */
interface Said {
	readonly deployment: readonly string[];
	readonly pods: Table;
	readonly replicaSets: Table;
	readonly status: string;
	readonly history: Table;
}

const maxTries = 15;

/**
 * Runs kubectl's commands and `--once -o json` side by side and compares every cell. Only what was seen of the same objects can be compared, so
 * an observation during which one of them changed is thrown away and another one made.
 */
export async function saysAsKubectl(namespace: TestNamespace, watching: Watching, name: string): Promise<Snapshot> {
	for (let tries = 1; tries <= maxTries; tries++) {
		const snapshot = await compareOnce(namespace, watching, name);
		if (snapshot !== undefined) return snapshot;
	}
	throw new Error(`deploy/${name} never stood still for one observation in ${maxTries}`);
}

/** One observation; undefined when the objects changed meanwhile. */
export async function compareOnce(namespace: TestNamespace, watching: Watching, name: string): Promise<Snapshot | undefined> {
	const [before, early] = [await versionsOf(namespace), await agesOf(namespace)];
	const [said, snapshot] = await Promise.all([kubectlSays(namespace, name), watching.snapshot([`deploy/${name}`])]);
	const [late, after] = [await agesOf(namespace), await versionsOf(namespace)];
	if (after !== before) return undefined;
	const isTicking = (row: string) => early.get(row) !== late.get(row);
	const ageless = (rows: Table) => rows.map(row => (isTicking(row[0] ?? '') ? row.with(4, '…').with(3, withoutAge(row[3])) : row));
	expect(inKubectlsWords(snapshot, isTicking)).toEqual({
		...said,
		pods: ageless(said.pods).toSorted(byName),
		replicaSets: ageless(said.replicaSets).toSorted(byName),
	});
	return snapshot;
}

/** Every object's version: as long as it is the same text, everybody has seen the same. */
async function versionsOf({must}: TestNamespace): Promise<string> {
	return must(['get', 'deployments,replicasets,pods', '-o', 'jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{"\\n"}{end}']);
}

/** Ages (and the age of the last restart) by object: where they tick during an observation they can't be compared. */
async function agesOf({must}: TestNamespace): Promise<ReadonlyMap<string, string>> {
	const rows = tableOf(await must(['get', 'replicasets,pods', '--no-headers']));
	return new Map(rows.map(([name = '', ...cells]) => [name.split('/').at(-1) ?? '', cells.join(' ')]));
}

async function kubectlSays({kubectl, must}: TestNamespace, name: string): Promise<Said> {
	const [deployment, pods, replicaSets, status, history] = await Promise.all([
		must(['get', 'deployment', name, '--no-headers']),
		must(['get', 'pods', '-o', 'wide', '--no-headers']),
		must(['get', 'replicasets', '--no-headers']),
		kubectl(['rollout', 'status', `deployment/${name}`, '--watch=false']),
		must(['rollout', 'history', `deployment/${name}`]),
	]);
	return {
		deployment: tableOf(deployment)[0]?.slice(1, 4) ?? [],
		pods: tableOf(pods).map(row => row.slice(0, 7)),
		replicaSets: tableOf(replicaSets),
		status: status.code === 0 ? status.stdout.trimEnd() : status.stderr.trimEnd().replace(/^error: /, ''),
		// After a line with the object's name and the headings.
		history: tableOf(history).slice(2),
	};
}

/** kubectl puts at least two blanks between cells, and only one within. */
function tableOf(text: string): Table {
	return text
		.split('\n')
		.filter(line => line.trim() !== '')
		.map(line => line.trimEnd().split(/ {2,}/));
}

function inKubectlsWords(snapshot: Snapshot, isTicking: (name: string) => boolean): Said {
	const {workload, rollout, revisions, replicaSets, pods} = snapshot as Snapshot & {workload: {replicas: Record<string, number>}};
	const {ready, desired, updated, available} = workload.replicas;
	const text = (value: string | number | null | undefined) => (value === null ? '<none>' : String(value));
	const ageOf = ({name, age}: {name: string; age: string}) => (isTicking(name) ? '…' : age);
	const restartsOf = ({name, restarts}: Snapshot['pods'][number]) => (isTicking(name) ? withoutAge(text(restarts)) : text(restarts));
	return {
		deployment: [`${ready}/${desired}`, text(updated), text(available)],
		pods: pods.map(pod => [pod.name, pod.ready, pod.status, restartsOf(pod), ageOf(pod), pod.ip, pod.node].map(text)).toSorted(byName),
		replicaSets: replicaSets.map(set => [set.name, set.desired, set.current, set.ready, ageOf(set)].map(text)).toSorted(byName),
		status: rollout.message,
		history: revisions.toSorted((left, right) => left.revision - right.revision).map(({revision, changeCause}) => [String(revision), changeCause ?? '<none>']),
	};
}

/** The last restart's age in `2 (5s ago)`. */
function withoutAge(restarts = ''): string {
	return restarts.replace(/\(.*\)/, '(…)');
}

function byName([left = '']: readonly string[], [right = '']: readonly string[]): number {
	return left < right ? -1 : 1;
}

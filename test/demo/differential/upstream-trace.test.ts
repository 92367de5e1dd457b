import {readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {conditionsOf, isPartial} from '../../cluster/differential/conformance/deployment-status.ts';
import {limitsOf} from '../../cluster/differential/model.ts';
import {type Condition, type Deployment, revisionKey} from '../../cluster/differential/objects.ts';

/** Upstream's controllers on client-go's fake clientset: one line for each state of the Deployment, with the sizes of its ReplicaSets. */
const text = readFileSync(new URL('../../fixtures/differential/upstream-controller.txt', import.meta.url), 'utf8');
const states = statesOf(text.split('\n'));

interface State {
	readonly deployment: Deployment;
	readonly sizes: readonly number[];
}

describe('a third recording: the Deployment controller on a fake API', () => {
	test('its conditions follow from the state before and from the counts', () => {
		expect(states.length).toBeGreaterThan(100);
		expect(states.filter((_state, index) => index > 0 && !follows(index)).map(({deployment}) => deployment.metadata.name)).toEqual([]);
	});

	test('they would not follow with other conditions', () => {
		const swapped: Readonly<Record<string, string>> = {ReplicaSetUpdated: 'NewReplicaSetAvailable', NewReplicaSetAvailable: 'ReplicaSetUpdated'};
		const spoiled = states.map(({deployment, sizes}) => {
			const conditions = deployment.status.conditions?.map(condition => ({...condition, reason: swapped[condition.reason ?? ''] ?? condition.reason ?? ''}));
			return {deployment: {...deployment, status: {...deployment.status, ...(conditions && {conditions})}}, sizes};
		});
		const unlike = states.filter(({deployment}) => deployment.status.conditions?.some(({reason}) => (reason ?? '') in swapped));
		const accepted = states.filter((state, index) => index > 0 && unlike.includes(state) && follows(index, spoiled[index]?.deployment));
		// A moment too early or too late can be legal; as a rule it is not.
		expect(accepted.length / unlike.length).toBeLessThan(0.1);
	});

	test('it never has more pods than the surge allows', () => {
		const total = ({sizes}: State) => sizes.reduce((sum, size) => sum + size, 0);
		const allowed = ({deployment}: State) => deployment.spec.replicas + limitsOf(deployment).surge;
		expect(states.filter(state => total(state) > allowed(state))).toEqual([]);
	});
});

function follows(index: number, after = states[index]?.deployment): boolean {
	const before = states[index - 1]?.deployment;
	return before !== undefined && after !== undefined && isStep(before, after);
}

function isStep(before: Deployment, after: Deployment): boolean {
	if (before.metadata.generation !== after.metadata.generation) return reasons(before.status.conditions) === reasons(after.status.conditions);
	if (isPartial(before, after)) return true;
	return conditionsOf(before, after, ['web'], []).some(list => reasons(list) === reasons(after.status.conditions));
}

function reasons(conditions: readonly Condition[] = []): string {
	return conditions.map(({type, status, reason}) => `${type}=${status}/${reason}`).join(' ');
}

function statesOf(lines: readonly string[]): readonly State[] {
	const found: State[] = [];
	let [replicas, paused] = [4, false];
	for (const line of lines) {
		const act = /==== (?:scale \d+ -> (\d+)|(pause$)|(resume))/.exec(line);
		if (act !== null) [replicas, paused] = [Number(act[1] ?? replicas), act[2] !== undefined || (paused && act[3] === undefined)];
		if (line.includes(' DEP ')) found.push(stateOf(line, replicas, paused, found.at(-1)?.deployment));
	}
	return found;
}

function stateOf(line: string, replicas: number, paused: boolean, before: Deployment | undefined): State {
	const at = new Date(Number.parseFloat(line) * 1_000).toISOString();
	const field = (name: string) => Number(new RegExp(` ${name}=(\\d+)`).exec(line)?.[1] ?? 0);
	const conditions = Array.from(line.matchAll(/(\w+)=(True|False|Unknown)\/(\w+)/g), ([, type = '', status = '', reason = '']) => {
		const old = before?.status.conditions?.find(condition => condition.type === type);
		return {type, status, reason, lastUpdateTime: old?.reason === reason ? (old.lastUpdateTime ?? at) : at};
	});
	const strategy = {type: 'RollingUpdate', rollingUpdate: {maxSurge: '25%', maxUnavailable: '25%'}};
	const deployment = {
		metadata: {name: line.trim(), generation: field('gen'), annotations: {[revisionKey]: String(field('rev'))}},
		spec: {replicas, paused, progressDeadlineSeconds: 4, strategy},
		status: {
			observedGeneration: field('obs'),
			replicas: field('repl'),
			updatedReplicas: field('upd'),
			readyReplicas: field('rdy'),
			availableReplicas: field('avail'),
			unavailableReplicas: field('unav'),
			terminatingReplicas: field('term'),
			conditions,
		},
	};
	return {deployment: deployment as unknown as Deployment, sizes: Array.from(line.matchAll(/ spec=(\d+)/g), ([, size]) => Number(size))};
}

import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {ReplicaSet} from '../../src/domain/replica-set.ts';
import {revisionStack} from '../../src/domain/revision-stack.ts';
import {replicaSet, template, workload} from './cluster-objects.ts';

const history = 'deployment.kubernetes.io/revision-history';

/** A ReplicaSet of the template `app:NAME`, with the numbers that it had before. */
function rs(name: string, revision: number | undefined, had = ''): ReplicaSet {
	return replicaSet(name, revision, `app:${name}`, {annotations: had === '' ? {} : {[history]: had}});
}

/** Names of what runs, and of what ran before each change; `?` before a name where revisions in between are gone. */
function stackOf(current: string, ...replicaSets: readonly ReplicaSet[]): readonly string[] {
	const {now, before} = revisionStack(workload({template: template(`app:${current}`)}), replicaSets);
	return [now?.replicaSet.name ?? 'none', ...before.map(one => one.replicaSet.name)].map((name, index) => {
		const above = [now, ...before][index];
		return above !== undefined && above.missing > 0 ? `${name} ?` : name;
	});
}

describe('what ran before the last changes', () => {
	it.each<[reason: string, current: string, sets: readonly ReplicaSet[], stack: readonly string[]]>([
		['three changes', 'c', [rs('a', 1), rs('b', 2), rs('c', 3)], ['c', 'b', 'a']],
		['one revision alone', 'a', [rs('a', 1)], ['a']],
		['an undo is no change: it leads to a, not back to c (kubernetes/website#6921)', 'b', [rs('a', 1), rs('b', 4, '2'), rs('c', 3)], ['b', 'a']],
		['two undos of kubectl, which flip: what ran before c is b again', 'c', [rs('a', 1), rs('b', 4, '2'), rs('c', 5, '3')], ['c', 'b', 'a']],
		['a change after an undo', 'd', [rs('a', 1), rs('b', 4, '2'), rs('c', 3), rs('d', 5)], ['d', 'b', 'a']],
		['back to the first: nothing lies beneath it', 'a', [rs('a', 4, '1'), rs('b', 2), rs('c', 3)], ['a']],
		['the same template again and again', 'a', [rs('a', 5, '1,3'), rs('b', 4, '2')], ['a']],
		['ReplicaSets in any order', 'c', [rs('c', 3), rs('a', 1), rs('b', 2)], ['c', 'b', 'a']],
		['the history was pruned in between', 'd', [rs('b', 2), rs('d', 5)], ['d ?', 'b ?']],
		['the history was pruned at its beginning', 'd', [rs('c', 3), rs('d', 4)], ['d', 'c ?']],
		['an undo across a gap', 'b', [rs('a', 1), rs('b', 5, '2')], ['b', 'a']],
		['a ReplicaSet without a number is no part of it', 'b', [rs('a', 1), rs('b', 2), rs('x', undefined)], ['b', 'a']],
		[
			'one whose number is nonsense neither',
			'b',
			[rs('a', 1), rs('b', 2), replicaSet('x', undefined, 'app:x', {annotations: {'deployment.kubernetes.io/revision': 'x'}})],
			['b', 'a'],
		],
		['an undo that the controller has not numbered yet', 'a', [rs('a', 1), rs('b', 2), rs('c', 3)], ['a']],
		['a going forward that it has not numbered yet', 'c', [rs('a', 1), rs('b', 4, '2'), rs('c', 3)], ['c', 'b', 'a']],
		['a template that was not rolled out', 'new', [rs('a', 1), rs('b', 2)], ['none', 'b', 'a']],
		['a number that was given twice after a deletion is that of who has it now', 'a', [rs('a', 4, '2'), rs('b', 2)], ['a ?', 'b ?']],
		['somebody else’s ReplicaSet', 'b', [rs('a', 1), rs('b', 2), {...rs('x', 3), ownerUid: 'other'}], ['b', 'a']],
	])('%s', (_reason, current, sets, stack) => expect(stackOf(current, ...sets)).toEqual(stack));

	it('are known as far as 2000 characters of history reach', () => {
		// The controller drops the oldest numbers of a's; the walk goes on with those that are left.
		const numbers = Array.from({length: 390}, (_, index) => 1003 + 2 * index);
		const a = rs('a', 1785, numbers.join(','));
		const b = rs(
			'b',
			1784,
			numbers
				.map(number => number + 1)
				.slice(0, -1)
				.join(','),
		);
		expect(numbers.join(',').length).toBeLessThanOrEqual(2000);
		expect(stackOf('a', a, b, rs('z', 1))).toEqual(['a ?', 'z']);
	});
});

/** A Deployment's history as the controller keeps it. kubernetes: deployment/sync.go getNewReplicaSet, cleanupDeployment. */
class Model {
	numbers = new Map<string, number[]>();
	/** What ran, one after another. */
	ran: string[] = [];
	/** The changes that are not taken back, oldest first. One that comes again after it was pruned is another one: nobody can know that it ran before. */
	stack: {readonly name: string; readonly made: number}[] = [];
	/** When each was made last. */
	readonly made = new Map<string, number>();
	readonly limit: number;

	constructor(limit: number) {
		this.limit = limit;
	}

	roll(name: string): void {
		if (this.ran.at(-1) === name) return;
		const others = [...this.numbers].filter(([other]) => other !== name).map(([, numbers]) => Math.max(...numbers));
		const next = 1 + Math.max(0, ...others);
		const had = this.numbers.get(name) ?? [];
		if (had.length === 0 || Math.max(...had) < next) this.numbers.set(name, [...had, next]);
		this.ran.push(name);
		if (had.length === 0) this.made.set(name, this.ran.length);
		const made = this.made.get(name) ?? 0;
		const place = this.stack.findIndex(one => one.made === made);
		this.stack = place >= 0 ? this.stack.slice(0, place + 1) : [...this.stack, {name, made}];
		const old = [...this.numbers.keys()].filter(other => other !== name).sort((left, right) => this.highest(left) - this.highest(right));
		for (const gone of old.slice(0, Math.max(0, old.length - this.limit))) this.numbers.delete(gone);
	}

	names(): readonly string[] {
		return this.stack.map(({name}) => name);
	}

	highest(name: string): number {
		return Math.max(...(this.numbers.get(name) ?? [0]));
	}

	stackNow() {
		const current = this.ran.at(-1) ?? '';
		const sets = Array.from(this.numbers, ([name, numbers]) => rs(name, numbers.at(-1), numbers.slice(0, -1).join(',')));
		return revisionStack(workload({template: template(`app:${current}`)}), sets);
	}
}

const op = fc.oneof(
	fc.record({kind: fc.constant('apply' as const), pick: fc.nat(40)}),
	fc.record({kind: fc.constant('undo' as const), pick: fc.integer({min: 1, max: 4})}),
	fc.record({kind: fc.constant('to-revision' as const), pick: fc.nat(10)}),
	fc.record({kind: fc.constant('kubectl-undo' as const), pick: fc.constant(0)}),
);

function play(model: Model, {kind, pick}: {readonly kind: string; readonly pick: number}): void {
	const known = [...model.numbers.keys()];
	const names = {
		apply: `t${pick}`,
		undo: model.stackNow().before[pick - 1]?.replicaSet.name,
		'to-revision': known[pick % Math.max(1, known.length)],
		'kubectl-undo': known.toSorted((left, right) => model.highest(right) - model.highest(left))[1],
	};
	const name = names[kind as keyof typeof names];
	if (name !== undefined) model.roll(name);
}

describe('any history', () => {
	it('is the stack of its changes, as long as nothing is pruned', () => {
		fc.assert(
			fc.property(fc.array(op, {maxLength: 40}), ops => {
				const model = new Model(Number.POSITIVE_INFINITY);
				for (const one of ops) {
					play(model, one);
					const {now, before} = model.stackNow();
					expect([now, ...before].flatMap(laid => laid?.replicaSet.name ?? []).toReversed()).toEqual(model.names());
					expect([now, ...before].every(laid => laid === undefined || laid.missing === 0)).toBe(true);
				}
			}),
			{numRuns: 500},
		);
	});

	it('that was pruned is true as far as no gap is told', () => {
		fc.assert(
			fc.property(fc.array(op, {maxLength: 40}), fc.integer({min: 1, max: 4}), (ops, limit) => {
				const model = new Model(limit);
				for (const one of ops) {
					play(model, one);
					const {now, before} = model.stackNow();
					const told = [now, ...before].filter(laid => laid !== undefined);
					const sure = told.findIndex(({missing}) => missing > 0);
					const names = told.slice(0, sure < 0 ? told.length : sure + 1).map(({replicaSet}) => replicaSet.name);
					expect(names).toEqual(model.names().toReversed().slice(0, names.length));
				}
			}),
			{numRuns: 500},
		);
	});

	it('never flips: undoing one change after another comes to its end without a template twice', () => {
		fc.assert(
			fc.property(fc.array(op, {minLength: 1, maxLength: 30}), ops => {
				const model = new Model(Number.POSITIVE_INFINITY);
				for (const one of ops) play(model, one);
				const whole = model.stackNow().before.map(({replicaSet}) => replicaSet.name);
				const seen: string[] = [];
				for (let next = model.stackNow().before[0]; next !== undefined; next = model.stackNow().before[0]) {
					seen.push(next.replicaSet.name);
					model.roll(next.replicaSet.name);
					expect(seen.length).toBeLessThan(100);
				}
				expect(seen).toEqual(whole);
				expect(new Set(seen).size).toBe(seen.length);
			}),
			{numRuns: 300},
		);
	});
});

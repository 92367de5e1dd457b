import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {revisionNumber} from '../../src/domain/revision-number.ts';
import {
	changeCauseOf,
	newReplicaSet,
	oldReplicaSets,
	ownReplicaSets,
	previousRevisionsOf,
	reusedRevision,
	revisionOf,
	revisions,
	undoTarget,
} from '../../src/domain/revisions.ts';
import {replicaSet, start, template, withHash, workload} from './cluster-objects.ts';

const history = 'deployment.kubernetes.io/revision-history';
const v1 = replicaSet('web-a', 1, 'app:v1');
const v2 = replicaSet('web-b', 2, 'app:v2');
const v3 = replicaSet('web-c', 3, 'app:v3');

describe('the new ReplicaSet', () => {
	it('is found by its template, although another one is younger', () => {
		const undone = workload({template: template('app:v1')});
		expect(newReplicaSet(undone, [v3, v2, v1])).toBe(v1);
		expect(oldReplicaSets(undone, [v3, v2, v1])).toEqual([v2, v3]);
	});

	it('is the oldest of several with the same template, which a hash collision leaves', () => {
		const twin = replicaSet('web-a2', 4, 'app:v1', {createdAt: start});
		expect(newReplicaSet(workload(), [v1, twin])).toBe(twin);
	});

	it('is the first by name of several that are equally old', () => {
		const [left, right] = [replicaSet('web-x', 1, 'app:v1'), replicaSet('web-y', 1, 'app:v1')];
		expect(newReplicaSet(workload(), [right, left])).toBe(left);
	});

	it('is none while the controller has not made it', () => {
		expect(newReplicaSet(workload({template: template('app:v4')}), [v1, v2])).toBeUndefined();
	});

	it('is never somebody else’s, though the template and the labels are the same', () => {
		const foreign = replicaSet('other-a', 1, 'app:v1', {ownerUid: 'other'});
		expect(newReplicaSet(workload(), [foreign])).toBeUndefined();
		expect(ownReplicaSets(workload(), [foreign, v1])).toEqual([v1]);
	});

	it('is found again in whatever order they come', () => {
		fc.assert(
			fc.property(fc.shuffledSubarray([v1, v2, v3], {minLength: 3}), shuffled => {
				expect(newReplicaSet(workload({template: template('app:v2')}), shuffled)).toBe(v2);
				expect(revisions(workload(), shuffled).map(({revision}) => revision)).toEqual([1, 2, 3]);
			}),
		);
	});
});

describe('the history', () => {
	it('marks the current revision by its template, and remembers numbers that it had before', () => {
		const reused = replicaSet('web-a', 4, 'app:v1', {createdAt: start, annotations: {[history]: '1,3'}});
		const rows = revisions(workload(), [v2, reused]);
		expect(rows).toMatchObject([
			{revision: 2, current: false, images: ['app:v2'], previousNumbers: []},
			{revision: 4, current: true, images: ['app:v1'], previousNumbers: [1, 3]},
		]);
	});

	it.each<[reason: string, annotation: string | undefined, rows: readonly number[]]>([
		['one without a number counts as 0', undefined, [0, 2]],
		['one with nonsense is left out', 'two', [2]],
		['one with a number that Go can’t hold is left out', '9223372036854775808', [2]],
		['a sign is a number to Go', '+7', [2, 7]],
	])('of a strange annotation: %s', (_reason, annotation, rows) => {
		const strange = replicaSet('web-s', undefined, 'app:s', annotation === undefined ? {} : {annotations: {'deployment.kubernetes.io/revision': annotation}});
		expect(revisions(workload(), [v2, strange]).map(({revision}) => revision)).toEqual(rows);
	});

	it('means the later one of two with the same number, and the current one above all', () => {
		const older = replicaSet('web-o', 1, 'app:o', {createdAt: start});
		expect(revisions(workload({template: template('app:v9')}), [v1, older])[0]?.replicaSet).toBe(v1);
		const current = replicaSet('web-o', 1, 'app:o', {createdAt: start});
		expect(revisions(workload({template: template('app:o')}), [v1, current])[0]?.replicaSet).toBe(current);
	});

	it.each<[reason: string, own: string | undefined, inTemplate: string | undefined, cause: string | undefined]>([
		['its own annotation first', 'own', 'in template', 'own'],
		['else the template’s', undefined, 'in template', 'in template'],
		['an empty one counts as none', '', 'in template', 'in template'],
		['nothing at all', undefined, undefined, undefined],
	])('takes the change cause from %s', (_reason, own, inTemplate, cause) => {
		const key = 'kubernetes.io/change-cause';
		const caused = template('app:v1', {metadata: {annotations: inTemplate === undefined ? {} : {[key]: inTemplate}}});
		expect(changeCauseOf(replicaSet('web-a', 1, 'app:v1', {template: caused, annotations: own === undefined ? {} : {[key]: own}}))).toBe(cause);
	});
});

describe('a revision number', () => {
	it.each<[reason: string, text: string | undefined, expected: ReturnType<typeof revisionNumber>]>([
		['absent is 0', undefined, {kind: 'number', value: 0}],
		['digits', '12', {kind: 'number', value: 12}],
		['leading zeros are decimal', '012', {kind: 'number', value: 12}],
		['negative', '-3', {kind: 'number', value: -3}],
		['empty is no number', '', {kind: 'invalid', error: 'strconv.ParseInt: parsing "": invalid syntax'}],
		['blanks are no number', ' 1', {kind: 'invalid', error: 'strconv.ParseInt: parsing " 1": invalid syntax'}],
		['fractions are no number', '1.5', {kind: 'invalid', error: 'strconv.ParseInt: parsing "1.5": invalid syntax'}],
		['above 64 bits', '9223372036854775808', {kind: 'invalid', error: 'strconv.ParseInt: parsing "9223372036854775808": value out of range'}],
		['below 64 bits', '-9223372036854775809', {kind: 'invalid', error: 'strconv.ParseInt: parsing "-9223372036854775809": value out of range'}],
	])('%s', (_reason, text, expected) => expect(revisionNumber(text)).toEqual(expected));

	it('is none on a ReplicaSet that has no annotation yet', () => {
		expect(revisionOf(replicaSet('web-n', undefined, 'app:n'))).toBeUndefined();
		expect(revisionOf(v2)).toBe(2);
	});

	it('leaves out nonsense in the history of numbers', () => {
		expect(previousRevisionsOf(replicaSet('web-a', 5, 'app:v1', {annotations: {[history]: '1,x,3,'}}))).toEqual([1, 3]);
	});
});

describe('a template that comes back', () => {
	it.each<[reason: string, number: number | undefined, before: string | undefined, running: string | undefined, expected: number | undefined]>([
		['its old number tells, before the controller has numbered it anew', 2, undefined, '3', 2],
		['the number that it had, when the new number was seen first', 4, '1,2', '3', 2],
		['one that was made for the change has a higher number than what runs', 4, undefined, '3', undefined],
		['the first of all', 1, undefined, undefined, undefined],
		['one that is not numbered yet was never rolled out', undefined, undefined, '3', undefined],
		['where the running number is nonsense, what is there was there before', 2, undefined, 'x', 2],
	])('%s', (_reason, number, before, running, expected) => {
		const annotations = before === undefined ? {} : {[history]: before};
		expect(reusedRevision(replicaSet('web-r', number, 'app:r', {annotations}), running)).toBe(expected);
	});
});

describe('what undo goes to', () => {
	it('is the second-highest number, which is not what ran before an undo to an older one', () => {
		const reused = replicaSet('web-a', 4, 'app:v1', {annotations: {[history]: '1'}});
		expect(undoTarget(workload(), [reused, v2, v3], undefined)).toMatchObject({kind: 'target', revision: 3, replicaSet: v3});
	});

	it('takes 0 for “the one before”', () => {
		expect(undoTarget(workload(), [v1, v2], 0)).toEqual(undoTarget(workload(), [v1, v2], undefined));
	});

	it('is the revision asked for', () => {
		expect(undoTarget(workload(), [v1, v2, v3], 1)).toEqual({kind: 'target', revision: 1, replicaSet: v1});
	});

	it('may be a ReplicaSet whose template differs from all but in the hash', () => {
		const twin = replicaSet('web-t', 2, 'app:v1', {template: withHash(template('app:v1'), 'other')});
		expect(undoTarget(workload(), [v1, twin], undefined)).toMatchObject({replicaSet: v1});
	});

	it.each<[reason: string, sets: readonly (typeof v1)[], toRevision: number | undefined, message: string]>([
		['a single revision has none before it', [v1], undefined, 'no rollout history found for deployment "web"'],
		['nothing at all', [], undefined, 'no rollout history found for deployment "web"'],
		['one without a number does not count', [v1, replicaSet('web-n', undefined, 'app:n')], undefined, 'no rollout history found for deployment "web"'],
		['a number that was cleaned up', [v1, v3], 2, 'unable to find specified revision 2 in history'],
		['a negative number', [v1, v3], -1, 'unable to find specified revision -1 in history'],
	])('is nothing, in kubectl’s words: %s', (_reason, sets, toRevision, message) => {
		expect(undoTarget(workload(), sets, toRevision)).toEqual({kind: 'none', message});
	});
});

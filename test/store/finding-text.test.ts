import {expect, it} from 'vitest';
import {findingText} from '../../src/store/selectors/finding-text.ts';
import {start} from '../domain/cluster-objects.ts';

const finding = {
	kind: 'crash-loop',
	hope: 'doubtful',
	reason: 'CrashLoopBackOff',
	object: {kind: 'Pod', name: 'web-b-1', uid: 'u'},
	message: 'container app crashes',
	sinceAt: undefined,
	count: 1,
} as const;

it.each<[reason: string, change: Partial<Parameters<typeof findingText>[0]>, text: string]>([
	['what and why', {}, 'web-b-1 container app crashes'],
	['for how long', {sinceAt: start - 90_000}, 'web-b-1 container app crashes, for 90s'],
	['nothing of a clock that runs ahead', {sinceAt: start + 5000}, 'web-b-1 container app crashes'],
	['no time where it says how often in which time', {sinceAt: start - 9000, message: 'fails (12 times in 14s)'}, 'web-b-1 fails (12 times in 14s)'],
	['the time beside another number in brackets', {sinceAt: start - 9000, message: 'crashes (3 restarts)'}, 'web-b-1 crashes (3 restarts), for 9s'],
	['when it is tried again', {next: {what: 'retry', at: start + 20_000}}, 'web-b-1 container app crashes; next try in 20s'],
	['how long there still is hope', {next: {what: 'grace-ends', at: start + 20_000}}, 'web-b-1 container app crashes; it has 20s left to become ready'],
	['when it is over', {next: {what: 'killed', at: start + 20_000}}, 'web-b-1 container app crashes; it is killed in 20s'],
	['nothing of what is past', {next: {what: 'retry', at: start}}, 'web-b-1 container app crashes'],
	['that another has the same', {count: 2}, 'web-b-1 container app crashes; and 1 more pod'],
	[
		'what the program said, at the very end',
		{sinceAt: start - 9000, count: 3, quote: 'its last line: Error'},
		'web-b-1 container app crashes, for 9s; and 2 more pods; its last line: Error',
	],
])('says %s', (_reason, change, text) => expect(findingText({...finding, ...change}, start)).toBe(text));

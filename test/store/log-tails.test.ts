import {expect, it} from 'vitest';
import type {LogTail} from '../../src/domain/log-tail.ts';
import {reduce} from '../../src/store/reduce.ts';
import {initialState, type State} from '../../src/store/state.ts';

const tail = (podUid: string, ...lines: string[]): LogTail => ({podUid, container: 'app', previous: true, lines});
const read = (state: State, one: LogTail) => reduce(state, {type: 'log-tail', tail: one});
const target = {context: 'c', server: 'https://s', namespace: 'n', kind: 'Deployment', name: 'd'} as const;

it('keeps the latest end of a container’s log, and the same state for the same lines', () => {
	const first = read(initialState(target, 0, 60), tail('p', 'one'));
	expect(read(first, tail('p', 'one'))).toBe(first);
	expect([...read(first, tail('p', 'two')).logTails.values()]).toEqual([tail('p', 'two')]);
});

it('keeps those of the last twenty containers', () => {
	const state = Array.from({length: 30}, (_, index) => tail(`p${index}`, 'x')).reduce(read, initialState(target, 0, 60));
	expect([...state.logTails.keys()].at(0)).toBe('p10/app');
	expect(state.logTails.size).toBe(20);
});

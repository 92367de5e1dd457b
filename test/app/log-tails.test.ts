import {expect, test} from 'vitest';
import {keepLogTails} from '../../src/app/log-tails.ts';
import type {LogTail} from '../../src/domain/log-tail.ts';
import {unknownRights} from '../../src/domain/rights.ts';
import type {FailingContainer, ScreenView} from '../../src/store/views.ts';

type Seen = Pick<ScreenView, 'failing' | 'rights'>;

const crashing: FailingContainer = {podUid: 'uid-p', pod: 'p', container: 'app', previous: true, restarts: 3, lines: undefined};

function watch(answer: () => Promise<readonly string[]>, first: Partial<Seen> = {}, onlyEnded = false) {
	let view: Seen = {failing: crashing, rights: unknownRights, ...first};
	let time = 0;
	const listeners = new Set<() => void>();
	const stop = new AbortController();
	const asked: string[] = [];
	const tails: LogTail[] = [];
	const read = (pod: string, container: string, previous: boolean) => {
		asked.push(`${pod} ${container}${previous ? ' previous' : ''}`);
		return answer();
	};
	const subscribe = (listener: () => void) => {
		listeners.add(listener);
		return () => listeners.delete(listener);
	};
	keepLogTails({view: {subscribe, snapshot: () => view}, read, onTail: tail => tails.push(tail), now: () => time, signal: stop.signal, onlyEnded});
	return {
		asked,
		tails,
		listeners,
		stop,
		async publish(failing: FailingContainer | undefined, afterMs = 0) {
			time += afterMs;
			view = {...view, failing};
			for (const listener of listeners) listener();
			await new Promise(resolve => setImmediate(resolve));
		},
	};
}

test('reads the end of a container’s log once for each of its runs', async () => {
	const {asked, tails, publish} = watch(async () => ['Error: no configuration']);
	await publish({...crashing}, 60_000);
	await publish({...crashing, lines: ['Error: no configuration']}, 60_000);
	expect(asked).toEqual(['p app previous']);
	await publish({...crashing, restarts: 4});
	await publish(undefined);
	await publish({...crashing, podUid: 'uid-q', pod: 'q', previous: false});
	expect(asked).toEqual(['p app previous', 'p app previous', 'q app']);
	expect(tails.at(0)).toEqual({podUid: 'uid-p', container: 'app', previous: true, lines: ['Error: no configuration']});
});

test('reads nothing of what runs where only ended runs are shown', async () => {
	const {asked, publish} = watch(async () => ['listening'], {failing: {...crashing, previous: false}}, true);
	await publish({...crashing, previous: false}, 60_000);
	expect(asked).toEqual([]);
	await publish(crashing);
	expect(asked).toEqual(['p app previous']);
});

test('reads what runs again after a while: it goes on writing', async () => {
	const {asked, publish} = watch(async () => ['listening'], {failing: {...crashing, previous: false}});
	await publish({...crashing, previous: false});
	await publish({...crashing, previous: false}, 9_000);
	expect(asked).toHaveLength(1);
	await publish({...crashing, previous: false}, 1_000);
	expect(asked).toHaveLength(2);
});

test('asks again, but not at once, for what has said nothing yet', async () => {
	const {asked, tails, publish} = watch(async () => []);
	await publish({...crashing}, 1_000);
	expect(asked).toHaveLength(1);
	await publish({...crashing}, 5_000);
	expect(asked).toHaveLength(2);
	expect(tails).toEqual([]);
});

test('asks for nothing more once logs may not be read, and says nothing', async () => {
	const forbidden = Object.assign(new Error('pods "p" is forbidden'), {kind: 'forbidden'});
	const {asked, publish} = watch(() => Promise.reject(forbidden));
	await publish({...crashing});
	await publish({...crashing, restarts: 4}, 60_000);
	await publish({...crashing, restarts: 5}, 60_000);
	expect(asked).toHaveLength(1);
});

test('does not ask where it is known that logs may not be read', async () => {
	const {asked, publish} = watch(async () => ['x'], {rights: {...unknownRights, logs: 'denied'}});
	await publish({...crashing, restarts: 4}, 60_000);
	expect(asked).toEqual([]);
});

test('tries again after another failure', async () => {
	const answers = [Promise.reject(new Error('no connection')), Promise.resolve(['here'])];
	const {tails, publish} = watch(() => answers.shift() ?? Promise.resolve([]));
	await publish({...crashing}, 1);
	expect(tails).toEqual([]);
	await publish({...crashing}, 60_000);
	await expect.poll(() => tails).toHaveLength(1);
});

test('ends with its signal', () => {
	const {stop, listeners} = watch(async () => []);
	expect(listeners.size).toBe(1);
	stop.abort();
	expect(listeners.size).toBe(0);
});

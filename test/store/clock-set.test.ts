import {expect, test} from 'vitest';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {conditionText} from '../../src/store/selectors/header-view.ts';
import {initialState} from '../../src/store/state.ts';

const begin = Date.parse('2026-11-21T14:00:00Z');
const hourMs = 3_600_000;
const start = initialState({context: 'prod', server: 'https://prod', namespace: 'web', kind: 'Deployment', name: 'kubia'}, begin, 60);
const lost = (since: number, retryAt: number): Event => ({
	type: 'stream-changed',
	stream: 'pods',
	condition: {kind: 'lost', since, reason: 'broken off', retryAt},
});
const after = (events: readonly Event[]) => events.reduce(reduce, start);
const textOf = ({streams, now}: typeof start) => conditionText(streams.pods.condition, now);

for (const setBy of [hourMs, -hourMs]) {
	test(`a clock that is set by ${setBy / hourMs} h changes neither how long a stream is lost nor when it is tried again`, () => {
		const set = after([lost(begin, begin + 8_000), {type: 'ticked', at: begin + setBy + 3_000, setBy}]);
		expect(textOf(set)).toBe('LOST 3s ago, retry in 5s: broken off');
		// The informer counts from when it was lost by the clock of that time.
		const tried = [lost(begin, begin + setBy + 12_000), {type: 'ticked', at: begin + setBy + 9_000} as const].reduce(reduce, set);
		expect(textOf(tried)).toBe('LOST 9s ago, retry in 3s: broken off');
	});
}

test('what was told by the new clock before anybody noticed that it was set stays as it is', () => {
	const at = begin + hourMs;
	expect(textOf(after([lost(at, at + 8_000), {type: 'ticked', at: at + 1_000, setBy: hourMs}]))).toBe('LOST 1s ago, retry in 7s: broken off');
});

test('what was heard a while ago is not said to be an hour old when the clock is set', () => {
	const heard = after([
		{type: 'stream-heard', stream: 'pods', at: begin},
		{type: 'ticked', at: begin + hourMs + 2_000, setBy: hourMs},
	]);
	expect(heard.now - (heard.streams.pods.heardAt ?? 0)).toBe(2_000);
});

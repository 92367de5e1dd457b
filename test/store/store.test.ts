import {describe, expect, it} from 'vitest';
import {publishSchedule} from '../../src/app/publish-schedule.ts';
import {createStore} from '../../src/store/store.ts';

const add = (state: readonly string[], event: string): readonly string[] => (event === '' ? state : [...state, event]);

describe('store', () => {
	it('publishes a burst once', () => {
		const flushes: (() => void)[] = [];
		const store = createStore<readonly string[], string>([], add, flush => flushes.push(flush));
		let published = 0;
		store.subscribe(() => published++);
		store.dispatch('a');
		store.dispatch('b');
		expect(store.snapshot()).toEqual([]);
		expect(flushes).toHaveLength(1);
		flushes[0]?.();
		expect(store.snapshot()).toEqual(['a', 'b']);
		expect(published).toBe(1);
	});

	it('asks for no publication when an event changes nothing', () => {
		const flushes: (() => void)[] = [];
		const store = createStore<readonly string[], string>([], add, flush => flushes.push(flush));
		store.dispatch('');
		expect(flushes).toEqual([]);
	});

	it('tells nobody after they left, nor twice when a key press came before the flush', () => {
		const flushes: (() => void)[] = [];
		const store = createStore<readonly string[], string>([], add, flush => flushes.push(flush));
		const heard: string[] = [];
		const leave = store.subscribe(() => heard.push('left'));
		store.subscribe(() => heard.push('stayed'));
		leave();
		store.dispatch('a');
		store.flush();
		flushes[0]?.();
		expect(heard).toEqual(['stayed']);
	});
});

describe('publishSchedule', () => {
	function manual() {
		let now = 0;
		const timers: {at: number; run: () => void}[] = [];
		return {
			timers: {now: () => now, after: (ms: number, run: () => void) => timers.push({at: now + ms, run}), behind: (run: () => void) => run()},
			/** Something is done that takes so long. */
			pass(ms: number) {
				now += ms;
			},
			advance(to: number) {
				now = to;
				for (const timer of timers.splice(0).filter(({at, run}) => at <= now || timers.push({at, run}) === 0)) timer.run();
			},
			waiting: () => timers.map(({at}) => at),
		};
	}

	it('publishes at once after quiet, then once in the interval', () => {
		const clock = manual();
		const schedule = publishSchedule(() => 100, clock.timers);
		const published: string[] = [];
		schedule(() => published.push('first'));
		clock.advance(0);
		expect(published).toEqual(['first']);
		clock.advance(30);
		schedule(() => published.push('second'));
		expect(clock.waiting()).toEqual([100]);
		clock.advance(100);
		expect(published).toEqual(['first', 'second']);
		clock.advance(500);
		schedule(() => published.push('third'));
		expect(clock.waiting()).toEqual([500]);
	});

	it('publishes less often where frames are dear, never later than a quarter of a second, and as often again when they no longer are', () => {
		const clock = manual();
		const schedule = publishSchedule(() => 100, clock.timers);
		const waitsAfter = (costMs: number, times: number): number => {
			let wait = 0;
			for (let turn = 0; turn < times; turn += 1) {
				schedule(() => clock.pass(costMs));
				const [at = 0] = clock.waiting();
				clock.advance(at);
				schedule(() => {});
				wait = (clock.waiting()[0] ?? 0) - at;
				clock.advance(at + wait);
			}
			return wait;
		};
		expect(waitsAfter(5, 20)).toBe(100);
		expect(waitsAfter(80, 20)).toBe(200);
		expect(waitsAfter(0, 20)).toBe(100);
	});

	it('lets the first frame not wait for what the ones before cost', () => {
		const clock = manual();
		let interval = 0;
		const schedule = publishSchedule(() => interval, clock.timers);
		schedule(() => clock.pass(500));
		clock.advance(0);
		schedule(() => {});
		expect(clock.waiting()).toEqual([500]);
		clock.advance(500);
		interval = 100;
		schedule(() => {});
		expect(clock.waiting()).toEqual([700]);
	});
});

import type {InformerPolicy} from '../../../src/cluster/informer/policy.ts';

type Timer = {readonly at: number; readonly run: () => void};

export type TestTime = {
	/** For the informer; `random` is always 0, so a wait is exactly its shortest. */
	readonly policy: Pick<InformerPolicy, 'now' | 'uptime' | 'random' | 'startTimer'>;
	/** ms from now, of the timers that run, soonest first. */
	pending(): readonly number[];
	/** Lets time pass and runs what is due. */
	pass(ms: number): void;
	/** Puts the wall clock forward, or back, as people and NTP do. */
	setClock(ms: number): void;
};

/** Time that passes only when the test says so. */
export function createTestTime(): TestTime {
	let now = 0;
	let epoch = 1_700_000_000_000;
	const timers = new Set<Timer>();
	const due = () => [...timers].filter(({at}) => at <= now).sort((left, right) => left.at - right.at);
	return {
		policy: {
			now: () => epoch + now,
			uptime: () => now,
			random: () => 0,
			startTimer(ms, run) {
				const timer = {at: now + ms, run};
				timers.add(timer);
				return () => timers.delete(timer);
			},
		},
		pending: () => [...timers].map(({at}) => at - now).sort((left, right) => left - right),
		pass(ms) {
			now += ms;
			for (const timer of due()) {
				timers.delete(timer);
				timer.run();
			}
		},
		setClock(ms) {
			epoch += ms;
		},
	};
}

import {describe, expect, it} from 'vitest';
import {createFlow} from '../../src/ui/paint/flow.ts';

/** What a system holds between a program and its terminal, at the least: Linux' pty. */
const capacity = 4096;

/** A terminal that answers no question: the system takes what fits between program and reader. Times are ms, `readAt` gives bytes per ms. */
function createMuteTerminal(readAt: (now: number) => number) {
	let now = 0;
	let queued = 0;
	const flow = createFlow(() => now);
	const pass = (ms: number) => {
		for (let step = 0; step < ms; step++, now++) queued = Math.max(0, queued - readAt(now));
	};
	return {
		now: () => now,
		pass,
		/** Hands so many bytes over as the flow allows it; gives the most that ever waited for the reader. */
		write(bytes: number): number {
			let [left, most] = [bytes, 0];
			while (left > 0) {
				const room = flow.room();
				const part = Math.min(room, left);
				if (part === 0) pass(Math.max(1, flow.patience()));
				else {
					flow.sent(part);
					queued += part;
					most = Math.max(most, queued);
					left -= part;
					while (queued > capacity) pass(1);
					flow.taken();
				}
			}
			return most;
		},
	};
}

const frame = 6000;

describe('what may be on its way to a terminal that answers nothing', () => {
	it.each([200, 1000, 4000])('is as much as before, once its reader goes on that stood still for %i ms', stillMs => {
		const terminal = createMuteTerminal(now => (now < stillMs ? 0 : 100));
		terminal.write(frame);
		expect(terminal.now()).toBeLessThan(stillMs + 200);
		const before = terminal.now();
		terminal.pass(100);
		terminal.write(frame);
		expect(terminal.now() - before).toBeLessThan(400);
	});

	it.each([0.24, 0.96, 4])('is no more than the system holds and a bit on a link of %f bytes per ms', rate => {
		const terminal = createMuteTerminal(() => rate);
		terminal.write(frame);
		const most = Array.from({length: 20}, () => {
			terminal.pass(300);
			return terminal.write(200);
		});
		expect(Math.max(...most)).toBeLessThan(capacity + 1200);
	});

	it('comes to an end soon, even where a machine too busy to read has seemed a slow link', () => {
		// Twice in a row the reader stands still for half of a second.
		const terminal = createMuteTerminal(now => (now % 600 < 500 && now < 1700 ? 0 : 50));
		for (let written = 0; written < 4; written++) terminal.write(frame);
		expect(terminal.now()).toBeLessThan(20_000);
	});
});

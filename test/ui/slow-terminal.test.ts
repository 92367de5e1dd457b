import {afterEach, beforeEach, describe, expect, it, vi} from 'vitest';
import {createPainter} from '../../src/ui/painter.ts';
import {TestTerminal} from './terminal.ts';

const question = '\u001B[5n';
const columns = 120;
const rows = 34;

beforeEach(() => void vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance']}));
afterEach(() => void vi.useRealTimers());

/**
 * A terminal at the far end of a line. `holds`: bytes that the line's near end takes before it makes the program wait; an ssh server takes all.
 */
function lineTo({bytesPerSecond, roundTripMs, holds, answers}: {bytesPerSecond: number; roundTripMs: number; holds: number; answers: boolean}) {
	let arrived = '';
	const stepMs = 10;
	let waiting = '';
	let [credit, mostWaiting, written] = [0, 0, 0];
	let onTaken: (() => void) | undefined;
	const takeIn = () => {
		if (onTaken === undefined || waiting.length > holds) return;
		const taken = onTaken;
		onTaken = undefined;
		taken();
	};
	const painter = createPainter(
		{
			columns,
			rows,
			write(text, taken) {
				waiting += text;
				written += text.length;
				mostWaiting = Math.max(mostWaiting, waiting.length);
				onTaken = taken;
				takeIn();
			},
			on() {},
			off() {},
		},
		true,
	);
	const timer = setInterval(() => {
		credit = Math.min(bytesPerSecond, credit + (bytesPerSecond * stepMs) / 1000);
		const part = waiting.slice(0, Math.floor(credit));
		credit -= part.length;
		waiting = waiting.slice(part.length);
		const before = arrived.length;
		arrived += part;
		// The question is answered when its last byte is there.
		const questions = arrived.slice(Math.max(0, before - question.length + 1)).split(question).length - 1;
		if (answers) for (let count = 0; count < questions; count++) setTimeout(painter.answered, roundTripMs);
		takeIn();
	}, stepMs);
	return {
		painter,
		arrived: () => arrived,
		most: () => mostWaiting,
		forgetMost: () => {
			mostWaiting = 0;
		},
		written: () => written,
		end: () => clearInterval(timer),
	};
}

/** What a person at the far end sees. */
async function seen(text: string): Promise<string> {
	vi.useRealTimers();
	const terminal = new TestTerminal(columns, rows);
	terminal.write(text);
	return terminal.frame();
}

/** A whole screen of text that is another each time. */
function busyFrame(number: number): string {
	return Array.from({length: rows - 1}, (_, row) => `${row} ${`${number * 7919 + row * 104_729} `.repeat(12)}`.slice(0, columns)).join('\n');
}

/** Ten frames a second for so long. */
async function busy({painter}: {painter: ReturnType<typeof createPainter>}, seconds: number): Promise<number> {
	let number = 0;
	for (; number < seconds * 10; number++) {
		painter.surface.write(busyFrame(number));
		await vi.advanceTimersByTimeAsync(100);
	}
	return number - 1;
}

describe('at 9,600 baud and a round trip of 300 ms', () => {
	const slow = {bytesPerSecond: 960, roundTripMs: 300};

	it.each([
		['a serial line', {holds: 8000, answers: true}],
		['an ssh server that takes everything', {holds: Number.POSITIVE_INFINITY, answers: true}],
	])('little waits in front of the newest frame: %s', async (_, line) => {
		const link = lineTo({...slow, ...line});
		link.painter.enter();
		await vi.advanceTimersByTimeAsync(1000);
		await busy(link, 20);
		link.forgetMost();
		await busy(link, 20);
		// What the line carries in its round trip and a bit more.
		expect(link.most()).toBeLessThan(1500);
		expect(link.written()).toBeGreaterThan(20_000);
		link.end();
	});

	it('what answers a key comes before what waits', async () => {
		const link = lineTo({...slow, holds: 8000, answers: true});
		link.painter.enter();
		await vi.advanceTimersByTimeAsync(1000);
		const last = await busy(link, 20);
		const lines = busyFrame(last).split('\n');
		link.painter.keyPressed();
		link.painter.surface.write([...lines.slice(0, -1), 'the answer'].join('\n'));
		await vi.advanceTimersByTimeAsync(2000);
		expect(await seen(link.arrived())).toContain('the answer');
		link.end();
	});

	it('without answers the line is never idle for long, and the newest frame comes in the end', async () => {
		const link = lineTo({...slow, holds: 8000, answers: false});
		link.painter.enter();
		await vi.advanceTimersByTimeAsync(1000);
		const last = await busy(link, 40);
		expect(link.written()).toBeGreaterThan(40 * slow.bytesPerSecond * 0.7);
		await vi.advanceTimersByTimeAsync(30_000);
		expect(await seen(link.arrived())).toBe(
			busyFrame(last)
				.split('\n')
				.map(line => line.trimEnd())
				.join('\n'),
		);
		link.end();
	});
});

it('a terminal that reads everything at once gets every frame whole', async () => {
	const link = lineTo({bytesPerSecond: 1e7, roundTripMs: 0, holds: Number.POSITIVE_INFINITY, answers: true});
	link.painter.enter();
	await vi.advanceTimersByTimeAsync(100);
	const frames = await busy(link, 5);
	expect(link.arrived().split('\u001B[?2026l').length - 1).toBe(frames + 1);
	link.end();
});

it('a terminal that stops to answer is written to all the same', async () => {
	const link = lineTo({bytesPerSecond: 1e7, roundTripMs: 0, holds: Number.POSITIVE_INFINITY, answers: true});
	link.painter.enter();
	await vi.advanceTimersByTimeAsync(100);
	link.end();
	await busy(link, 60);
	expect(link.written()).toBeGreaterThan(busyFrame(0).length * 100);
});

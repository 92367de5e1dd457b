import {expect, test} from 'vitest';
import {adversarial, readers} from './readers.ts';

const short = 16_384;

function cpuMs(run: () => void): number {
	const before = process.cpuUsage();
	run();
	const {user, system} = process.cpuUsage(before);
	return (user + system) / 1000;
}

/** What is read in a moment needs no closer look, whatever it would take at another length: nothing longer is ever read. */
const momentMs = 10;

/** Four times the length takes more than eight times as long, however often it is tried: what the machine does besides only adds. */
function isSlow(read: (text: string) => unknown, part: string): boolean {
	const [few, many] = [short, 4 * short].map(length => part.repeat(Math.ceil(length / part.length)).slice(0, length)) as [string, string];
	let least = Number.POSITIVE_INFINITY;
	for (let attempt = 0; attempt < 5; attempt += 1) {
		const long = cpuMs(() => read(many));
		if (long <= momentMs) return false;
		least = Math.min(
			least,
			cpuMs(() => read(few)),
		);
		if (long / least <= 8) return false;
	}
	return true;
}

test.each(Object.entries(readers))('%s takes no more than its share for a long text of any kind', (_, read) => {
	expect(adversarial.filter(part => isSlow(read, part))).toEqual([]);
});

import {afterEach, describe, expect, test} from 'vitest';
import {startFakeApi} from '../../e2e/fake-api.ts';
import {programEnv, programPath} from '../../e2e/program.ts';
import {type Link, type LinkOptions, openLink} from './link.mjs';

const fast = 1_000_000;
/** On a busy machine each key takes a moment. */
const patience = {timeout: 60_000};
const opened: Link[] = [];
afterEach(async () => {
	for (const link of opened.splice(0)) await link.close();
});

async function openScreen(options: Partial<LinkOptions> = {}): Promise<Link> {
	const api = await startFakeApi();
	const link = openLink([process.execPath, programPath(), 'deploy/shop'], {
		bytesPerSecond: fast,
		env: programEnv({KUBECONFIG: api.kubeconfig}),
		...options,
	});
	opened.push(link);
	await shows(link, 'COMPLETE');
	await shows(link, 'q quit');
	return link;
}

const text = (link: Link) => link.lines().join('\n');
const shows = (link: Link, part: string) => expect.poll(() => text(link), patience).toContain(part);
const endsWith = (link: Link, exitCode: number) => expect.poll(link.exit, patience).toMatchObject({exitCode});

/** Stops reading, and has the program draw more than any system holds. Without answers nothing else holds it back. */
async function stopReading(link: Link): Promise<void> {
	link.stop();
	for (let count = 0; count < 12; count++) {
		link.resize(119 + (count % 2), 34);
		await new Promise(resolve => setTimeout(resolve, 60));
	}
}

describe.for([true, false])('a reader that stands still, on a terminal that answers: %j', answers => {
	test.for([
		['Ctrl-C', 130, (link: Link): void => link.press('\u0003')],
		['SIGTERM', 130, (link: Link): void => void process.kill(link.pid, 'SIGTERM')],
	] as const)('does not keep %s from ending the program', patience, async ([, code, end]) => {
		const link = await openScreen({answers});
		await stopReading(link);
		end(link);
		await endsWith(link, code);
	});

	test('sees all that was typed meanwhile, on a whole screen, when it comes back', patience, async () => {
		const link = await openScreen({answers});
		link.press('/');
		await shows(link, 'Esc clear');
		await stopReading(link);
		for (const letter of 'shop') {
			link.press(letter);
			await new Promise(resolve => setTimeout(resolve, 60));
		}
		link.goOn();
		await expect.poll(() => link.lines().at(-2), patience).toMatch(/\/ ?shop/);
		expect(link.lines().filter(line => line.startsWith('╭'))).not.toHaveLength(0);
		link.press('\u001B');
		await shows(link, 'q quit');
	});
});

test('what the terminal answers is no key, and none is left to the shell', patience, async () => {
	const link = await openScreen({roundTripMs: 300});
	await expect.poll(link.answers, patience).toBeGreaterThan(1);
	link.press('/');
	await shows(link, 'Esc clear');
	for (const typed of ['s', 'sh', 'sho', 'shop']) {
		link.press(typed.at(-1) ?? '');
		await expect.poll(() => link.lines().at(-2), patience).toMatch(new RegExp(`/ ?${typed}(?!\\w)`));
	}
	expect(text(link)).not.toContain('[0n');
	link.press('\u0003');
	await endsWith(link, 130);
	expect(link.answersAfterEnd()).toBe(0);
});

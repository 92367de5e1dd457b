import {describe, expect, test} from 'vitest';
import {openDemo} from './open-demo.ts';

const patienceMs = 60_000;

const down = '\u001B[B';

describe('the version mix on a terminal', () => {
	test('in full: a verdict, numbers per version, the history, what failed', {timeout: 2 * patienceMs}, async () => {
		const screen = openDemo('testpage --rate 20');
		await screen.shows(/n \d+ in 60 s/, patienceMs);
		const full = await screen.pressFor('m', 'Last 10 min');
		expect(full).toMatch(/VERSION +REV +COUNT +SHARE +95% +EXPECTED +FAILED/);
		await screen.shows('✔ as expected', patienceMs);
		await screen.shows(/no failed request in \d+/);
		await screen.pressFor('h', 'Last 30 min');
		screen.press('\u001B');
		await screen.hides('Last 30 min');
		screen.press('q');
		expect(await screen.exited).toMatchObject({exitCode: 0});
	});

	test('by another way: each pod, then from inside the cluster after a yes', {timeout: 2 * patienceMs}, async () => {
		const screen = openDemo('kubia');
		await screen.shows(/n \d+ in 60 s/, patienceMs);
		await screen.pressFor('C', /▶ svc\/kubia-deploy-canary-svc through the API server/);
		await screen.pressFor(down, '▶ each pod through the API server');
		// Addresses of the demo may be anybody's on this machine.
		await screen.pressFor(down, /▶ each pod at its own address[\s\S]*not now: the demo’s pods/);
		await screen.pressFor('\u001B[A', '▶ each pod through the API server');
		screen.press('\r');
		await screen.shows(/ANSWERS/, patienceMs);
		// The pod of the bad version is asked, too, though no user gets there.
		await screen.shows(/0\/1 .*✖ 500/, patienceMs);
		await screen.pressFor('C', /▶ each pod through the API server.*now/);
		for (let pressed = 0; pressed < 4 && !/▶ .* from inside the cluster/.test(screen.text()); pressed += 1) {
			const before = screen.text();
			screen.press(down);
			await screen.until('another row is marked', text => text !== before);
		}
		await screen.pressFor('\r', 'Create it?');
		await screen.pressFor('y', 'read on with');
		await screen.pressFor('G', /\d+ above/);
		screen.press('y');
		await screen.shows(/waits for the curl pod|v2 .*100%/, patienceMs);
		await screen.shows(/● v2 █+ 100%/, patienceMs);
		screen.press('q');
		expect(await screen.exited).toMatchObject({exitCode: 0});
	});
});

import {expect, test} from 'vitest';
import {openDemo} from './open-demo.ts';

const patienceMs = 60_000;

test('a crash loop: why, the log that tells, its previous run, a search', {timeout: 2 * patienceMs}, async () => {
	const screen = openDemo('crash-loop --speed 2');
	await screen.shows(/crashes again and again|CrashLoopBackOff/, patienceMs);
	await screen.pressFor('w', 'What holds it up');
	await screen.shows(/Last log lines · \S+ · \S+/);
	await screen.shows('Events of the new pods');
	await screen.pressFor('l', /Logs · \S+/);
	await screen.shows(/was restarted \(\d+ restarts?\)|this run of the container has ended/, patienceMs);
	await screen.pressFor('p', 'previous run');
	await screen.pressFor('p', 'following');
	// Two keys that are read at once are a paste, and no keys.
	await screen.pressFor('/', /keep +Esc clear/);
	await screen.pressFor('container', /container +\d+ lines?/);
	await screen.pressFor('\r', /“container” \d+ of \d+/);
	await screen.pressFor('t', /\d\d:\d\d:\d\d\.\d{3} /);
	screen.press('q');
	await screen.hides('“container”');
	screen.press('q');
	await screen.hides('Logs ·');
	await screen.pressFor('L', 'Logs · pods of revision');
	screen.press('\u0003');
	expect(await screen.exited).toMatchObject({exitCode: 130});
});

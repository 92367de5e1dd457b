import {describe, expect, test} from 'vitest';
import {answerJson} from '../../cluster-io/harness/api-server.ts';
import {webPaths} from '../../cluster-io/harness/objects.ts';
import type {Terminal} from '../../e2e/terminal.ts';
import {startPlanted} from './planted.ts';
import {expectNone, isThorough, watchedScreen, writtenBy} from './run-watched.ts';

const escapeKey = '\u001B';
const patienceMs = 60_000;

const modes: readonly (readonly [string, readonly string[]])[] = [
	['plain', ['deploy/shop', '--plain', '--timeout', '2s']],
	['once', ['deploy/shop', '--once']],
	['json', ['deploy/shop', '--once', '-o', 'json']],
	['status', ['status', 'deploy/shop', '--timeout', '1s']],
	['list', ['--all', '--once', '-o', 'json']],
	['service', ['svc/shop', '--once', '-o', 'json']],
];

/** Each dialog has its own. */
function footerOf(screen: Terminal): string | undefined {
	return screen.text().trimEnd().split('\n').at(-1);
}

describe('secrets of templates, logs and changes', () => {
	test('are on no screen that was not asked for a log', {timeout: 2 * patienceMs}, async () => {
		const {api, canaries} = await startPlanted({
			[`PATCH ${webPaths.deployments}/shop`]: (_: unknown, response: Parameters<typeof answerJson>[0]) =>
				answerJson(response, {kind: 'Status', status: 'Failure', code: 422, reason: 'Invalid', message: 'refused'}, 422),
		});
		const {screen, written} = watchedScreen(['deploy/shop'], {KUBECONFIG: api.kubeconfig});
		await screen.shows('shop-hash2-1');
		await screen.shows('fatal: cannot log in');
		await screen.shows('u undo');
		const rest = footerOf(screen);
		for (const key of ['w', 't', 'u', 'U', 'i', '\r', '?']) {
			screen.press(key);
			await screen.until(`what ${key} opens`, () => footerOf(screen) !== rest);
			screen.press(escapeKey);
			await screen.until(`${key} to be closed`, () => footerOf(screen) === rest);
		}
		// The action is refused: what was to be sent stands in the log of actions.
		screen.press('u');
		await screen.until('the question', () => footerOf(screen) !== rest);
		screen.press('y');
		// The dry run says that it is refused, too.
		await screen.until('what came of it', text => text.includes('refused') && !text.includes('dry run'));
		screen.press('q');
		await screen.exited;
		expect(written()).toContain('"step":"ended"');
		expectNone(written(), canaries);
	});

	test.each(isThorough ? modes : modes.slice(0, 3))('are in no line of %s', {timeout: patienceMs}, async (_, args) => {
		const {api, canaries} = await startPlanted();
		const written = await writtenBy(args, {KUBECONFIG: api.kubeconfig});
		expect(written).toMatch(/shop/);
		expectNone(written, canaries);
	});

	test('would be found: --show-values shows them', {timeout: patienceMs}, async () => {
		const {api, canaries} = await startPlanted();
		const {screen, written} = watchedScreen(['deploy/shop', '--show-values', '--no-audit'], {KUBECONFIG: api.kubeconfig});
		await screen.shows('shop-hash2-1');
		await screen.shows('u undo');
		const rest = footerOf(screen);
		screen.press('u');
		await screen.until('the question', () => footerOf(screen) !== rest);
		screen.press('\u0003');
		await screen.exited;
		expect(() => expectNone(written(), canaries)).toThrow();
	});
});

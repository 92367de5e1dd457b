import {describe, expect, test, vi} from 'vitest';
import {answerJson} from '../cluster-io/harness/api-server.ts';
import {deploymentJson, replicaSetJson} from '../cluster-io/harness/objects.ts';
import {shopPath, startFakeApi} from './fake-api.ts';
import type {Terminal} from './terminal.ts';

const before = '$ what stood here before\r\n$ ';

/** The other screen is closed, the cursor is there, keys are echoed and pastes are plain again, and the old text stands where it stood. */
function expectRestored(screen: Terminal): void {
	expect(screen.isAlternate()).toBe(false);
	expect(screen.isCursorHidden()).toBe(false);
	expect(screen.lines()[0]).toBe('$ what stood here before');
	expect(screen.written().lastIndexOf('\u001B[?2004l')).toBeGreaterThan(screen.written().lastIndexOf('\u001B[?2004h'));
	// The scrollback is the user's.
	expect(screen.written()).not.toContain('\u001B[3J');
}

describe('the terminal is given back', () => {
	test('after q, with 0 and a last line that says how it stood', async () => {
		const {screen} = await opened();
		expect(screen.isAlternate()).toBe(true);
		screen.press('q');
		expect(await screen.exited).toMatchObject({exitCode: 0});
		expectRestored(screen);
		expect(screen.text()).toMatch(/test \/ web \/ deploy\/shop {2}COMPLETE {2}deployment "shop" successfully rolled out/);
	});

	test.for([
		['panels', undefined, 'q quit'],
		['help', '?', '╭ Keys'],
		['confirmation', 'u', 'Send it?'],
		['list of revisions', 't', 'which revision'],
		['filter', '/', 'Esc clear'],
		['pod details', '\r', 'Containers'],
	] as const)('after Ctrl-C in the %s, with 130', async ([, key, part]) => {
		const {screen} = await opened();
		if (key !== undefined) await screen.pressFor(key, part);
		screen.press('\u0003');
		expect(await screen.exited).toMatchObject({exitCode: 130});
		expectRestored(screen);
	});

	test.for(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('after %s, with 130', async signal => {
		const {screen} = await opened();
		screen.kill(signal);
		expect(await screen.exited).toMatchObject({exitCode: 130, signal: 0});
		expectRestored(screen);
	});

	test('nobody is left behind when the terminal itself goes away', async () => {
		const {screen} = await opened();
		screen.hangUp();
		await screen.exited;
		expect(() => process.kill(screen.pid, 0)).toThrow('ESRCH');
	});
});

describe('sizes', () => {
	test('20×5 still tells the phase and the counts, and quits', async () => {
		const api = await startFakeApi();
		const screen = api.screen(['deploy/shop'], {columns: 20, rows: 5, before});
		const text = await screen.shows('COMPLETE');
		expect(text).toMatch(/3\/3/);
		screen.press('q');
		expect(await screen.exited).toMatchObject({exitCode: 0});
		expect(screen.written()).not.toContain('\u001B[3J');
	});

	test('a resize is a redraw: nothing of the old size is left over', async () => {
		const {screen} = await opened();
		for (const [columns, rows] of [
			[80, 24],
			[40, 10],
			[20, 5],
			[200, 60],
			[120, 34],
		] as const) {
			screen.resize(columns, rows);
			const fits = (text: string) => {
				const lines = text.split('\n');
				const isWhole = columns < 60 || (lines.some(line => line.startsWith('╭') && line.length === columns) && /q quit/.test(text));
				return lines.length === rows && isWhole && text.match(/COMPLETE/g)?.length === 1;
			};
			await screen.until(`one whole screen of ${columns}×${rows}`, fits);
		}
	});
});

describe('keys', () => {
	test('one that comes right after a dialog has opened or closed is not lost', {timeout: 60_000}, async () => {
		const {screen} = await opened();
		for (let turn = 0; turn < 60; turn++) {
			await screen.pressFor('u', 'Send it?');
			screen.press('n');
			await screen.hides('Send it?');
		}
	});

	test('Enter right after an arrow chooses the revision that is shown, not the one before it', {timeout: 60_000}, async () => {
		const replicaSets = [1, 2, 3, 4, 5, 6].map(revision => replicaSetJson('shop', revision, `app:v${revision}`));
		const {screen} = await opened({'GET /apis/apps/v1/namespaces/web/replicasets': replicaSets});
		const shown = (text: string) => /│ revision (\d+)[ ,]/.exec(text)?.[1];
		for (let turn = 0; turn < 40; turn++) {
			const before = shown(await screen.pressFor('t', 'which revision'));
			screen.press('\u001B[B');
			const chosen = shown(await screen.until('another revision', text => shown(text) !== before));
			expect(await screen.pressFor('\r', 'Send it?')).toContain(`Go to revision ${chosen} `);
			screen.press('n');
			await screen.hides('Send it?');
		}
	});

	test('a pasted text never acts, whatever stands in it and however it arrives', async () => {
		const {api, screen} = await opened();
		for (const paste of ['uy', 'pyry', '\u001B[200~u\u001B[201~', '\u001B[200~uy\r\u001B[201~', 'u\ry']) {
			screen.press(paste);
			// A key that arrives together with the paste is part of it; one that comes alone shows that the paste has been read.
			await vi.waitFor(() => screen.pressFor('?', '╭ Keys', 250), {timeout: 30_000});
			screen.press('\u001B');
			await screen.hides('╭ Keys');
			expect(screen.text()).not.toContain('Send it?');
		}
		expect(writesTo(api)).toEqual([]);
	});

	test('text from the cluster with escape codes in it stays text', async () => {
		const event = {
			metadata: {uid: 'uid-event', name: 'event', namespace: 'web', resourceVersion: '11', creationTimestamp: new Date().toISOString()},
			involvedObject: {kind: 'Pod', name: 'shop-hash2-1', namespace: 'web', uid: 'uid-shop-hash2-1'},
			type: 'Warning',
			reason: 'BackOff',
			message: 'first \u001B[31mevil\u001B]0;title\u0007 and\u001B[2J\u009B31m last',
			count: 1,
			firstTimestamp: new Date().toISOString(),
			lastTimestamp: new Date().toISOString(),
		};
		const api = await startFakeApi({events: [event]});
		const screen = api.screen();
		const text = await screen.shows(/first .*evil/);
		expect(text).toMatch(/first .*evil.*last/);
		screen.press('q');
		await screen.exited;
		expect(screen.written()).not.toMatch(/\u001B\[31mevil|\u001B\]0;title|and\u001B\[2J|\u009B31m/);
	});

	test('the answer that a command waits for is not made up: the screen says pausing until the watch shows it', async () => {
		const paused = deploymentJson('shop', {metadata: {generation: 2, resourceVersion: '11'}, spec: {paused: true}});
		const {screen, api} = await opened({
			[`PATCH ${shopPath}`]: (_request: unknown, response: Parameters<typeof answerJson>[0]) => answerJson(response, paused),
		});
		await screen.pressFor('p', 'Send it?');
		await screen.pressFor('y', 'PAUSING');
		await screen.screens(2);
		expect(screen.text()).not.toMatch(/PAUSED/);
		expect(writesTo(api).filter(({method}) => method === 'PATCH')).toHaveLength(1);
	});
});

/** What would change something: neither reviews of one's own rights and name nor what is only tried. */
function writesTo({server}: Awaited<ReturnType<typeof startFakeApi>>) {
	return server.requests.filter(({method, path, query}) => method !== 'GET' && !/\/selfsubject\w*reviews$/.test(path) && query.dryRun === undefined);
}

async function opened(routes: NonNullable<Parameters<typeof startFakeApi>[0]>['routes'] = {}) {
	const api = await startFakeApi({routes});
	const screen = api.screen(['deploy/shop'], {before});
	await screen.until('the first screen', text => text.includes('COMPLETE') && text.includes('shop-hash2-3') && text.includes('u undo'));
	return {api, screen};
}

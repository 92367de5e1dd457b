import {describe, expect, it} from 'vitest';
import {openScreen} from './open-screen.ts';
import {key, settled} from './terminal.ts';
import {blocked, steps} from './views.ts';

describe('the last changes', () => {
	it('are counted by + and -, from one to all, and lead to a confirmation of the revision beneath', async () => {
		const screen = openScreen(blocked);
		await screen.type('U');
		expect(await screen.frame()).toContain('Undo the last change: back to revision 6.');
		await screen.type('-');
		expect(await screen.frame()).toContain('Undo the last change: back to revision 6.');
		await screen.type('+');
		await screen.type(key.down);
		await screen.type('+');
		expect(await screen.frame()).toContain('Undo the last 3 changes: back to revision 1 as far as the history tells.');
		await screen.type('-');
		await screen.type(key.enter);
		expect(await screen.frame()).toContain('Undo to revision 3?');
		expect(screen.calls.filter(call => call.startsWith('send'))).toEqual([]);
		await screen.type('y');
		expect(screen.calls.filter(call => call.startsWith('send')).at(-1)).toContain('"toRevision":3');
		await screen.close();
	});

	it('are as they were when they were opened', async () => {
		let view = steps;
		const screen = openScreen(blocked, {ports: {steps: () => view}});
		await screen.type('U');
		view = {...steps, rows: steps.rows.slice(1)};
		await screen.publish({...blocked, header: {...blocked.header, heardSecondsAgo: 3}});
		expect(await screen.frame()).toContain('revision 7 (now)');
		await screen.close();
	});

	it('close without sending anything', async () => {
		const screen = openScreen(blocked);
		for (const close of [key.escape, 'n', 'q']) {
			await screen.type('U');
			await screen.type(close);
			await settled();
			expect(await screen.frame()).toContain('Version mix');
		}
		expect(screen.calls).toEqual([]);
		await screen.close();
	});

	it.each([
		['nothing lies beneath', {...steps, rows: steps.rows.slice(-1)}],
		['nothing is known yet', undefined],
	])('are not opened where %s', async (_reason, view) => {
		const screen = openScreen(blocked, {ports: {steps: () => view}});
		await screen.type('U');
		expect(await screen.frame()).toContain('there is no change to undo');
		await screen.close();
	});
});

import {describe, expect, it} from 'vitest';
import {createTheme} from '../../src/ui/theme.ts';
import {openScreen} from './open-screen.ts';
import {aborted, kruise, stepsAt, timed, waiting} from './release-views.ts';
import {key} from './terminal.ts';
import {blocked} from './views.ts';

const sent = (calls: readonly string[]) => calls.filter(call => call.startsWith('send'));

describe('a rollout that goes by steps', () => {
	it('says which step it is at, what it waits for, and the weights side by side', async () => {
		const screen = openScreen(waiting);
		const frame = await screen.frame();
		expect(frame).toContain('2 of 4 · pause · waits for you: n continues');
		expect(frame).toContain('weight set 20% · actual 20% · measured 18%');
		expect(frame).toContain('●─▶─○─○');
		await screen.close();
	});

	it.each([
		[80, 24, '2 of 4 · pause · waits for you: n continues'],
		[40, 10, 'step 2/4 · n continues · set 20%'],
		[30, 8, 'step 2/4 · n continues'],
		[20, 5, 'step 2/4'],
	])('says so in %i columns and %i rows', async (columns, rows, text) => {
		const screen = openScreen(waiting, {columns, rows});
		expect(await screen.frame()).toContain(text);
		await screen.close();
	});

	it('draws the steps without any character but ASCII, each state with a shape of its own', async () => {
		const screen = openScreen(waiting, {theme: createTheme({color: false, ascii: true, motion: false})});
		const frame = await screen.frame();
		expect(frame).toContain('#->-.-.');
		expect(frame).toMatch(/^[\x00-\x7f]*$/);
		await screen.close();
	});

	it('is a bar where there are too many steps for marks', async () => {
		const [row] = stepsAt(1).rows;
		const rows = Array.from({length: 40}, (_, index) => ({
			number: index + 1,
			text: 'setWeight: 1',
			weight: '1%',
			pods: undefined,
			pause: undefined,
			state: 'left' as const,
			...row,
		}));
		const rollout = waiting.rollout && {...waiting.rollout, steps: stepsAt(21, {rows})};
		const screen = openScreen({...waiting, rollout}, {columns: 80, rows: 24});
		expect(await screen.frame()).toContain('████████░░░░░░░░  21 of 40');
		await screen.close();
	});

	it('has its keys first in the footer while it waits for a person', async () => {
		for (const columns of [80, 60, 40]) {
			const screen = openScreen(waiting, {columns, rows: 24});
			expect((await screen.frame()).split('\n').at(-1)).toMatch(/^ n continue/);
			await screen.close();
		}
		const other = openScreen(blocked, {columns: 200, rows: 60});
		expect(await other.frame()).not.toContain('n continue');
		await other.close();
	});

	it.each([
		['n', 'continue'],
		['N', 'promote-full'],
		['a', 'abort'],
	])('is asked about by %s before anything is sent', async (name, kind) => {
		const screen = openScreen(waiting);
		await screen.type(name);
		expect(sent(screen.calls)).toEqual([]);
		expect(await screen.frame()).toContain(`${kind} the rollout?`);
		await screen.type('y');
		expect(sent(screen.calls)).toEqual([`send {"kind":"${kind}"}`]);
		await screen.close();
	});

	it('retries only what was aborted', async () => {
		const screen = openScreen(waiting);
		await screen.type('A');
		expect(await screen.frame()).toContain('not aborted');
		await screen.publish(aborted);
		await screen.type('A');
		await screen.type('y');
		expect(sent(screen.calls)).toEqual(['send {"kind":"retry"}']);
		await screen.close();
	});

	it.each(['n', 'N', 'a', 'A', 'P', 'v'])('is nothing that %s finds at a Deployment, and it says so', async name => {
		const screen = openScreen(blocked);
		await screen.type(name);
		expect(screen.calls).toEqual([]);
		expect(await screen.frame()).toMatch(/a Deployment can’t be|its rollouts have no steps/);
		await screen.close();
	});
});

describe('the steps in full', () => {
	it('have the current one marked and say what it waits for', async () => {
		const screen = openScreen(waiting);
		await screen.type('v');
		const frame = await screen.frame();
		expect(frame).toMatch(/› +▶ +2 +pause +a person +waits for you: n continues/);
		expect(frame).toMatch(/● +1 +setWeight: 20 +20% +done/);
		expect(frame).toMatch(/○ +4 +pause: 10s +10s/);
		await screen.close();
	});

	it('are as the rollout is now, while they are open', async () => {
		const screen = openScreen(waiting);
		await screen.type('v');
		await screen.publish(timed);
		expect(await screen.frame()).toMatch(/4 +pause: 10s +10s +until 14:03:32/);
		await screen.close();
	});

	it('lead to any of them where the kind can, after a question', async () => {
		const screen = openScreen(kruise);
		await screen.type('v');
		await screen.type(key.down);
		await screen.type(key.down);
		await screen.type(key.down);
		await screen.type(key.enter);
		expect(await screen.frame()).toContain('to-step the rollout?');
		expect(sent(screen.calls)).toEqual([]);
		await screen.type('y');
		expect(sent(screen.calls)).toEqual(['send {"kind":"to-step","step":3}']);
		await screen.close();
	});

	it('lead nowhere from where it is', async () => {
		const screen = openScreen(kruise);
		await screen.type('v');
		await screen.type(key.enter);
		expect(await screen.frame()).toContain('it is at step 1');
		await screen.close();
	});

	it('say why none can be chosen', async () => {
		const screen = openScreen({...waiting, abilities: {...waiting.abilities, 'to-step': 'a Rollout can’t go to any step: N skips all, n the current one'}});
		await screen.type('v');
		expect(await screen.frame()).toContain('No step can be chosen: a Rollout can’t go to any step');
		await screen.type(key.down);
		await screen.type(key.enter);
		expect(screen.calls).toEqual([]);
		await screen.close();
	});

	it('close without sending anything, and ask for what n asks', async () => {
		const screen = openScreen(waiting);
		for (const close of [key.escape, 'q', 'v']) {
			await screen.type('v');
			await screen.type(close);
			expect(await screen.frame()).toContain('Version mix');
		}
		await screen.type('v');
		await screen.type('n');
		expect(await screen.frame()).toContain('continue the rollout?');
		expect(sent(screen.calls)).toEqual([]);
		await screen.close();
	});

	it('say what became of checks', async () => {
		const screen = openScreen(aborted);
		await screen.type('v');
		expect(await screen.frame()).toContain('success-rate: Failed (result[0] < 0.95)');
		await screen.close();
	});
});

describe('a partition', () => {
	it('is typed, and asked about before it is sent', async () => {
		const screen = openScreen({...blocked, abilities: {}});
		await screen.type('P');
		await screen.type('3');
		expect(await screen.frame()).toContain('partition  0 → 3');
		expect(sent(screen.calls)).toEqual([]);
		await screen.type('y');
		expect(sent(screen.calls)).toEqual(['send {"kind":"set-partition","partition":3}']);
		await screen.close();
	});
});

import {describe, expect, it} from 'vitest';
import type {CommandResult} from '../../src/domain/command.ts';
import {confirmOf, containersOf, protectedScreen, protectedUndo} from './confirm-views.ts';
import {laterBy, stopClock} from './later.ts';
import {type OpenOptions, openScreen} from './open-screen.ts';
import {key, settled} from './terminal.ts';
import {blocked, paused, undoConfirm} from './views.ts';

async function typed(keys: readonly string[], options: OpenOptions = {}, view = blocked) {
	const screen = openScreen(view, {ports: {confirmOf, containersOf}, ...options});
	await screen.frame();
	for (const one of keys) await screen.type(one);
	return {screen, frame: await screen.frame(), sent: screen.calls.filter(call => call.startsWith('send'))};
}

const letters = (text: string) => [...text];

describe('a protected context', () => {
	const options: OpenOptions = {ports: {confirmOf: () => protectedUndo}};

	it('is said in the header and in the question, in words', async () => {
		const {screen, frame} = await typed(['u'], options, protectedScreen);
		expect(frame.split('\n')[0]).toContain(' PROTECTED prod-eu / web / deploy/kubia');
		expect(frame).toContain('Type kubia and Enter to send it');
		expect(frame).not.toContain('y yes');
		await screen.close();
	});

	it('wants the name typed, then Enter', async () => {
		const {screen, sent} = await typed(['u', ...letters('kubia'), key.enter], options, protectedScreen);
		expect(sent).toHaveLength(1);
		expect(await screen.frame()).not.toContain('Type kubia');
		await screen.close();
	});

	it.each([
		['y', ['y']],
		['Enter alone', [key.enter]],
		['another name', [...letters('kubib'), key.enter]],
		['more than the name', [...letters('kubiax'), key.enter]],
		['the name with a y after it', [...letters('kubia'), 'y', key.enter]],
		['the name pasted in brackets', ['\u001B[200~kubia\u001B[201~', key.enter]],
		['the name pasted without them', ['kubia', key.enter]],
		['more pasted', ['kubia\r', key.enter]],
		['Esc after the name', [...letters('kubia'), key.escape, key.enter]],
	])('sends nothing for %s', async (_what, keys) => {
		const {screen, sent} = await typed(['u', ...keys], options, protectedScreen);
		expect(sent).toEqual([]);
		await screen.close();
	});

	it('says that a paste does not count, and what is missing', async () => {
		const {screen, frame} = await typed(['u', '\u001B[200~kubia\u001B[201~'], options, protectedScreen);
		expect(frame).toContain('pasted text does not count: type the name');
		await screen.type(key.enter);
		expect(await screen.frame()).toContain('type kubia first, then Enter');
		await screen.close();
	});

	it('takes a name in pieces, as a slow line brings it', async () => {
		const {screen, sent} = await typed(['u', 'ku', 'bi', 'a', key.enter], options, protectedScreen);
		expect(sent).toHaveLength(1);
		await screen.close();
	});

	it('asks with --yes, too', async () => {
		const view = {...protectedScreen, rollout: paused.rollout, abilities: paused.abilities};
		const {screen, sent, frame} = await typed(['r'], {...options, yes: true}, view);
		expect(sent).toEqual([]);
		expect(frame).toContain('Type kubia and Enter');
		await screen.close();
	});

	it('still wants all of it read', async () => {
		const {screen, sent, frame} = await typed(['u', ...letters('kubia'), key.enter], {...options, columns: 40, rows: 10}, protectedScreen);
		expect(sent).toEqual([]);
		expect(frame).toContain('more below');
		for (let page = 0; page < 30; page++) await screen.type(key.pageDown);
		await screen.type(key.enter);
		expect(screen.calls).toHaveLength(1);
		await screen.close();
	});

	it('shows the diff by Tab and comes back to what was typed', async () => {
		const {screen, frame} = await typed(['u', 'k', 'u', '\t'], options, protectedScreen);
		expect(frame).not.toContain('Type kubia');
		await screen.type(key.escape);
		expect(await screen.frame()).toContain('> ku');
		await screen.close();
	});

	it('asks for the name after a number was edited', async () => {
		const scale = {...protectedUndo, command: {kind: 'scale', replicas: 6} as const, title: 'Scale kubia to 6?'};
		const {screen, sent, frame} = await typed(['s', '6', 'y'], {ports: {confirmOf: () => scale}}, protectedScreen);
		expect(sent).toEqual([]);
		expect(frame).toContain('Type kubia and Enter');
		for (const one of [...letters('kubia'), key.enter]) await screen.type(one);
		expect(screen.calls).toEqual([`send ${JSON.stringify(scale.command)}`]);
		await screen.close();
	});
});

describe('what somebody else changed meanwhile', () => {
	const conflict: CommandResult = {kind: 'conflicted', message: 'deployment "kubia" was changed meanwhile: paused', hint: 'look again, then repeat'};

	it('is said, and the question is asked anew', async () => {
		const results = [conflict];
		const sent: unknown[] = [];
		const ports: OpenOptions['ports'] = {
			async send(command, options) {
				if (options?.dryRun === true) return {kind: 'accepted', message: '', warnings: []};
				sent.push(command);
				return results.shift() ?? {kind: 'accepted', message: '', warnings: []};
			},
		};
		const {screen, frame} = await typed(['u', 'y'], {ports});
		expect(frame).toContain('Nothing was sent: deployment "kubia" was changed meanwhile: paused. Read it again.');
		expect(frame).toContain('Send it?');
		await screen.type('y');
		expect(sent).toHaveLength(1);
		expect(await screen.frame()).toContain('it asks for something else now: read it first');
		laterBy(1000);
		await screen.type('y');
		expect(sent).toHaveLength(2);
		expect(await screen.frame()).not.toContain('Send it?');
		await screen.close();
	});

	it('opens nothing over what was opened meanwhile', async () => {
		let answer: (result: CommandResult) => void = () => {};
		const ports: OpenOptions['ports'] = {
			send: (_command, options) =>
				options?.dryRun === true
					? Promise.resolve({kind: 'accepted', message: '', warnings: []})
					: new Promise(resolve => {
							answer = resolve;
						}),
		};
		const {screen} = await typed(['u', 'y', '?'], {ports});
		answer(conflict);
		await settled();
		expect(await screen.frame()).toContain('Keys');
		expect(await screen.frame()).not.toContain('Nothing was sent');
		await screen.close();
	});

	it('is known by the generation that was seen', async () => {
		let generation = 7;
		const ports: OpenOptions['ports'] = {
			confirmOf: () => ({...undoConfirm, command: {kind: 'undo', toRevision: undefined, seen: {uid: 'u', generation}}}),
		};
		const {screen} = await typed(['u'], {ports});
		generation = 8;
		await screen.type('y');
		expect(await screen.frame()).toContain('Somebody changed deployment.apps/kubia while it was open (generation 7 → 8). Read it again, then y.');
		expect(screen.calls).toEqual([]);
		laterBy(1000);
		await screen.type('y');
		expect(screen.calls).toHaveLength(1);
		await screen.close();
	});

	it('is not overlooked by who holds the key down', async () => {
		stopClock();
		let generation = 7;
		const ports: OpenOptions['ports'] = {
			confirmOf: () => ({...undoConfirm, command: {kind: 'undo', toRevision: undefined, seen: {uid: 'u', generation}}}),
		};
		const {screen} = await typed(['u'], {ports});
		generation = 8;
		for (const ms of [0, 0, 400, 400, 400]) {
			laterBy(ms);
			await screen.type('y');
		}
		expect(screen.calls).toEqual([]);
		await screen.close();
	});

	it('can be read where the remark is longer than the terminal is high', async () => {
		const long = Array.from({length: 30}, (_, index) => `annotation example.com/field-${index}`).join(', ');
		const ports: OpenOptions['ports'] = {
			send: async (_command, options) => (options?.dryRun === true ? {kind: 'accepted', message: '', warnings: []} : {...conflict, message: long}),
		};
		const {screen} = await typed(['u', ...Array.from({length: 40}, () => key.down), 'y'], {ports, columns: 40, rows: 10});
		const seen = [await screen.frame()];
		for (let line = 0; line < 80; line++) {
			await screen.type(key.down);
			seen.push(await screen.frame());
		}
		for (const part of ['field-29', 'Read it again', 'prod-eu', 'kubectl']) expect(seen.some(frame => frame.includes(part))).toBe(true);
		expect(seen.every(frame => frame.includes('Send it?'))).toBe(true);
		await screen.close();
	});
});

describe('two keys that come before the screen is drawn anew', () => {
	it.each([
		['y twice', ['y', 'y'], 1],
		['y, then Esc', ['y', key.escape], 1],
		['Esc, then y', [key.escape, 'y'], 0],
		['n, then y', ['n', 'y'], 0],
		['Enter, then y', [key.enter, 'y'], 0],
	])('%s', async (_what, keys, times) => {
		const {screen} = await typed(['u']);
		for (const one of keys) void screen.type(one);
		await settled();
		await screen.frame();
		expect(screen.calls).toHaveLength(times);
		await screen.close();
	});
});

describe('a terminal that has no room any more', () => {
	it.each([
		[20, 5],
		[29, 8],
		[40, 7],
	])('lets nobody answer what it does not show: %d×%d', async (columns, rows) => {
		const {screen} = await typed(['u']);
		screen.terminal.resizeTo(columns, rows);
		await screen.frame();
		await screen.type('y');
		expect(screen.calls).toEqual([]);
		screen.terminal.resizeTo(120, 34);
		await expect.poll(screen.frame).toContain('Send it?');
		await screen.type('y');
		expect(screen.calls).toHaveLength(1);
		await screen.close();
	});

	it('shows each line of a protected question, however long the name', async () => {
		const name = 'a-very-long-name-of-a-deployment-that-goes-on-and-on-for-63-chars';
		const ports = {confirmOf: () => ({...protectedUndo, object: `deployment.apps/${name}`, typeName: name})};
		const {screen} = await typed(['u'], {columns: 30, rows: 8, ports}, protectedScreen);
		const seen = [await screen.frame()];
		for (let line = 0; line < 60; line++) {
			await screen.type(key.down);
			seen.push(await screen.frame());
		}
		for (const part of ['prod-eu', '3 → 2', '63-chars', 'kubectl']) expect(seen.some(frame => frame.includes(part))).toBe(true);
		for (const one of [...letters(name), key.enter]) await screen.type(one);
		expect(screen.calls).toHaveLength(1);
		await screen.close();
	});
});

describe('a new image', () => {
	it('is edited from the present one, and asked about before anything is sent', async () => {
		const {screen, frame, sent} = await typed(['i', key.enter, key.backspace, '4']);
		expect(frame).toContain('luksa/kubia:v4');
		expect([...sent, ...screen.dryRuns]).toEqual([]);
		await screen.type(key.enter);
		expect(await screen.frame()).toContain('Set the image of kubia in kubia?');
		expect(screen.calls).toEqual([]);
		await screen.type('y');
		expect(screen.calls).toEqual([`send ${JSON.stringify({kind: 'set-image', container: 'kubia', image: 'luksa/kubia:v4'})}`]);
		await screen.close();
	});

	it('is of the container that was chosen, also one that only begins', async () => {
		const {screen} = await typed(['i', 'j', 'j', key.enter, 'x', key.enter, 'y']);
		expect(screen.calls).toEqual([`send ${JSON.stringify({kind: 'set-image', container: 'migrate', image: 'luksa/kubia-migrate:v3x', init: true})}`]);
		await screen.close();
	});

	it('needs no choice where there is one container', async () => {
		const {screen, frame} = await typed(['i'], {ports: {confirmOf}});
		expect(frame).toContain('Which image for kubia of kubia?');
		await screen.close();
	});

	it('takes pasted text as text', async () => {
		const {screen, frame} = await typed(['i', key.enter, '\u0015', '\u001B[200~nginx:1.27\n\u001B[201~', 'y', 'q'], {});
		expect(frame).toContain('nginx:1.27yq');
		expect(screen.calls).toEqual([]);
		await screen.close();
	});

	it('says at once what is wrong with it', async () => {
		const {screen, frame} = await typed(['i', key.enter, ' ', 'x', key.enter]);
		expect(frame).toContain('an image has no blanks in it');
		expect(frame).toContain('Which image for kubia');
		await screen.close();
	});

	it('is left alone by Esc', async () => {
		const {screen, frame, sent} = await typed(['i', key.enter, 'x', key.escape]);
		expect(sent).toEqual([]);
		expect(frame).not.toContain('Which image');
		await screen.close();
	});
});

describe('deleting a pod', () => {
	it('asks about the one that is marked, by x or Ctrl-D', async () => {
		for (const one of ['x', '\u0004']) {
			const {screen, frame} = await typed([key.down, one]);
			expect(frame).toContain('Delete the pod kubia-7c9d5f7b9d-x2x7k?');
			expect(frame).toContain('it would allow none');
			await screen.type('y');
			expect(screen.calls).toEqual([expect.stringContaining('"kind":"delete-pod","pod":"kubia-7c9d5f7b9d-x2x7k"')]);
			await screen.close();
		}
	});

	it('never means one that nobody marked', async () => {
		const {screen, frame, sent} = await typed(['x', 'y']);
		expect(frame).toContain('mark the pod first');
		expect(sent).toEqual([]);
		await screen.close();
	});

	it('asks about the one whose details are open', async () => {
		const {screen, frame} = await typed([key.enter, 'x']);
		expect(frame).toContain('Delete the pod kubia-7c9d5f7b9d-x2x7k?');
		await screen.close();
	});
});

describe('other questions', () => {
	it('restart asks always', async () => {
		const {screen, frame, sent} = await typed(['R'], {yes: true, ports: {confirmOf}});
		expect(frame).toContain('Restart kubia?');
		expect(sent).toEqual([]);
		await screen.close();
	});

	it('a paused rollout can be undone in one step', async () => {
		const {screen, frame} = await typed(['u', 'y'], {}, paused);
		expect(frame).not.toContain('resume first');
		expect(screen.calls).toEqual([`send ${JSON.stringify({kind: 'undo', toRevision: undefined, resume: true})}`]);
		await screen.close();
	});
});

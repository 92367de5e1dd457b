import {describe, expect, it} from 'vitest';
import type {CommandResult} from '../../src/domain/command.ts';
import {laterBy, stopClock} from './later.ts';
import {openScreen} from './open-screen.ts';
import {key, settled} from './terminal.ts';
import {agreement, blocked, complete, diff, mix, mixInFull, paused, revisions, undoConfirm} from './views.ts';

const undo = {kind: 'undo', toRevision: undefined};

describe('commands', () => {
	it('are sent only after the confirmation was answered with y', async () => {
		const screen = openScreen(blocked);
		await screen.type('u');
		expect(await screen.frame()).toContain('$ kubectl --context=prod-eu --namespace=web rollout undo deployment/kubia');
		expect(screen.calls).toEqual([]);
		await screen.type('y');
		expect(screen.calls).toEqual([`send ${JSON.stringify(undo)}`]);
		expect(await screen.frame()).not.toContain('Send it?');
		await screen.close();
	});

	it.each([
		['Enter', key.enter],
		['Esc', key.escape],
		['n', 'n'],
		['q', 'q'],
	])('are not sent when the answer is %s', async (_name, answer) => {
		const screen = openScreen(blocked);
		await screen.type('u');
		await screen.type(answer);
		await settled();
		expect(await screen.frame()).not.toContain('Send it?');
		expect(screen.calls).toEqual([]);
		await screen.close();
	});

	it('are never sent by pasted text, in one read, in several, or in brackets', async () => {
		const screen = openScreen(blocked);
		await screen.type('uy');
		await screen.type('\u001B[200~u\u001B[201~');
		await screen.type('\u001B[200~');
		await screen.type('u');
		await screen.type('y');
		await screen.type('\u001B[201~');
		expect(await screen.frame()).not.toContain('Send it?');
		expect(screen.calls).toEqual([]);
		await screen.type('u');
		expect(await screen.frame()).toContain('Send it?');
		await screen.close();
	});

	it('that a bad line brings together do nothing, and that is said', async () => {
		const screen = openScreen(blocked);
		await screen.type('ju');
		expect(await screen.frame()).toContain('keys came at once: press one by one');
		await screen.type('\u001B[200~u\u001B[201~');
		expect(await screen.frame()).toContain('what is pasted does nothing here');
		await screen.type('u');
		await screen.type('yy');
		expect(await screen.frame()).toMatch(/Send it\?[\s\S]*keys came at once: press one by one/);
		expect(screen.calls).toEqual([]);
		await screen.close();
	});

	it('ask for the terminal’s marks around pasted text', async () => {
		const screen = openScreen(blocked);
		await screen.frame();
		expect(screen.terminal.written).toContain('\u001B[?2004h');
		await screen.close();
		expect(screen.terminal.written).toContain('\u001B[?2004l');
	});

	it('are asked again when what they would do has changed meanwhile', async () => {
		let confirm = undoConfirm;
		const screen = openScreen(blocked, {ports: {confirmOf: () => confirm}});
		await screen.type('u');
		confirm = {...undoConfirm, changes: [{label: 'revision', from: '4', to: '3'}]};
		await screen.type('y');
		expect(screen.calls).toEqual([]);
		expect(await screen.frame()).toContain('This changed while it was open');
		expect(await screen.frame()).toContain('4 → 3');
		laterBy(1000);
		await screen.type('y');
		expect(screen.calls).toHaveLength(1);
		await screen.close();
	});

	it('can’t be confirmed before all of the confirmation was in sight', async () => {
		const screen = openScreen(blocked, {columns: 40, rows: 10});
		await screen.type('u');
		await screen.type('y');
		expect(screen.calls).toEqual([]);
		expect(await screen.frame()).toContain('more below');
		await screen.type('G');
		expect(await screen.frame()).toContain('rollout undo');
		await screen.type('y');
		expect(screen.calls).toHaveLength(1);
		await screen.close();
	});

	it('are checked by the API server as soon as they are asked, and again by D', async () => {
		const screen = openScreen(blocked);
		await screen.type('u');
		expect(screen.dryRuns).toEqual([`send ${JSON.stringify(undo)}`]);
		expect(await screen.frame()).toContain('dry run: the API server accepts it');
		await screen.type('D');
		expect(screen.dryRuns).toHaveLength(2);
		expect(screen.calls).toEqual([]);
		expect(await screen.frame()).toContain('Send it?');
		await screen.close();
	});

	it('say first why a dry run was refused, and can be sent all the same', async () => {
		const refused: CommandResult = {kind: 'refused', message: 'deployments.apps "kubia" is forbidden', hint: 'ask for patch'};
		const sent: unknown[] = [];
		const screen = openScreen(blocked, {
			ports: {
				async send(command, options) {
					if (options?.dryRun !== true) sent.push(command);
					return refused;
				},
			},
		});
		await screen.type('u');
		const lines = (await screen.frame()).split('\n');
		const first = lines.findIndex(one => one.includes('dry run: deployments.apps "kubia" is forbidden; ask for patch'));
		expect(first).toBeGreaterThan(0);
		expect(first).toBeLessThan(lines.findIndex(one => one.includes('namespace')));
		await screen.type('y');
		expect(sent).toHaveLength(1);
		await screen.close();
	});

	it('say that a dry run could not be asked for', async () => {
		const screen = openScreen(blocked, {ports: {send: () => Promise.reject(new Error('no answer'))}});
		await screen.type('u');
		expect(await screen.frame()).toContain('dry run: no answer');
		await screen.close();
	});

	it('send nothing to be checked where there is no room to ask', async () => {
		const screen = openScreen(blocked, {columns: 29, rows: 7});
		await screen.type('u');
		expect([...screen.dryRuns, ...screen.reads]).toEqual([]);
		await screen.close();
	});

	it('show what is known of them a moment later, which must be read, too', async () => {
		let done = () => {};
		let confirm = undoConfirm;
		const screen = openScreen(blocked, {ports: {confirmOf: () => confirm, prepare: () => new Promise(resolve => (done = resolve))}});
		await screen.type('u');
		confirm = {...undoConfirm, notes: ['Argo CD (application web) keeps it: the next sync will revert this.']};
		done();
		await settled();
		expect(await screen.frame()).toContain('Argo CD (application web)');
		await screen.type('y');
		expect(screen.calls).toHaveLength(1);
		await screen.close();
	});

	it('are sent though the counts that they show have changed', async () => {
		let confirm = {...undoConfirm, facts: ['1 of 3 pods are new.']};
		const screen = openScreen(blocked, {ports: {confirmOf: () => confirm}});
		await screen.type('u');
		expect(await screen.frame()).toContain('1 of 3 pods are new.');
		confirm = {...confirm, facts: ['2 of 3 pods are new.']};
		await screen.type('y');
		expect(screen.calls).toHaveLength(1);
		await screen.close();
	});

	it('that can’t be sent say why instead of asking', async () => {
		const screen = openScreen(blocked, {ports: {confirmOf: () => ({refusal: {message: 'no revision before this one', hint: undefined}})}});
		await screen.type('u');
		expect(await screen.frame()).toContain('no revision before this one');
		await screen.type('p');
		await screen.close();
	});

	it('of a key that can’t act now say why, and only for a while', async () => {
		const screen = openScreen(blocked);
		await screen.type('r');
		expect(await screen.frame()).toContain('◌ not paused');
		await screen.close();
	});

	it('pause and resume without a question with --yes, undo never', async () => {
		const screen = openScreen(blocked, {yes: true});
		await screen.type('p');
		expect(screen.calls).toEqual(['send {"kind":"pause"}']);
		await screen.type('u');
		expect(screen.calls).toHaveLength(1);
		expect(await screen.frame()).toContain('Send it?');
		await screen.close();
		const quiet = openScreen(paused, {yes: true});
		await quiet.type('r');
		expect(quiet.calls).toEqual(['send {"kind":"resume"}']);
		await quiet.close();
	});
});

describe('the list of revisions', () => {
	it('leads to a confirmation of the chosen one', async () => {
		const screen = openScreen(blocked);
		await screen.type('t');
		await screen.type(key.down);
		await screen.type(key.enter);
		expect(await screen.frame()).toContain('Undo to revision 1?');
		await screen.type('y');
		expect(screen.calls).toEqual(['send {"kind":"undo","toRevision":1}']);
		await screen.close();
	});

	it('shows the diff of the marked one with d, and is as it was after it', async () => {
		const asked: unknown[] = [];
		const ports = {
			diff: async (command: unknown) => {
				asked.push(command);
				return {...diff, to: 'revision 1'};
			},
		};
		const screen = openScreen(blocked, {ports});
		await screen.type('t');
		await screen.type(key.down);
		await screen.type('d');
		expect(await screen.frame()).toContain('revision 3 (now) → revision 1');
		expect(asked).toEqual([{kind: 'undo', toRevision: 1}]);
		await screen.type('y');
		await screen.type(key.escape);
		await settled();
		expect(await screen.frame()).toMatch(/▶ +1 +image v3→v1/);
		await screen.type(key.enter);
		expect(await screen.frame()).toContain('Undo to revision 1?');
		expect(screen.calls).toEqual([]);
		await screen.close();
	});

	it('says why there is no diff', async () => {
		const screen = openScreen(blocked, {ports: {diff: () => Promise.reject(new Error('nothing to compare'))}});
		await screen.type('t');
		await screen.type('d');
		expect(await screen.frame()).toContain('nothing to compare');
		await screen.close();
	});

	it('has no diff of what leaves the template as it is', async () => {
		const screen = openScreen(blocked);
		await screen.type('p');
		await screen.type('d');
		expect(await screen.frame()).toContain('the template stays as it is: there is no diff');
		expect(await screen.frame()).toContain('Send it?');
		await screen.close();
	});

	it('does not choose by digits, which count places and not revisions', async () => {
		const screen = openScreen(blocked);
		await screen.type('t');
		await screen.type('3');
		expect(await screen.frame()).toContain('Go to which revision?');
		expect(await screen.frame()).not.toContain('Send it?');
		await screen.close();
	});

	it('keeps its cursor when a revision comes', async () => {
		let rows = revisions;
		const screen = openScreen(blocked, {ports: {revisions: () => rows}});
		await screen.type('t');
		await screen.type('j');
		rows = [{...(revisions[0] as (typeof revisions)[number]), revision: 4}, ...revisions];
		await screen.publish({...blocked, header: {...blocked.header, heardSecondsAgo: 3}});
		expect(await screen.frame()).toMatch(/▶ +1 +image v3→v1/);
		await screen.close();
	});

	it('hears no other command', async () => {
		const screen = openScreen(blocked);
		await screen.type('t');
		await screen.type('u');
		await screen.type('c');
		expect(await screen.frame()).toContain('Go to which revision?');
		await screen.type(key.escape);
		await settled();
		expect(await screen.frame()).toContain('Version mix');
		expect(screen.calls).toEqual([]);
		await screen.close();
	});

	it('is not opened for one revision', async () => {
		const screen = openScreen(blocked, {ports: {revisions: () => revisions.slice(0, 1)}});
		await screen.type('t');
		expect(await screen.frame()).toContain('there is only one revision');
		await screen.close();
	});
});

describe('pods', () => {
	it('stay selected when the list is reordered', async () => {
		const screen = openScreen(blocked);
		await screen.type(key.down);
		await screen.type(key.down);
		await screen.publish({...blocked, pods: blocked.pods.toReversed()});
		await screen.type(key.enter);
		expect(await screen.frame()).toContain('╭ kubia-6b8f7c5d4f-4wzzp ');
		await screen.close();
	});

	it('are filtered by name, status, address and node', async () => {
		const screen = openScreen(blocked);
		await screen.type('/');
		await screen.type('10.1.0.23');
		expect(await screen.frame()).toContain('Pods · 1 of 4 with “10.1.0.23”');
		await screen.type(key.backspace);
		expect(await screen.frame()).toContain('4 of 4 with “10.1.0.2”');
		await screen.type('u');
		expect(await screen.frame()).toContain('no pod matches');
		await screen.type(key.escape);
		await settled();
		expect(await screen.frame()).toContain('Pods · 4 ─');
		expect(screen.calls).toEqual([]);
		await screen.close();
	});

	it('show the end of their log, and the log before the restart', async () => {
		const screen = openScreen(blocked);
		await screen.type(key.enter);
		await screen.type('G');
		expect(await screen.frame()).toContain('log of kubia-7c9d5f7b9d-x2x7k kubia');
		await screen.type('p');
		await screen.type('c');
		await screen.type('G');
		expect(await screen.frame()).toContain('log of kubia-7c9d5f7b9d-x2x7k sidecar previous');
		await screen.close();
	});

	it('say why a log can’t be read', async () => {
		const screen = openScreen(blocked, {ports: {podLogs: async () => Promise.reject(new Error('container is waiting to start: ImagePullBackOff'))}});
		await screen.type(key.enter);
		await screen.type('G');
		expect(await screen.frame()).toContain('container is waiting to start: ImagePullBackOff');
		await screen.close();
	});

	it('are gone from their details when they are gone', async () => {
		const screen = openScreen(blocked, {ports: {podDetails: () => undefined}});
		await screen.type(key.enter);
		expect(await screen.frame()).toContain('This pod is gone.');
		await screen.close();
	});
});

describe('the routes', () => {
	it('are chosen by Enter; one that can’t be had is not', async () => {
		const screen = openScreen(blocked);
		for (const one of ['C', 'j', key.enter]) await screen.type(one);
		expect(screen.calls).toEqual(['route node-port']);
		for (const one of ['C', 'j', 'j', key.enter]) await screen.type(one);
		expect(screen.calls).toHaveLength(1);
		expect(await screen.frame()).toContain('By which way');
		await screen.type(key.escape);
		expect(await screen.frame()).not.toContain('By which way');
		await screen.close();
	});

	it('say what prevents that they are found', async () => {
		const screen = openScreen(blocked, {ports: {routes: async () => Promise.reject(new Error('forbidden: services may not be listed'))}});
		await screen.type('C');
		expect(await screen.frame()).toContain('forbidden: services may not be listed');
		await screen.close();
	});
});

describe('what is to be created in the cluster', () => {
	it('is asked for by itself, and created only after y', async () => {
		const screen = openScreen(blocked);
		await screen.publish({...blocked, agreement});
		expect(await screen.frame()).toContain('Create it?');
		laterBy(1000);
		await screen.type('y');
		expect(screen.calls).toEqual(['agree true']);
		await screen.publish(blocked);
		expect(await screen.frame()).not.toContain('Create it?');
		await screen.close();
	});

	it('is not created by a key that was meant for the question before', async () => {
		stopClock();
		const screen = openScreen(blocked);
		await screen.type('u');
		await screen.publish({...blocked, agreement});
		await screen.type('y');
		expect(await screen.frame()).toContain('Create it?');
		await screen.type('y');
		expect(screen.calls.filter(call => call.startsWith('agree'))).toEqual([]);
		laterBy(1000);
		await screen.type('y');
		expect(screen.calls.at(-1)).toBe('agree true');
		await screen.close();
	});

	it('is asked for anew where another one takes its place', async () => {
		const screen = openScreen({...blocked, agreement});
		await screen.frame();
		await screen.publish({...blocked, agreement: {...agreement, facts: ['another pod']}});
		expect(await screen.frame()).toContain('another pod');
		laterBy(1000);
		await screen.type('y');
		expect(screen.calls).toEqual(['agree true']);
		await screen.close();
	});

	it('is not created by Enter, and not before all of it was read', async () => {
		const screen = openScreen({...blocked, agreement}, {columns: 40, rows: 10});
		await screen.frame();
		await screen.type('y');
		expect(screen.calls).toEqual([]);
		await screen.type(key.enter);
		expect(screen.calls).toEqual(['agree false']);
		await screen.close();
	});

	it('takes the first answer of two that come before it is drawn anew', async () => {
		const screen = openScreen({...blocked, agreement});
		await screen.frame();
		void screen.type('n');
		void screen.type('y');
		await settled();
		await screen.frame();
		expect(screen.calls).toEqual(['agree false']);
		await screen.close();
	});

	it('waits for what is open, so that nobody says yes to something else', async () => {
		const screen = openScreen(blocked);
		await screen.type('u');
		await screen.publish({...blocked, agreement});
		expect(await screen.frame()).toContain('Send it?');
		await screen.type('n');
		expect(await screen.frame()).toContain('Create it?');
		await screen.close();
	});

	it('is refused where there is no room to show it', async () => {
		const screen = openScreen({...blocked, agreement}, {columns: 25, rows: 6});
		await screen.frame();
		expect(screen.calls).toEqual(['agree false']);
		await screen.close();
	});
});

describe('the mix in full', () => {
	it('opens on m, shows other spans on h and other targets on Tab', async () => {
		const screen = openScreen({...blocked, mix: mixInFull});
		await screen.type('m');
		expect(await screen.frame()).toContain('Last 10 min');
		await screen.type('h');
		expect(await screen.frame()).toContain('Last 30 min');
		await screen.type('h');
		expect(await screen.frame()).toContain('Last 60 s');
		await screen.type(key.tab);
		expect(screen.calls).toEqual(['target 1']);
		await screen.close();
	});

	it('can’t be opened before anything was measured', async () => {
		const screen = openScreen(complete);
		await screen.type('m');
		expect(await screen.frame()).toContain('nothing is measured; c starts it');
		await screen.close();
	});
});

describe('other keys', () => {
	it('start the requests and change the window', async () => {
		const screen = openScreen(blocked);
		for (const one of ['c', '+', '-']) await screen.type(one);
		expect(screen.calls).toEqual(['curl', 'window 120', 'window 30']);
		await screen.publish({...blocked, mix: {...mix, windowSeconds: 600}});
		await screen.type('+');
		expect(screen.calls).toHaveLength(3);
		await screen.close();
	});

	it('move between panels and scroll the timeline', async () => {
		const screen = openScreen(blocked, {rows: 32});
		await screen.type(key.tab);
		expect(await screen.frame()).toContain('╭›Timeline');
		await screen.type('j');
		expect(await screen.frame()).toContain('1 newer above');
		await screen.type(key.shiftTab);
		expect(await screen.frame()).toContain('╭›Pods');
		await screen.close();
	});

	it('keep phase and freshness in sight while help is open', async () => {
		const screen = openScreen(blocked, {columns: 80, rows: 24});
		await screen.type('?');
		await screen.publish(complete);
		expect(await screen.frame()).toContain('COMPLETE');
		await screen.type('?');
		await screen.type(key.escape);
		await settled();
		expect(await screen.frame()).toContain('Pods · 3');
		await screen.close();
	});

	it('ask nothing on a terminal that is too small to ask on', async () => {
		const screen = openScreen(blocked, {columns: 20, rows: 7});
		await screen.type('u');
		expect(await screen.frame()).toContain('too small to');
		await screen.close();
	});

	it.each([
		['q', 'quit'],
		[key.ctrlC, 'interrupted'],
	])('end the screen (%j)', async (press, how) => {
		const screen = openScreen(blocked);
		await screen.frame();
		await screen.type(press);
		expect(await screen.ended).toBe(how);
		expect(screen.calls).toEqual(['quit']);
	});
});

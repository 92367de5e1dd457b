import {describe, expect, it} from 'vitest';
import type {ConfirmView} from '../../src/store/confirm-views.ts';
import {laterBy} from './later.ts';
import {type OpenOptions, openScreen} from './open-screen.ts';
import {canary, moved, selectorConfirm, servicePorts} from './service-views.ts';
import {key, settled} from './terminal.ts';
import {blocked} from './views.ts';

describe('the screen of a Service', () => {
	it('opens the chosen workload’s own screen, and comes back with Esc', async () => {
		const screen = openScreen(canary);
		await screen.type(key.down);
		await screen.type(key.enter);
		expect(screen.calls).toEqual(['open nginx-v2']);
		await screen.publish({...blocked, behind: 'nginx-svc'});
		await screen.type(key.escape);
		expect(screen.calls).toEqual(['open nginx-v2', 'open undefined']);
		await screen.close();
	});

	it('clears a filter before it goes back', async () => {
		const screen = openScreen({...blocked, behind: 'nginx-svc'});
		for (const one of ['/', 'x2', key.enter, key.escape]) await screen.type(one);
		expect(screen.calls).toEqual([]);
		await screen.type(key.escape);
		expect(screen.calls).toEqual(['open undefined']);
		await screen.close();
	});

	it('has no way back where a Deployment itself is watched', async () => {
		const screen = openScreen(blocked);
		await screen.type(key.escape);
		expect(screen.calls).toEqual([]);
		await screen.close();
	});

	it('acts on the chosen workload, also when it moves to another row', async () => {
		const screen = openScreen(canary);
		await screen.type(key.down);
		const added = {...moved, service: {...canary.service, sides: [{...canary.service?.sides[0], name: 'first'}, ...(canary.service?.sides ?? [])]}};
		await screen.publish(added as typeof canary);
		await screen.type('p');
		await screen.type('y');
		expect(screen.calls).toEqual([`send ${JSON.stringify({kind: 'pause', workload: 'nginx-v2'})}`]);
		await screen.close();
	});

	it('acts on the first workload before one was chosen', async () => {
		const screen = openScreen(canary, {yes: true});
		await screen.type('r');
		expect(screen.calls).toEqual([`send ${JSON.stringify({kind: 'resume', workload: 'nginx-dm'})}`]);
		await screen.close();
	});

	it('goes to a revision of the chosen workload', async () => {
		const screen = openScreen(canary);
		for (const one of [key.down, 't', key.enter, 'y']) await screen.type(one);
		expect(screen.calls).toEqual([`send ${JSON.stringify({kind: 'undo', toRevision: 2, workload: 'nginx-v2'})}`]);
		await screen.close();
	});

	it('never chooses the row of pods that belong to nobody', async () => {
		const screen = openScreen(moved);
		await screen.type('G');
		await screen.type(key.enter);
		expect(screen.calls).toEqual(['open nginx-v2']);
		await screen.close();
	});

	it('opens a pod’s details where the keys move among the pods', async () => {
		const screen = openScreen(canary);
		for (const one of [key.tab, key.enter]) await screen.type(one);
		expect(await screen.frame()).toContain('nginx-dm-c9694bcf6-6dgkx');
		expect(await screen.frame()).toContain('Containers');
		expect(screen.calls).toEqual([]);
		await screen.close();
	});

	it('says why there is nobody to act on', async () => {
		const screen = openScreen({...canary, service: {...canary.service, sides: []} as unknown as typeof canary.service});
		await screen.type('p');
		expect(await screen.frame()).toContain('no workload stands behind the Service');
		await screen.close();
	});

	it('lists its own keys', async () => {
		const screen = openScreen(canary);
		await screen.type('?');
		expect(await screen.frame()).toContain('panels of a Service');
		await screen.close();
	});
});

/** A screen with these keys typed, what was sent to the cluster, and what was read for it. */
async function typed(keys: readonly string[], options: OpenOptions = {}, view = canary) {
	const screen = openScreen(view, {ports: servicePorts, ...options});
	for (const one of keys) await screen.type(one);
	const frame = await screen.frame();
	const sent = screen.calls.filter(call => call.startsWith('send'));
	return {screen, frame, sent, read: screen.reads};
}

describe('the number of replicas', () => {
	const six = `send ${JSON.stringify({kind: 'scale', replicas: 6, from: 1, workload: 'nginx-v2'})}`;

	it('is typed, shown with what it does, and sent only with y', async () => {
		const {screen, frame, sent} = await typed([key.down, 's', '6']);
		expect(sent).toEqual([]);
		expect(frame).toContain('scale deployment/nginx-v2 --current-replicas=1 --replicas=6');
		expect(frame).toMatch(/nginx-v2 gets +14% → 50%/);
		await screen.type('y');
		expect(screen.calls).toContain(six);
		expect(await screen.frame()).not.toContain('Send it?');
		await screen.close();
	});

	it.each([
		['Esc', key.escape],
		['n', 'n'],
		['q', 'q'],
	])('is not sent by %s', async (_name, answer) => {
		const {screen, sent, frame} = await typed([key.down, 's', '6', answer]);
		expect(sent).toEqual([]);
		expect(frame).not.toContain('Send it?');
		await screen.close();
	});

	it('is not sent by Enter, nor before there is one, nor when it is the same', async () => {
		for (const keys of [
			['s', '6', key.enter],
			['s', 'y'],
			['s', '1', 'y'],
			['s', '6', key.backspace, 'y'],
		]) {
			const {screen, sent} = await typed([key.down, ...keys]);
			expect(sent).toEqual([]);
			await screen.close();
		}
	});

	it('takes digits only, without zeros in front, and no more than any cluster has', async () => {
		const {screen, frame} = await typed([key.down, 's', '0', 'z', '0', '4', '2', '1', '0', '0', '9']);
		expect(frame).toContain('Scale nginx-v2 to 42100?');
		await screen.close();
	});

	it('is never sent by pasted text', async () => {
		const {screen, sent} = await typed([key.down, 's', '6y', '\u001B[200~6\u001B[201~', 'ys']);
		expect(sent).toEqual([]);
		await screen.close();
	});

	it('goes up and down by one', async () => {
		const {screen, frame} = await typed([key.down, 's', '+', '+', '+', '-']);
		expect(frame).toContain('Scale nginx-v2 to 3?');
		await screen.close();
		const down = await typed([key.down, 's', '-', '-']);
		expect(down.frame).toContain('Scale nginx-v2 to 0?');
		await down.screen.close();
	});

	it('is tried as a dry run as it is typed, and read from the API once who else keeps it', async () => {
		const {screen, read} = await typed([key.down, 's', '6']);
		expect(screen.dryRuns).toEqual([six]);
		await screen.type('0');
		await screen.type(key.backspace);
		expect(screen.dryRuns.at(-1)).toBe(six);
		expect(read).toHaveLength(1);
		await screen.close();
	});

	it('is asked again when somebody else has scaled it meanwhile', async () => {
		let from = 1;
		const confirmOf: NonNullable<OpenOptions['ports']>['confirmOf'] = command => ({
			...(servicePorts.confirmOf?.(command) as ConfirmView),
			command: {...command, from} as ConfirmView['command'],
		});
		const {screen} = await typed([key.down, 's', '6'], {ports: {...servicePorts, confirmOf}});
		from = 2;
		await screen.type('y');
		expect(screen.calls.filter(call => call.startsWith('send'))).toEqual([]);
		expect(await screen.frame()).toContain('This changed while it was open');
		laterBy(1000);
		await screen.type('y');
		expect(screen.calls.filter(call => call.startsWith('send'))).toEqual([
			`send ${JSON.stringify({kind: 'scale', replicas: 6, workload: 'nginx-v2', from: 2})}`,
		]);
		await screen.close();
	});

	it('is asked for on a Deployment’s own screen, too', async () => {
		const {screen, frame} = await typed(['s', '6'], {}, blocked);
		expect(frame).toContain('Send it?');
		expect(screen.reads).toEqual([`prepare ${JSON.stringify({kind: 'scale', replicas: 1})}`]);
		expect(screen.calls).toEqual([]);
		await screen.close();
	});

	it('can’t be confirmed on a small screen before all was in sight, and again after another digit', async () => {
		const {screen, sent} = await typed([key.down, 's', '6', 'y', 'G', '0', 'y'], {columns: 40, rows: 10});
		expect(sent).toEqual([]);
		expect(await screen.frame()).toContain('more below');
		await screen.type('G');
		await screen.type('y');
		expect(screen.calls.filter(call => call.startsWith('send'))).toHaveLength(1);
		await screen.close();
	});
});

describe('the selector', () => {
	const moved2 = {kind: 'select', selector: {app: 'nginx-web', version: 'v2'}};

	it('is edited label by label, shows the pods that will match, and is sent only with y', async () => {
		const {screen, frame, sent, read} = await typed(['e', 'a', 'version=v2', key.enter]);
		expect(sent).toEqual([]);
		expect(frame).toContain('1 pod will match, 1 ready');
		expect(frame).toContain('nginx-v2-85768cd9c7-zcz5z  ready');
		expect(frame).toContain('set selector service/nginx-svc app=nginx-web,version=v2');
		expect(read.at(-1)).toBe(`prepare ${JSON.stringify(moved2)}`);
		await screen.type('y');
		expect(screen.calls).toContain(`send ${JSON.stringify({...moved2, resourceVersion: '14'})}`);
		await screen.close();
	});

	it('takes letters of commands as text while a label is typed', async () => {
		const {screen, sent, frame} = await typed(['e', 'a', 'y', 'd', 'n', 'q', 'x', '=', 'y']);
		expect(sent).toEqual([]);
		expect(frame).toContain('ydnqx=y');
		await screen.type(key.escape);
		expect(await screen.frame()).not.toContain('ydnqx');
		await screen.close();
	});

	it('changes the marked label in its place, and adds none twice', async () => {
		const {screen, read} = await typed(['e', 'a', 'version=v1', key.enter, key.enter, key.backspace, '2', key.enter, 'a', 'app=other', key.enter]);
		expect(read.at(-1)).toBe(`prepare ${JSON.stringify({kind: 'select', selector: {version: 'v2', app: 'other'}})}`);
		await screen.close();
	});

	it('says of what is no label why, and keeps it open', async () => {
		const {screen, frame, sent} = await typed(['e', 'a', 'no label', key.enter]);
		expect(frame).toContain('a label is NAME=VALUE');
		await screen.type('y');
		expect(sent).toEqual([]);
		await screen.close();
	});

	it('is never sent empty', async () => {
		const {screen, frame, sent} = await typed(['e', 'x', 'y']);
		expect(frame).toContain('an empty selector selects no pods');
		expect(sent).toEqual([]);
		await screen.close();
	});

	it('is not sent before it is known which pods match', async () => {
		const {screen} = await typed(['e', 'a', 'version=v2', key.enter], {
			ports: {...servicePorts, confirmOf: () => ({refusal: {message: 'reading which pods it matches…', hint: undefined}})},
		});
		await screen.type('y');
		expect(screen.calls.filter(call => call.startsWith('send'))).toEqual([]);
		expect(await screen.frame()).toContain('reading which pods it matches…');
		await screen.close();
	});

	it('shows the pods as soon as they have been read', async () => {
		let isRead = false;
		let done = () => {};
		const ports: OpenOptions['ports'] = {
			...servicePorts,
			confirmOf: command => (isRead && command.kind === 'select' ? selectorConfirm(command.selector) : {refusal: {message: 'reading…', hint: undefined}}),
			prepare: () => new Promise(resolve => (done = resolve)),
		};
		const {screen, frame} = await typed(['e', 'a', 'version=v2', key.enter], {ports});
		expect(frame).toContain('reading…');
		isRead = true;
		done();
		await settled();
		expect(await screen.frame()).toContain('1 pod will match');
		await screen.close();
	});

	it('is asked again when the Service or its pods changed meanwhile', async () => {
		let ready = 1;
		const ports: OpenOptions['ports'] = {
			...servicePorts,
			confirmOf: command =>
				command.kind === 'select' ? {...selectorConfirm(command.selector), list: {title: `1 pod will match, ${ready} ready`, lines: []}} : selectorConfirm({}),
		};
		const {screen} = await typed(['e', 'a', 'version=v2', key.enter], {ports});
		ready = 0;
		await screen.type('y');
		expect(screen.calls.filter(call => call.startsWith('send'))).toEqual([]);
		expect(await screen.frame()).toContain('This changed while it was open');
		await screen.close();
	});

	it('is not there on a Deployment’s screen', async () => {
		const {screen, frame} = await typed(['e'], {}, blocked);
		expect(frame).not.toContain('Which pods');
		await screen.close();
	});
});

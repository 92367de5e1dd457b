import {describe, expect, it} from 'vitest';
import {openScreen} from './open-screen.ts';
import {canary, moved} from './service-views.ts';
import {key} from './terminal.ts';
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

import {describe, expect, it} from 'vitest';
import type {WhyView} from '../../src/store/why-views.ts';
import {openScreen} from './open-screen.ts';
import {canary, servicePorts} from './service-views.ts';
import {key} from './terminal.ts';
import {blocked, empty} from './views.ts';
import {why} from './why-views.ts';

describe('the dialog that says why', () => {
	it('changes while it is open, and keeps its place', async () => {
		let current: WhyView = why;
		const screen = openScreen(blocked, {columns: 80, rows: 24, ports: {why: () => current}});
		await screen.type('w');
		for (const _step of [1, 2, 3]) await screen.type(key.down);
		const before = (await screen.frame()).split('\n');
		current = {...why, findings: [{tone: 'bad', text: 'every new pod crashes', advice: 'undo (u)'}, ...why.findings.slice(1)]};
		await screen.publish({...blocked});
		const after = (await screen.frame()).split('\n');
		expect(after.join('\n')).toContain('✖ every new pod crashes');
		expect(after[4]).toBe(before[4]);
		await screen.close();
	});

	it('follows the log of the pod that is worst, in its container', async () => {
		const failing = {podUid: 'uid-worst', pod: 'kubia-worst', container: 'proxy', previous: true, restarts: 3, lines: ['x']};
		const screen = openScreen({...blocked, failing}, {why});
		await screen.type('w');
		await screen.type('l');
		expect(screen.calls.at(-1)).toBe('follow {"scope":{"kind":"pod","uid":"uid-worst","name":"kubia-worst"},"container":"proxy","previous":false}');
		await screen.close();
	});

	it('is of the chosen workload behind a Service', async () => {
		const asked: (string | undefined)[] = [];
		const ports = {
			...servicePorts,
			why(workload: string | undefined) {
				asked.push(workload);
				return why;
			},
		};
		const screen = openScreen(canary, {ports});
		await screen.type(key.down);
		await screen.type('w');
		expect(new Set(asked)).toEqual(new Set([canary.service?.sides[1]?.name]));
		await screen.close();
	});

	it('says that nothing has been read yet', async () => {
		const screen = openScreen(empty);
		await screen.type('w');
		expect(await screen.frame()).toContain('the workload has not been read yet');
		await screen.close();
	});
});

import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Terminal} from '../e2e/terminal.ts';
import {type ControlPlane, startControlPlane} from './harness/control-plane.ts';
import {createNamespace, type TestNamespace} from './harness/namespace.ts';
import {isOwnCluster} from './harness/suite-cluster.ts';
import {end, quit, watchingOf} from './scenarios/watching.ts';

// No node: pods stay Pending, which is all that is needed to tell old data from new.
const deployment = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'idle'},
	spec: {
		replicas: 2,
		selector: {matchLabels: {app: 'idle'}},
		template: {metadata: {labels: {app: 'idle'}}, spec: {containers: [{name: 'idle', image: 'idle:1'}]}},
	},
};

describe.runIf(isOwnCluster())('when the API server goes away under the screen', () => {
	let controlPlane: ControlPlane;
	let namespace: TestNamespace;
	let screen: Terminal;

	beforeAll(async () => {
		controlPlane = await startControlPlane();
		namespace = await createNamespace(controlPlane, 'api-server');
		await namespace.apply(deployment);
		screen = watchingOf(controlPlane, namespace).screen(['deploy/idle']);
		await screen.until('two pods', text => text.includes('LIVE') && (text.match(/ Pending /g)?.length ?? 0) === 2);
	});
	afterAll(async () => {
		await end(screen);
		await controlPlane?.stop();
	});

	/** The first line: the state of the connection. */
	const header = (text: string) => text.split('\n')[0] ?? '';
	const isLost = (text: string) => /✖ LOST/.test(header(text));

	test('killed: it says LOST within seconds, why, when it tries again, and marks every panel as old', async () => {
		await controlPlane.killApiServer();
		const lost = await screen.until('the loss', isLost, 10_000);
		expect(lost).not.toContain('● LIVE');
		const marked = await screen.until(
			'every panel marked',
			text => ['Rollout', 'ReplicaSets', 'Pods'].every(name => new RegExp(`╭ ${name}[^│\n]* lost `, 'i').test(text)),
			10_000,
		);
		expect(marked).toMatch(/refused|reset|closed|ended|broken off/i);
		expect(marked).toMatch(/retry|next try/i);
		// What was known stays to be read, and its age grows.
		expect(marked.match(/ Pending /g)).toHaveLength(2);
		const secondsLost = (text: string) => Number(/LOST (?:for )?(\d+)s/.exec(header(text))?.[1]);
		const before = secondsLost(marked);
		await screen.until('the loss grow old', text => secondsLost(text) >= before + 2, 10_000);
	});

	test('killed: a command is refused with the reason, and nothing claims to be done', async () => {
		await screen.pressFor('p', 'Send it?');
		const text = await screen.pressFor('y', /pause refused|refused:/);
		expect(text).not.toMatch(/PAUSED|PAUSING/);
	});

	test('back again: it is LIVE by itself, and shows what happened since', async () => {
		await controlPlane.startApiServer();
		const patch = JSON.stringify({spec: {template: {spec: {containers: [{name: 'idle', image: 'idle:2'}]}}}});
		await namespace.must(['patch', 'deployment/idle', '-p', patch]);
		await screen.until('life', now => header(now).includes('● LIVE') && now.includes('idle:1 → idle:2'), 60_000);
		// Each stream has a back-off of its own; the header needs the main ones only.
		await screen.hides(/lost \d+s ago/i, 60_000);
	});

	test('hanging: nothing is shown as live for ever, and it recovers by itself', {timeout: 240_000}, async () => {
		controlPlane.pauseApiServer();
		// A bookmark comes about once a minute, so a silence of a minute and a half is one too many.
		await screen.until('the loss', isLost, 120_000);
		expect(screen.text()).toMatch(/no word|timed? ?out|no answer/i);
		controlPlane.resumeApiServer();
		await screen.until('life', text => header(text).includes('● LIVE'), 60_000);
	});

	test('killed again while the screen closes: the terminal is as it was', async () => {
		await controlPlane.killApiServer();
		await screen.until('the loss', isLost, 10_000);
		await quit(screen);
	});
});

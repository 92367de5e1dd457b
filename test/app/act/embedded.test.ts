import {describe, expect, it} from 'vitest';
import {openGuard} from '../../../src/domain/guard.ts';
import {type Embedded, startEmbedded, webOf} from '../../cluster-io/curl-pod/embedded.ts';
import {sessionOn} from './session-on.ts';

const eventsPath = '/api/v1/namespaces/default/events';
type EventObject = {
	readonly reason: string;
	readonly message: string;
	readonly reportingComponent: string;
	readonly metadata: object;
	readonly involvedObject: object;
};

/** Events that were told by a rollwatch. */
async function oursIn({cluster}: Embedded): Promise<readonly EventObject[]> {
	const {items} = (await cluster.client.send({path: eventsPath})) as {items: readonly EventObject[]};
	return items.filter(({reportingComponent}) => reportingComponent === 'rollwatch');
}

describe('on the embedded cluster', () => {
	it('one who may only look learns that no key may act, before any is pressed', async () => {
		const embedded = await startEmbedded();
		await embedded.apply(...webOf('kubia:v1'));
		const session = await sessionOn(embedded.viewer, {name: 'web', safety: {guard: {...openGuard, writesEvents: true}}});
		session.rights.start();
		await expect
			.poll(() => session.view.snapshot().rights)
			.toEqual({
				...{pause: 'denied', resume: 'denied', undo: 'denied', restart: 'denied', 'set-image': 'denied', scale: 'denied', 'delete-pod': 'denied'},
				...{continue: 'denied', 'promote-full': 'denied', abort: 'denied', retry: 'denied', 'to-step': 'denied', 'set-partition': 'denied'},
				...{'curl-pod': 'denied', 'write-event': 'denied', logs: 'allowed', select: 'unknown'},
			});
	});

	it('an accepted action is an event of the workload, as kubectl shows it', async () => {
		const embedded = await startEmbedded();
		await embedded.apply(...webOf('kubia:v1'));
		const session = await sessionOn(embedded.connection, {name: 'web', safety: {guard: {...openGuard, writesEvents: true}}});
		session.rights.start();
		await expect.poll(() => session.view.snapshot().rights).toMatchObject({undo: 'allowed', 'write-event': 'allowed'});
		expect(await session.actions.send({kind: 'pause'}, {dryRun: false})).toMatchObject({kind: 'accepted'});
		await expect.poll(async () => (await oursIn(embedded)).length).toBe(1);
		const [event] = await oursIn(embedded);
		expect(event).toMatchObject({
			reason: 'RollwatchPause',
			involvedObject: {kind: 'Deployment', name: 'web'},
			message: expect.stringMatching(/^\S+ paused the rollout \(rollwatch\)$/),
		});
		expect(Object.keys(event?.metadata ?? {})).not.toEqual(expect.arrayContaining(['annotations']));
	});

	it('what a colleague did with their rollwatch is in the timeline; what we did ourselves is not there twice', async () => {
		const embedded = await startEmbedded();
		await embedded.apply(...webOf('kubia:v1'));
		const session = await sessionOn(embedded.connection, {name: 'web', safety: {guard: {...openGuard, writesEvents: true}}});
		await session.actions.send({kind: 'pause'}, {dryRun: false});
		// Ours comes first: whatever the watch brings of it is there before theirs.
		await expect.poll(async () => (await oursIn(embedded)).length).toBe(1);
		const told = () => session.view.snapshot().timeline.map(({text}) => text);
		const regarding = {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', namespace: 'default'};
		const theirs = {reportingController: 'rollwatch', reportingInstance: 'rollwatch-theirs', action: 'Resume', reason: 'RollwatchResume', type: 'Normal'};
		const body = {
			metadata: {name: 'theirs'},
			eventTime: new Date().toISOString().replace('Z', '000Z'),
			...theirs,
			regarding,
			note: 'jane resumed the rollout (rollwatch)',
		};
		await embedded.cluster.client.send({method: 'POST', path: '/apis/events.k8s.io/v1/namespaces/default/events', body});
		await expect.poll(told).toContain('jane resumed the rollout');
		expect(told().filter(text => text.endsWith(' paused the rollout'))).toEqual([]);
	});

	it.each([
		['without a time', {eventTime: null}, 'eventTime: Required value'],
		['with fields of the old group', {deprecatedCount: 1}, 'needs to be unset'],
		['with a note that is too long', {note: 'x'.repeat(1025)}, 'can have at most 1024 characters'],
		['of a type that there is not', {type: 'Info'}, 'has invalid value: Info'],
	])('refuses events of the new group as the real one does: %s', async (_what, change, message) => {
		const embedded = await startEmbedded();
		const regarding = {apiVersion: 'v1', kind: 'Namespace', name: 'default', namespace: 'default'};
		const whole = {
			metadata: {name: 'e'},
			eventTime: '2026-01-01T00:00:00.000000Z',
			reportingController: 'r',
			reportingInstance: 'r',
			action: 'A',
			reason: 'R',
			type: 'Normal',
			regarding,
		};
		const path = '/apis/events.k8s.io/v1/namespaces/default/events';
		await expect(embedded.cluster.client.send({method: 'POST', path, body: {...whole, ...change}})).rejects.toThrow(message);
	});
});

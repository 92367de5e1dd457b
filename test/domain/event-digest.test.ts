import {describe, expect, it} from 'vitest';
import {digestEvents, withoutNames} from '../../src/domain/event-digest.ts';
import {digestTimeline} from '../../src/domain/timeline-digest.ts';
import type {TimelineEntry} from '../../src/domain/timeline-entry.ts';
import {k8sEvent} from './cluster-objects.ts';

describe('what differs from one pod or try to the next', () => {
	it.each([
		['the name of the pod', 'Successfully assigned web/kubia-a to node', 'Successfully assigned web/* to node'],
		['numbers and durations', 'back-off 1m20s restarting, exit code 137', 'back-off #m#s restarting, exit code #'],
		['addresses with their ports', 'Get "http://10.244.1.5:8080/": connection refused', 'Get "http://#/": connection refused'],
		['uids and ids of containers', 'pod 0b9f6f4e-12ab-4c3d-8e9f-001122334455 container 7f3a9c01be22d4', 'pod # container #'],
	])('is %s', (_why, text, rest) => expect(withoutNames(text, ['kubia-a'])).toBe(rest));

	it('is not what went wrong', () => {
		expect(withoutNames('Pulling image "app:v3"', [])).not.toBe(withoutNames('Pulling image "app:v4"', []));
		expect(withoutNames('Failed to pull image "app:v9": not found', ['kubia-a'])).not.toBe(
			withoutNames('Failed to pull image "app:v9": unauthorized', ['kubia-a']),
		);
	});
});

describe('events of many pods', () => {
	it('are one line where they say the same, with how often and of how many pods; the newest says it', () => {
		const events = ['a', 'b', 'c'].map((name, index) =>
			k8sEvent('BackOff', `Back-off ${10 * (index + 1)}s restarting container of pod kubia-${name}`, {
				count: index + 2,
				lastAt: [20, 60, 40][index],
				object: {kind: 'Pod', name: `kubia-${name}`, uid: `uid-${name}`},
			}),
		);
		const scheduled = k8sEvent('Scheduled', 'assigned', {lastAt: 50, object: {kind: 'Pod', name: 'kubia-a', uid: 'uid-a'}});
		expect(digestEvents([...events, scheduled])).toMatchObject([
			{reason: 'BackOff', message: 'Back-off 20s restarting container of pod kubia-b', count: 9, objects: 3, lastAt: 60},
			{reason: 'Scheduled', count: 1, objects: 1, lastAt: 50},
		]);
	});
});

describe('a timeline', () => {
	const line = (subject: string, text: string, kind: TimelineEntry['kind'] = 'pulling', count = 1): TimelineEntry => ({
		at: 1,
		kind,
		tone: 'quiet',
		subject,
		text,
		count,
	});

	it('says once what many pods pull, where the newest said it', () => {
		const entries = [
			line('pod-a', 'pulling image "v3"'),
			line('pod-a', 'ready', 'ready'),
			line('pod-b', 'pulling image "v3"', 'pulling', 2),
			line('pod-b', 'pulling image "v4"'),
		];
		expect(digestTimeline(entries).map(({subject, text, count}) => `${subject} ${text} ×${count}`)).toEqual([
			'2 pods pulling image "v3" ×3',
			'pod-a ready ×1',
			'pod-b pulling image "v4" ×1',
		]);
	});

	it('leaves each pod its own line for what happened to it', () => {
		const entries = [line('pod-a', 'ready', 'ready'), line('pod-b', 'ready', 'ready')];
		expect(digestTimeline(entries)).toEqual(entries);
	});
});

import {describe, expect, it} from 'vitest';
import {serviceEnding, serviceSnapshotEnding} from '../../src/app/service-ending.ts';
import type {Workload} from '../../src/domain/workload.ts';
import type {Event} from '../../src/store/event.ts';
import {condition, template} from '../domain/cluster-objects.ts';
import {listed, newSide, now, oldSide, service, stateAfter} from '../store/behind-service.ts';

const changed = (object: Workload): Event => ({
	type: 'changed',
	stream: 'workloads',
	changes: [{kind: 'observed', object: {...object, resourceVersion: '9'}}],
	at: now,
});
const going = changed(newSide({observedGeneration: 0}));
const paused = changed(oldSide({paused: true}));
const stalled = changed(oldSide({conditions: [condition('Progressing', 'False', {reason: 'ProgressDeadlineExceeded', lastUpdateAt: now})]}));
const onlyNew = listed.services({...service, resourceVersion: '8', selector: {app: 'web', version: 'v2'}});

describe('how the rollouts behind a Service end', () => {
	it.each<[reason: string, events: readonly Event[], ending: string | undefined]>([
		['all are complete', [], 'complete'],
		['one still goes on', [going], undefined],
		['one has failed, whatever the others do', [going, stalled], 'failed'],
		['one is paused, the others done', [paused], 'paused'],
		['one is paused, but another goes on', [paused, going], undefined],
		[
			'one was changed while we watched',
			[changed(oldSide({generation: 2, observedGeneration: 2, template: {...template('app:v3'), labels: {app: 'web'}}}))],
			'superseded',
		],
		['the one that failed is selected no more', [stalled, onlyNew], 'complete'],
		['nobody is selected: it goes on', [listed.services({...service, resourceVersion: '8', selector: {app: 'nobody'}})], undefined],
		['the Service was deleted', [listed.services()], 'notFound'],
	])('%s', (_reason, events, ending) => expect(serviceEnding(stateAfter(...events))).toBe(ending));

	it('waits for the phase that is wanted: complete of all, another of any', () => {
		expect(serviceEnding(stateAfter(paused), 'complete')).toBeUndefined();
		expect(serviceEnding(stateAfter(), 'complete')).toBe('complete');
		expect(serviceEnding(stateAfter(paused, going), 'paused')).toBe('paused');
	});

	it('is told of a snapshot by the worst of them', () => {
		expect([stateAfter(), stateAfter(going), stateAfter(paused, going), stateAfter(stalled)].map(serviceSnapshotEnding)).toEqual([
			'complete',
			'complete',
			'paused',
			'failed',
		]);
	});
});

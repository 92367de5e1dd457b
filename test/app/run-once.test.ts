import {expect, it} from 'vitest';
import {runOnce} from '../../src/app/run-once.ts';
import type {Session} from '../../src/app/session.ts';
import type {Options} from '../../src/cli/options.ts';
import {toSamplerOptions} from '../../src/cli/to-sampler-options.ts';
import {streamNames} from '../../src/domain/stream.ts';
import type {Event} from '../../src/store/event.ts';
import {reduce} from '../../src/store/reduce.ts';
import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import {initialState} from '../../src/store/state.ts';
import {createStore} from '../../src/store/store.ts';

const now = Date.UTC(2026, 10, 21, 14, 3, 22);

it('does not wait for samples that never come: it says what ended the curl loop', async () => {
	const store = createStore(initialState({context: 'c', server: 'https://s', namespace: 'n', kind: 'Deployment', name: 'd'}, now, 60), reduce, run => run());
	const settled = streamNames.map((stream): Event => ({type: 'stream-changed', stream, condition: {kind: 'forbidden', since: now, reason: 'no right'}}));
	for (const event of settled) store.dispatch(event);
	let failure: Error | undefined;
	const sampler = {isRunning: () => true, failure: () => failure, stop: () => {}};
	const session = {store, now: () => now, view: {snapshot: () => createScreenView()(store.snapshot())}, sampler} as unknown as Session;
	const options = {sampler: toSamplerOptions({curl: ['svc/d'], samples: 3})} as Options;
	const ended = runOnce(session, options, () => {}, new AbortController().signal);
	failure = new Error('the curl pod is over');
	store.dispatch({type: 'sampler-refused', problem: failure.message, at: now});
	await expect(ended).rejects.toThrow('the curl pod is over');
});

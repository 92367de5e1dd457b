import {setFlagsFromString} from 'node:v8';
import type {Event} from '../store/event.ts';
import type {State} from '../store/state.ts';
import type {Store} from '../store/store.ts';

/** From here on they change so fast that what lives for a moment only is worth some room. */
const manyPods = 1000;

/**
 * Lets V8 double its room for what lives for a moment, which the entry forbids, once thousands of pods are followed: without it much of their former states is moved
 * to where collecting it is dear. While 5,000 of them rolled that was a sixth of the CPU time; it costs 40 MB.
 */
export function roomForMany({snapshot, subscribe}: Pick<Store<State, Event>, 'snapshot' | 'subscribe'>): void {
	const unsubscribe = subscribe(() => {
		if (snapshot().pods.size < manyPods) return;
		setFlagsFromString('--semi-space-growth-factor=2');
		unsubscribe();
	});
}

import {describe, expect, it} from 'vitest';
import {confirmView} from '../../src/store/selectors/confirm/confirm-view.ts';
import {createScreenView} from '../../src/store/selectors/screen-view.ts';
import type {State} from '../../src/store/state.ts';
import {focused} from '../../src/store/workload-state.ts';
import type {ScreenPorts} from '../../src/ui/ports.ts';
import {argoWatched} from '../store/argo-watched.ts';
import {openReplay, type Watched} from '../store/progressive-replay.ts';
import {releaseWatched} from '../store/release-watched.ts';
import {daemonRolling, setCanary, setOnDelete, setRolling} from './kind-states.ts';
import {openScreen} from './open-screen.ts';
import {key} from './terminal.ts';

// Whole screens of each kind, as the parsers, the reducer and the selectors make them of what real controllers wrote: read them when they change.

/** What the keys ask for is answered by the real questions. */
function portsOf(state: State): Partial<ScreenPorts> {
	return {
		confirmOf: command => (command.kind === 'select' ? {refusal: {message: 'no Service', hint: undefined}} : confirmView(focused(state), command)),
		partitionOf: () => ({name: 'db', partition: 3}),
	};
}

async function seen(state: State, size: string, keys: readonly string[]): Promise<string> {
	const [columns = 80, rows = 24] = size.split('x').map(Number);
	const screen = openScreen(createScreenView()(state), {columns, rows, ports: portsOf(state)});
	await screen.frame();
	for (const one of keys) await screen.type(one);
	const frame = await screen.frame();
	await screen.close();
	return `${frame}\n`;
}

const at = (scenario: string, watched: Watched, t: number): State => openReplay(scenario, watched).at(t);

type Case = readonly [name: string, state: () => State, keys?: readonly string[]];
const cases: readonly Case[] = [
	['argo-waits', () => at('argo-canary', argoWatched, 9000)],
	['argo-steps', () => at('argo-canary', argoWatched, 9000), ['v', key.down]],
	['argo-continue', () => at('argo-canary', argoWatched, 9000), ['n']],
	['argo-abort', () => at('argo-canary', argoWatched, 9000), ['a']],
	['argo-timed', () => at('argo-canary', argoWatched, 14_000)],
	['argo-aborted', () => at('argo-abort-undo', argoWatched, 11_000)],
	['argo-bluegreen', () => at('argo-bluegreen', argoWatched, 6000)],
	['argo-healthy', () => at('argo-canary', argoWatched, 26_000)],
	['kruise-waits', () => at('kruise-canary-ingress', releaseWatched('KruiseRollout'), 29_000)],
	['kruise-steps', () => at('kruise-canary-ingress', releaseWatched('KruiseRollout'), 29_000), ['v', key.down]],
	['kruise-to-step', () => at('kruise-canary-ingress', releaseWatched('KruiseRollout'), 29_000), ['v', key.down, key.enter]],
	['vela-waits', () => at('vela-canary', releaseWatched('Application'), 22_000)],
	['vela-continue', () => at('vela-canary', releaseWatched('Application'), 22_000), ['n']],
	['set-rolling', () => setRolling],
	['set-canary', () => setCanary],
	['set-partition', () => setCanary, ['P', '1']],
	['set-on-delete', () => setOnDelete],
	['daemon-rolling', () => daemonRolling],
];

describe('the screen of each kind', () => {
	it.each(cases.flatMap(([name, state, keys]) => ['120x34', '80x24', '40x10'].map(size => ({name, size, state, keys}))))(
		'$name at $size looks the same as in its file',
		async ({name, size, state, keys = []}) => {
			await expect(await seen(state(), size, keys)).toMatchFileSnapshot(`../frames/kinds/${name}-${size}.txt`);
		},
	);
});

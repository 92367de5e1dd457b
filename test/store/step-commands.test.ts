import {describe, expect, it} from 'vitest';
import type {Command} from '../../src/domain/command.ts';
import {pendingCommand} from '../../src/store/selectors/rollout-view.ts';
import {focused} from '../../src/store/workload-state.ts';
import {argoWatched} from './argo-watched.ts';
import {openReplay, startOf, type Watched} from './progressive-replay.ts';
import {releaseWatched} from './release-watched.ts';

const watched: Readonly<Record<string, Watched>> = {argo: argoWatched, kruise: releaseWatched('KruiseRollout'), vela: releaseWatched('Application')};

describe('what moves no generation of the workload is shown to be done by its steps, and by what steers it', () => {
	it.each<[recording: string, command: Command, sentAt: number, shownAt: number]>([
		['kruise-partition', {kind: 'continue'}, 18_540, 18_562],
		['kruise-canary-ingress', {kind: 'continue'}, 31_480, 36_000],
		['vela-canary', {kind: 'continue'}, 22_880, 23_200],
		['argo-canary', {kind: 'continue'}, 10_250, 10_400],
		['argo-abort-undo', {kind: 'abort'}, 9760, 9900],
		['vela-rollback', {kind: 'pause'}, 20_480, 22_000],
		['vela-rollback', {kind: 'undo', toRevision: undefined}, 25_930, 28_000],
	])('%s: %j', (recording, command, sentAt, shownAt) => {
		const replay = openReplay(recording, watched[recording.split('-')[0] ?? ''] ?? argoWatched);
		const pending = () => pendingCommand(focused(replay.at(0)).command)?.kind;
		replay.at(sentAt);
		const at = startOf(recording) + sentAt;
		replay.tell({type: 'command-started', command, at});
		expect(pending()).toBe(command.kind);
		replay.tell({type: 'command-ended', command, result: {kind: 'accepted', message: 'done', warnings: []}, at: at + 5});
		expect(pending()).toBe(command.kind);
		replay.at(shownAt);
		expect(pending()).toBeUndefined();
	});
});

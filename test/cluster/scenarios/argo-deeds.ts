import type {Terminal} from '../../e2e/terminal.ts';
import {imageOf} from './argo-standing.ts';
import {enter, sayYes} from './watching.ts';

/** What somebody does to a Rollout, by Argo's plugin and by rollwatch's keys. `recorded`: the step of the recording that did the same. */
export interface Deed {
	readonly plugin: readonly string[];
	readonly recorded?: string;
	readonly keys: (screen: Terminal) => Promise<unknown>;
}

export const rolloutName = 'canary-demo';

/** One key, a question that says what it is about, and yes. */
function asked(key: string, question: string | RegExp): Deed['keys'] {
	return async screen => {
		await screen.pressFor(key, question);
		await screen.shows('Send it?');
		await sayYes(screen);
	};
}

export const promote: Deed = {plugin: ['promote', rolloutName], recorded: 'promote', keys: asked('n', `Continue the rollout of ${rolloutName}?`)};
export const promoteFull: Deed = {
	plugin: ['promote', rolloutName, '--full'],
	recorded: 'promote --full',
	keys: asked('N', `Promote past all steps of ${rolloutName}?`),
};
export const abort: Deed = {plugin: ['abort', rolloutName], recorded: 'abort', keys: asked('a', /Aborted is not\s+(│\s+)*rolled back/)};
/** Nobody recorded it. */
export const retry: Deed = {plugin: ['retry', 'rollout', rolloutName], keys: asked('A', `Retry the rollout of ${rolloutName}?`)};
export const undo: Deed = {plugin: ['undo', rolloutName], recorded: 'undo', keys: asked('u', /Undo/)};
export const pause: Deed = {plugin: ['pause', rolloutName], recorded: 'pause (spec.paused)', keys: asked('p', /Pause/)};
export const restart: Deed = {plugin: ['restart', rolloutName], recorded: 'restart', keys: asked('R', /Restart/)};

/** From v1, typed over its last digit. */
export const setImage: Deed = {
	plugin: ['set', 'image', rolloutName, `${rolloutName}=${imageOf('v2')}`],
	recorded: 'set image v2',
	async keys(screen) {
		await screen.pressFor('i', `Which image for ${rolloutName}`);
		await screen.pressFor('\u007F', /canarydemo:v\s/);
		await screen.pressFor('2', imageOf('v2'));
		await screen.pressFor(enter, 'Send it?');
		await sayYes(screen);
	},
};

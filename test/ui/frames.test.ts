import {describe, expect, it} from 'vitest';
import type {CommandResult} from '../../src/domain/command.ts';
import type {ScreenView} from '../../src/store/views.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {confirmOf, containersOf, protectedScreen, protectedUndo} from './confirm-views.ts';
import {podFeed, refusedFeed, revisionFeed, waitingFeed} from './log-feeds.ts';
import type {OpenOptions} from './open-screen.ts';
import {openScreen} from './open-screen.ts';
import {recordedRollout} from './recorded-rollout.ts';
import {aborted, continueConfirm, kruise, timed, waiting} from './release-views.ts';
import {canary, moved, nobody, servicePorts} from './service-views.ts';
import {key} from './terminal.ts';
import {agreement, blocked, complete, empty, forbidden, longHistory, lost, mixInFull, paused, pod, stalled} from './views.ts';
import {why} from './why-views.ts';

// Whole screens as a person sees them, one file each: read them when they change.
async function seen(view: ScreenView, options: OpenOptions, keys: readonly string[]): Promise<string> {
	const screen = openScreen(view, options);
	await screen.frame();
	for (const one of keys) await screen.type(one);
	const frame = await screen.frame();
	await screen.close();
	return `${frame}\n`;
}

const noCurl: ScreenView = {...blocked, mix: {...complete.mix, target: undefined, offReason: 'no Service selects these pods'}};
const crowded: ScreenView = {
	...blocked,
	pods: Array.from({length: 90}, (_, index) =>
		pod({
			name: `kubia-6b8f7c5d4f-${String(index).padStart(5, '0')}`,
			isNew: index < 30,
			tone: index < 4 ? 'bad' : index < 9 ? 'change' : 'good',
			ready: index < 9 ? '0/1' : '1/1',
			status: index < 4 ? 'CrashLoopBackOff' : 'Running',
		}),
	),
};
// The pod that is not ready is asked, too: that is what one wants to know of it.
const askedOneByOne: ScreenView = {
	...blocked,
	podsAsked: true,
	pods: blocked.pods.map((row, index) => ({...row, own: index === 0 ? {tone: 'bad', text: '500 3 ms'} : {tone: 'good', text: `v2 ${index + 2} ms`}})),
};
const readOnly: ScreenView = {...blocked, readOnly: true, header: {...blocked.header, readOnly: true}};
const denied: ScreenView = {...blocked, rights: {...blocked.rights, pause: 'denied', resume: 'denied', undo: 'denied', scale: 'allowed', logs: 'denied'}};
const deniedByPolicy: CommandResult = {
	kind: 'refused',
	message: 'admission webhook "images.example.com" denied the request: luksa/kubia:v2 is not signed',
	hint: 'a policy of the cluster refuses this change: ask its owner',
};
const sizes = ['120x34', '80x24', '60x15', '40x10', '200x60', '20x5'] as const;
const sized = (size: string): OpenOptions => ({columns: Number(size.split('x')[0]), rows: Number(size.split('x')[1])});

type Case = readonly [name: string, view: ScreenView, size: string, keys?: readonly string[], options?: OpenOptions];
const cases: readonly Case[] = [
	...sizes.map((size): Case => ['blocked', blocked, size]),
	...sizes.map((size): Case => ['complete', complete, size]),
	...(['120x34', '80x24', '60x15', '40x10'] as const).map((size): Case => ['paused', paused, size]),
	...(['120x34', '80x24', '40x10'] as const).flatMap((size): Case[] => [
		['lost', lost, size],
		['stalled', stalled, size],
		['empty', empty, size],
	]),
	...(['120x34', '80x24'] as const).flatMap((size): Case[] => [
		['forbidden', forbidden, size],
		['no-curl', noCurl, size],
		['crowded', crowded, size],
	]),
	...(['120x34', '80x24', '40x10'] as const).map((size): Case => ['hint', {...blocked, hint: 'v3 is rolling out and will block: press u'}, size]),
	...(['120x34', '80x24', '60x15', '40x10'] as const).map((size): Case => ['read-only', readOnly, size]),
	['denied', denied, '120x34'],
	['denied-pressed', denied, '120x34', ['u']],
	['gone', {...empty, gone: true, conditions: []}, '80x24'],
	...(['120x34', '80x24', '60x15', '40x10'] as const).flatMap((size): Case[] => [
		['undo', blocked, size, ['u']],
		['revisions', blocked, size, ['t']],
		['details', blocked, size, [key.enter]],
	]),
	...(['120x34', '80x24', '60x15', '40x10'] as const).map((size): Case => ['diff', blocked, size, ['t', 'd']]),
	...(['120x34', '80x24', '60x15', '40x10'] as const).map((size): Case => ['steps', blocked, size, ['U', '+']]),
	['revisions-reused', blocked, '120x34', ['t', 'j', 'j', 'j'], {ports: {revisions: () => longHistory}}],
	['revisions-reused', blocked, '80x24', ['t', 'j', 'j'], {ports: {revisions: () => longHistory}}],
	['diff-end', blocked, '40x10', ['t', 'd', 'G']],
	...(['120x34', '80x24', '60x15', '40x10'] as const).map((size): Case => ['mix', {...blocked, mix: mixInFull}, size, ['m']]),
	['mix-end', {...blocked, mix: mixInFull}, '120x34', ['m', 'G']],
	...(['120x34', '80x24', '40x10'] as const).flatMap((size): Case[] => [
		['release-waiting', waiting, size],
		['release-timed', timed, size],
		['release-aborted', aborted, size],
		['release-steps', kruise, size, ['v', 'j']],
		['release-continue', waiting, size, ['n'], {ports: {confirmOf: () => continueConfirm}}],
	]),
	...(['120x34', '80x24'] as const).map((size): Case => ['targets', {...blocked, mix: mixInFull}, size]),
	...(['120x34', '80x24', '40x10'] as const).map((size): Case => ['agree', {...blocked, agreement}, size]),
	...(['120x34', '80x24', '60x15', '40x10'] as const).map((size): Case => ['routes', blocked, size, ['C', 'j']]),
	...(['120x34', '80x24', '60x15'] as const).map((size): Case => ['pod-answers', askedOneByOne, size]),
	...(['120x34', '80x24', '60x15', '40x10', '20x5'] as const).flatMap((size): Case[] => [
		['service', canary, size],
		['service-moved', moved, size],
	]),
	...(['120x34', '40x10'] as const).map((size): Case => ['service-nobody', nobody, size]),
	...(['120x34', '80x24', '60x15', '40x10'] as const).flatMap((size): Case[] => [
		['service-scale', canary, size, [key.down, 's', '6'], {ports: servicePorts}],
		['service-selector', canary, size, ['e', 'a', 'version=v2', key.enter], {ports: servicePorts}],
	]),
	...(['120x34', '80x24', '40x10'] as const).flatMap((size): Case[] => [
		['logs', blocked, size, ['l'], {feed: podFeed}],
		['logs-search', blocked, size, ['l', '/', 'socket', key.enter, 'N', 't'], {feed: podFeed}],
		['logs-revision', blocked, size, ['L'], {feed: revisionFeed}],
		['logs-waiting', blocked, size, ['l'], {feed: waitingFeed}],
	]),
	...(['120x34', '80x24', '40x10'] as const).map((size): Case => ['why', blocked, size, ['w'], {why}]),
	['why-end', blocked, '40x10', ['w', 'G'], {why}],
	...(['crash-exit-code', 'liveness-kills', 'volume-secret-key-missing', 'unschedulable-cpu', 'readiness-in-grace'] as const).flatMap(situation =>
		(['120x34', '80x24', '40x10'] as const).map((size): Case => [situation, {...blocked, ...recordedRollout(situation)}, size]),
	),
	['logs-forbidden', blocked, '80x24', ['l'], {feed: refusedFeed}],
	['logs-typing', blocked, '80x24', ['l', 'g', '/', 'err'], {feed: podFeed}],
	['logs-cut', blocked, '80x24', ['l', 'w', 'k'], {feed: podFeed}],
	['logs-previous', blocked, '80x24', ['l', 'p'], {feed: podFeed}],
	['logs-plain', blocked, '80x24', ['L'], {feed: revisionFeed, theme: createTheme({color: false, ascii: true, motion: false})}],
	...(['120x34', '80x24', '60x15', '40x10'] as const).flatMap((size): Case[] => [
		['protected-undo', protectedScreen, size, ['u', 'k', 'u', 'b'], {ports: {confirmOf: () => protectedUndo}}],
		['resume-and-undo', paused, size, ['u'], {ports: {confirmOf}}],
		['promote', paused, size, ['r'], {ports: {confirmOf}}],
		['restart', blocked, size, ['R'], {ports: {confirmOf}}],
		['image', blocked, size, ['i', 'j', key.enter, '\u0001', 'x', ' '], {ports: {confirmOf, containersOf}}],
		['delete-pod', blocked, size, [key.down, 'x'], {ports: {confirmOf}}],
	]),
	['containers', blocked, '80x24', ['i', 'j'], {ports: {confirmOf, containersOf}}],
	['dry-run-refused', blocked, '80x24', ['u'], {ports: {send: async () => deniedByPolicy}}],
	['protected', protectedScreen, '80x24'],
	['service-scale-open', canary, '80x24', ['s'], {ports: servicePorts}],
	['service-selector-typing', canary, '80x24', ['e', key.enter, '=x'], {ports: servicePorts}],
	['service-chosen', canary, '80x24', [key.down]],
	['service-pause', canary, '80x24', ['p']],
	['service-gone', {...canary, service: undefined, gone: true}, '80x24'],
	['help', blocked, '120x34', ['?']],
	['help', blocked, '60x15', ['?']],
	['dry-run', blocked, '80x24', ['u'], {ports: {send: () => new Promise(() => {})}}],
	['filter', blocked, '80x24', ['/', 'x2']],
	['selected', blocked, '80x24', [key.down, key.down]],
	['disabled-key', blocked, '80x24', ['r']],
	['ascii', blocked, '120x34', [], {theme: createTheme({color: true, ascii: true, motion: false})}],
	['ascii-undo', blocked, '80x24', ['u'], {theme: createTheme({color: false, ascii: true, motion: false})}],
];

describe('the screen', () => {
	it.each(cases.map(one => ({name: one[0], size: one[2], one})))(
		'$name at $size looks the same as in its file',
		async ({one: [name, view, size, keys = [], options = {}]}) => {
			const frame = await seen(view, {...sized(size), ...options}, keys);
			const lines = frame.trimEnd().split('\n');
			expect(lines.length).toBeLessThan(sized(size).rows ?? 0);
			await expect(frame).toMatchFileSnapshot(`../frames/${name}-${size}.txt`);
		},
	);

	it('uses nothing but ASCII when it is asked to', async () => {
		const options = {theme: createTheme({color: true, ascii: true, motion: false})};
		for (const view of [blocked, paused, complete, stalled, lost, canary, moved]) {
			expect(await seen(view, options, [])).toMatch(/^[\n\x20-\x7E]*$/);
			expect(await seen(view, options, ['u'])).toMatch(/^[\n\x20-\x7E]*$/);
			expect(await seen(view, options, ['t'])).toMatch(/^[\n\x20-\x7E]*$/);
		}
	});

	it('uses no colour when it is asked to', async () => {
		const screen = openScreen(blocked, {theme: createTheme({color: false, ascii: false, motion: false})});
		await screen.frame();
		await screen.type('u');
		await screen.type(key.escape);
		await screen.type('t');
		expect(screen.terminal.written).not.toMatch(/\u001B\[(3[0-7]|4[0-7]|9[0-7]|10[0-7])m/);
		await screen.close();
	});
});

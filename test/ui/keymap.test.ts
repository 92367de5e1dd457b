import {describe, expect, it} from 'vitest';
import type {Mode} from '../../src/app/keymap.ts';
import {bindingOf, disabledReason, footerBindings, keymap, keymapMarkdown} from '../../src/app/keymap.ts';
import {unknownRights} from '../../src/domain/rights.ts';
import {helpContent} from '../../src/ui/dialogs/help.ts';
import {lineText} from '../../src/ui/line.ts';
import {keysLine} from '../../src/ui/panels/footer.ts';
import {textWidth} from '../../src/ui/text.ts';
import {createTheme} from '../../src/ui/theme.ts';
import {blocked, complete, empty, paused} from './views.ts';

const modes: readonly Mode[] = ['screen', 'service', 'release-steps', 'list', 'dialog', 'filter', 'details', 'workloads', 'help'];
const reason = (key: string, view: typeof blocked) => bindingOf('screen', key)?.disabledReason?.(view);

describe('keymap', () => {
	it.each(modes)('gives each key one meaning in mode %s', mode => {
		const keys = keymap.filter(binding => binding.modes.includes(mode)).flatMap(binding => binding.keys);
		expect(keys).toEqual([...new Set(keys)]);
	});

	it.each(modes)('leads out of mode %s with Ctrl-C', mode => {
		expect(bindingOf(mode, 'ctrl+c')?.command).toBe('interrupt');
	});

	it('answers a confirmation with no for everything but y, and where a name is typed but Enter', () => {
		const confirming = keymap.filter(binding => binding.command === 'confirm').map(({keys, modes}) => ({keys, modes}));
		expect(confirming).toEqual([
			{keys: ['y'], modes: ['dialog', 'scale', 'selector']},
			{keys: ['enter'], modes: ['typed']},
		]);
		expect(bindingOf('dialog', 'enter')?.command).toBe('back');
	});

	it('says why a key can’t act now', () => {
		expect(reason('r', blocked)).toBe('not paused; nothing to resume');
		expect(reason('p', blocked)).toBeUndefined();
		expect(reason('p', paused)).toBe('already paused; resume it to let the rollout go on');
		expect(reason('u', paused)).toBeUndefined();
		expect(reason('t', paused)).toBeUndefined();
		expect(reason('R', paused)).toContain('resume first, then restart');
		expect(reason('x', empty)).toBe('there is no pod');
		expect(reason('u', empty)).toContain('not been read');
		expect(reason('u', {...complete, gone: true})).toContain('does not exist');
		expect(reason('c', {...complete, mix: {...complete.mix, offReason: 'the Service has no port'}})).toBe('the Service has no port');
		expect(reason('enter', empty)).toBe('there is no pod');
	});

	it('says of a key that may not be used which right is missing, whatever else is in its way', () => {
		const rights = {...unknownRights, undo: 'denied', pause: 'denied'} as const;
		const undo = bindingOf('screen', 'u');
		const text = undo && disabledReason(undo, {...paused, rights});
		expect(text).toBe('needs the verb patch on deployments.apps (web/nginx-dm); kubectl auth can-i patch deployments.apps -n web');
		const shown = helpContent({...blocked, rights}, 100)
			.lines.map(lineText)
			.join(' ')
			.replace(/\s+/g, ' ');
		expect(shown.split('Not now: needs the verb patch on deployments.apps (web/kubia)')).toHaveLength(4);
	});

	it('dims what changes something in read-only, and nothing that only shows', () => {
		const readOnly = {...complete, readOnly: true};
		const dim = keymap.filter(binding => binding.modes.includes('screen') && disabledReason(binding, readOnly)?.startsWith('read-only') === true);
		expect(dim.map(({keys}) => keys[0])).toEqual(expect.arrayContaining(['p', 'r', 'u', 's']));
		expect(dim.map(({keys}) => keys[0])).not.toEqual(expect.arrayContaining(['c']));
		expect(dim.every(({action}) => action !== undefined)).toBe(true);
	});

	it.each([120, 80, 60, 40])('keeps the footer where it is when rights become known, in %i columns', width => {
		const theme = createTheme({color: true, ascii: false});
		const textOf = (view: typeof blocked) => lineText(keysLine('screen', view, width, theme));
		for (const view of [blocked, complete, paused]) {
			const denied = Object.fromEntries(Object.keys(view.rights).map(action => [action, 'denied'])) as unknown as typeof view.rights;
			expect(textOf({...view, rights: denied})).toBe(textOf(view));
			expect(textOf({...view, readOnly: true})).toBe(textOf(view));
		}
	});

	it.each([
		[80, true],
		[60, true],
		[80, false],
		[60, false],
	])('in %i columns leads to the reasons while something is stuck (%s), and only then', (width, isStuck) => {
		const theme = createTheme({color: true, ascii: false});
		const text = lineText(keysLine('screen', {...blocked, isStuck}, width, theme));
		expect(text.includes('w why')).toBe(isStuck);
		expect(text).toMatch(/p pause .*u undo .*\? help {2}q quit/);
		expect(textWidth(text)).toBeLessThanOrEqual(width);
	});

	it('gives the footer keys different places', () => {
		for (const mode of modes) {
			const places = footerBindings(mode).flatMap(binding => [binding.footer, binding.footerNow?.(blocked) ?? []].flat());
			expect(places).toEqual([...new Set(places)]);
		}
	});

	it('writes the section of the README', () => {
		const markdown = keymapMarkdown();
		expect(markdown.split('\n')).toHaveLength(keymap.length + 2);
		expect(markdown).toContain('| `p` | Pause the rollout, after a confirmation (kubectl rollout pause) | panels |');
		expect(markdown).toContain('| `Ctrl-C` | Quit, from anywhere | everywhere |');
	});
});

import {describe, expect, it} from 'vitest';
import type {Mode} from '../../src/app/keymap.ts';
import {bindingOf, footerBindings, keymap, keymapMarkdown} from '../../src/app/keymap.ts';
import {blocked, complete, empty, paused} from './views.ts';

const modes: readonly Mode[] = ['screen', 'list', 'dialog', 'filter', 'details', 'picker', 'help'];
const reason = (key: string, view: typeof blocked) => bindingOf('screen', key)?.disabledReason?.(view);

describe('keymap', () => {
	it.each(modes)('gives each key one meaning in mode %s', mode => {
		const keys = keymap.filter(binding => binding.modes.includes(mode)).flatMap(binding => binding.keys);
		expect(keys).toEqual([...new Set(keys)]);
	});

	it.each(modes)('leads out of mode %s with Ctrl-C', mode => {
		expect(bindingOf(mode, 'ctrl+c')?.command).toBe('interrupt');
	});

	it('answers a confirmation with no for everything but y', () => {
		expect(keymap.filter(binding => binding.command === 'confirm').flatMap(binding => binding.keys)).toEqual(['y']);
		expect(bindingOf('dialog', 'enter')?.command).toBe('back');
	});

	it('says why a key can’t act now', () => {
		expect(reason('r', blocked)).toBe('not paused');
		expect(reason('p', blocked)).toBeUndefined();
		expect(reason('p', paused)).toBe('already paused; r resumes');
		expect(reason('u', paused)).toContain('r resumes');
		expect(reason('u', empty)).toContain('not been read');
		expect(reason('u', {...complete, gone: true})).toContain('does not exist');
		expect(reason('c', {...complete, mix: {...complete.mix, offReason: 'the Service has no port'}})).toBe('the Service has no port');
		expect(reason('enter', empty)).toBe('there is no pod');
	});

	it('gives the footer keys different places', () => {
		for (const mode of modes) {
			const places = footerBindings(mode).map(binding => binding.footer);
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

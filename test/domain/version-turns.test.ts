import {describe, expect, it} from 'vitest';
import type {Sample} from '../../src/domain/sample.ts';
import {addSample, emptyWindow} from '../../src/domain/sample-window.ts';
import {versionTurns} from '../../src/domain/version-turns.ts';
import {failure, sample, start, version} from './samples.ts';

/** The lines that a run of samples brings, with their second. */
function turnsOf(samples: Iterable<Sample>): readonly string[] {
	const lines: string[] = [];
	let window = emptyWindow;
	for (const next of samples) {
		const after = addSample(window, next);
		for (const {at, text} of versionTurns(window, after, next)) lines.push(`${(at - start) / 1000} ${text}`);
		window = after;
	}
	return lines;
}

/** One answer a second; each letter is a version, a dot a failure. */
function everySecond(letters: string): readonly Sample[] {
	return [...letters].map((letter, second) => sample(second * 1000, letter === '.' ? failure('timeout') : version(letter)));
}

describe('versionTurns', () => {
	it('tells the first answer of each version once', () => {
		expect(turnsOf(everySecond('aaababab'))).toEqual(['0 first answer from a', '3 first answer from b']);
	});

	it('tells the last answer of a version that others have replaced, with the time that it had', () => {
		expect(turnsOf(everySecond(`${'a'.repeat(20)}abababbb${'b'.repeat(40)}`))).toEqual([
			'0 first answer from a',
			'21 first answer from b',
			'24 last answer from a',
		]);
	});

	it('tells that a version came back', () => {
		expect(turnsOf(everySecond(`${'a'.repeat(20)}${'b'.repeat(40)}aaa`))).toEqual([
			'0 first answer from a',
			'20 first answer from b',
			'19 last answer from a',
			'60 answers from a again',
		]);
	});

	it('does not take silence of everybody for an end', () => {
		expect(turnsOf(everySecond(`aaa${'.'.repeat(100)}a`))).toEqual(['0 first answer from a']);
	});

	it('waits longer for a rare version', () => {
		const rare = `${'a'.repeat(15)}b`.repeat(20);
		expect(turnsOf(everySecond(rare))).toEqual(['0 first answer from a', '15 first answer from b']);
	});

	it('does not end a version within seconds, however many requests there are', () => {
		const samples = Array.from({length: 2000}, (_, index) => sample(index * 2, version(index === 1000 ? 'b' : 'a')));
		expect(turnsOf(samples)).toEqual(['0 first answer from a', '2 first answer from b']);
	});

	it.each([0.1, 0.25, 0.5, 0.75])('hardly ever calls an end that is none at a steady share of %d', share => {
		let seed = 7;
		const random = () => {
			seed = (seed * 16_807) % 2_147_483_647;
			return seed / 2_147_483_647;
		};
		// Two hours, then the other version alone.
		const letters = Array.from({length: 7200}, () => (random() < share ? 'a' : 'b'));
		const lines = turnsOf(everySecond(letters.join('') + 'b'.repeat(300)));
		expect(lines.filter(line => line.endsWith('last answer from a')).length).toBeLessThanOrEqual(3);
		expect(lines.at(-1)).toMatch(/last answer from a$/);
	});
});

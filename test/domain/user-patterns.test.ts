import {describe, expect, it} from 'vitest';
import {noAnswers} from '../../src/domain/answer-memory.ts';
import {compilePattern, matchedLength} from '../../src/domain/compile-pattern.ts';
import {emptyPodDirectory} from '../../src/domain/pod-directory.ts';
import {recognise} from '../../src/domain/recognise-version.ts';
import {answer} from './answers.ts';
import {growth} from './growth.ts';

function compiled(pattern: string) {
	const result = compilePattern(pattern);
	if ('error' in result) throw new Error(result.error);
	return result;
}

describe('a pattern of the user', () => {
	it.each(['(a+)+$', '(a|aa)+$', '(.*)(.*)(.*)(.*)x$', '((((a*)*)*)*)*b', '(?:a?){30}a{30}', '(?i)version.{0,100}?([0-9]+)', '(\\w+\\s+){5}v(\\d+)'])(
		'takes time that grows with the text only: %s',
		pattern => {
			const regex = compiled(pattern);
			// Shorter texts are matched in another, quicker way.
			for (const part of ['a', 'version ']) expect(growth(text => regex.matcher(text).find(), part, 65_536)).toBeLessThan(9);
		},
	);

	it('matches all that is kept of a body, as far as it is of a usual size', () => {
		for (const pattern of ['version=(.*)', 'v(\\d+)', 'is: (\\S+)']) expect(matchedLength(compiled(pattern))).toBeGreaterThan(60_000);
	});

	it('matches less the larger it is, so that the work is the same', () => {
		const [small, large] = [compiled('a.{0,10}b'), compiled('a.{0,300}b')];
		expect(matchedLength(large)).toBeLessThan(matchedLength(small));
		expect(matchedLength(large) * large.programSize()).toBeLessThanOrEqual(850_000);
		const body = `${'x'.repeat(matchedLength(large) - 3)} b v7`;
		const version = (pattern: string) => recognise(answer(body), {kind: 'body', pattern}, emptyPodDirectory, noAnswers).outcome.kind;
		expect([version('b.v7'), version('b.{0,300}v7')]).toEqual(['version', 'unrecognised']);
	});

	it('is refused where a thousand characters would take too long', () => {
		expect(compilePattern('(a.{0,500}){2}b')).toEqual({error: expect.stringMatching(/^it has \d+ steps and may have 800: repeat less in \{\}$/)});
	});
});

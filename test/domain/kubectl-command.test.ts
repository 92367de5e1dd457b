import {execFileSync} from 'node:child_process';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {kubectlCommand, shellQuoted} from '../../src/domain/kubectl-command.ts';

describe('the kubectl line', () => {
	it.each<[reason: string, expected: string, ...args: Parameters<typeof kubectlCommand>]>([
		['pause', 'kubectl --namespace=prod rollout pause deployment/web', {kind: 'pause'}, {namespace: 'prod', name: 'web'}],
		[
			'resume, in a context',
			'kubectl --context=eu-1 --namespace=prod rollout resume deployment/web',
			{kind: 'resume'},
			{context: 'eu-1', namespace: 'prod', name: 'web'},
		],
		['undo', 'kubectl --namespace=prod rollout undo deployment/web', {kind: 'undo', toRevision: undefined}, {namespace: 'prod', name: 'web'}],
		['to a revision', 'kubectl --namespace=prod rollout undo deployment/web --to-revision=2', {kind: 'undo', toRevision: 2}, {namespace: 'prod', name: 'web'}],
		[
			'undo and resume: two commands, as kubectl refuses to undo what is paused',
			'kubectl --context=eu --namespace=prod rollout resume deployment/web && kubectl --context=eu --namespace=prod rollout undo deployment/web --to-revision=2',
			{kind: 'undo', toRevision: 2, resume: true},
			{context: 'eu', namespace: 'prod', name: 'web'},
		],
		['restart', 'kubectl --namespace=prod rollout restart deployment/web', {kind: 'restart'}, {namespace: 'prod', name: 'web'}],
		[
			'set image, as it was typed',
			'kubectl --namespace=prod set image deployment/web app=registry:5000/app',
			{kind: 'set-image', container: 'app', image: 'registry:5000/app'},
			{namespace: 'prod', name: 'web'},
		],
		['delete a pod', 'kubectl --namespace=prod delete pod/web-b-1', {kind: 'delete-pod', pod: 'web-b-1', uid: 'x'}, {namespace: 'prod', name: 'web'}],
		[
			'a kubeconfig with a blank, and no context where kubectl finds it by itself',
			"kubectl '--kubeconfig=/home/me/my config' --namespace=prod rollout pause deployment/web",
			{kind: 'pause'},
			{kubeconfig: '/home/me/my config', context: '', namespace: 'prod', name: 'web'},
		],
	])('%s', (_reason, expected, command, place) => expect(kubectlCommand(command, place)).toBe(expected));

	it('never holds a control character, since it is shown on a terminal', () => {
		const line = kubectlCommand({kind: 'pause'}, {context: 'a\u001B]0;title\u0007\u009Bb', namespace: 'prod', name: 'web'});
		expect(line).not.toMatch(/[\u0000-\u001F\u007F-\u009F]/);
		expect(line).toContain(String.raw`$'--context=a\033]0;title\007\302\233b'`);
	});
});

/** What a shell hands to a program that it calls with these words. */
function readByShell(line: string): readonly string[] {
	const script = `printf '%s\\0' ${line}`;
	const output = execFileSync('bash', ['--norc', '--noprofile', '-c', script], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit'],
		env: {SHLVL: '1', LC_ALL: 'C.UTF-8', PATH: process.env.PATH},
	});
	return output.split('\0').slice(0, -1);
}

describe('shellQuoted', () => {
	it('is read back by a shell as it was, whatever it holds', () => {
		// A NUL can be no part of an argument at all; lone surrogates are no text.
		const word = fc
			.oneof(fc.string({unit: 'grapheme'}), fc.string({unit: fc.constantFrom(...'\'"\\$`!~#*?[]{}()<>|&; \t\n\u001B\u007F\u0085aäø漢')}))
			.map(text => text.replaceAll('\0', ''));
		fc.assert(
			fc.property(fc.array(word, {minLength: 1, maxLength: 20}), words => {
				expect(readByShell(words.map(shellQuoted).join(' '))).toEqual(words);
			}),
			{numRuns: 60},
		);
	});

	it('leaves plain words as people type them', () => {
		for (const word of ['deployment/web', '--to-revision=2', 'a_b.c:d@e,f+g%h']) expect(shellQuoted(word)).toBe(word);
	});
});

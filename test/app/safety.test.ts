import {describe, expect, it} from 'vitest';
import {defaultConfig, practiceConfig} from '../../src/app/config/config.ts';
import {safetyOf} from '../../src/app/safety.ts';
import {parseArguments} from '../../src/cli/parse-arguments.ts';
import {temporaryDirectory} from '../cluster-io/harness/kubeconfig.ts';

function flags(...args: readonly string[]) {
	const parsed = parseArguments(['deploy/kubia', ...args], '0', {env: {}, stdoutIsTerminal: true, stdinIsTerminal: true});
	if (parsed.kind !== 'run') throw new Error(JSON.stringify(parsed));
	return parsed.options.safety;
}

const env = {HOME: temporaryDirectory()};

describe('what a session may not do', () => {
	it('is nothing by default, but a name that holds prod is protected, actions are told and written down', () => {
		const {guard, audit} = safetyOf(flags(), defaultConfig, 'prod-eu', env);
		expect(guard).toEqual({readOnly: false, isProtected: true, showValues: false, writesEvents: true});
		expect(audit).toBeDefined();
	});

	it.each([
		['by the flag', ['--read-only'], false],
		['by the config', [], true],
		['by both', ['--read-only'], true],
	])('is read-only %s', (_how, args, readOnly) => {
		expect(safetyOf(flags(...args), {...defaultConfig, readOnly}, 'c', env).guard.readOnly).toBe(true);
	});

	it('has no flag that makes less of what the config forbids', () => {
		const options = parseArguments(['deploy/kubia', '--no-read-only'], '0', {env: {}, stdoutIsTerminal: true, stdinIsTerminal: true});
		expect(options).toMatchObject({kind: 'usage', message: expect.stringContaining('--no-read-only')});
	});

	it.each([
		['by a flag', ['--no-event', '--no-audit'], defaultConfig],
		['by the config', [], {...defaultConfig, events: false, audit: false as const}],
	])('tells nobody and writes nothing down where that is not wanted %s', (_how, args, config) => {
		const {guard, audit} = safetyOf(flags(...args), config, 'c', env);
		expect([guard.writesEvents, audit]).toEqual([false, undefined]);
	});

	it('in a demo: no context is protected by its name, and no log is written', () => {
		const {guard, audit} = safetyOf(flags(), practiceConfig, 'prod', env);
		expect([guard.isProtected, guard.readOnly, audit]).toEqual([false, false, undefined]);
	});
});

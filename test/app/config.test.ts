import {chmodSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {loadConfig} from '../../src/app/config/load-config.ts';
import {UsageError} from '../../src/app/usage-error.ts';
import {temporaryDirectory} from '../cluster-io/harness/kubeconfig.ts';

/** A home with this config file; gives the environment and the path. */
function homeWith(text: string, mode = 0o600): {readonly env: {readonly HOME: string}; readonly path: string} {
	const HOME = temporaryDirectory();
	const folder = join(HOME, '.config/rollwatch');
	mkdirSync(folder, {recursive: true});
	const path = join(folder, 'config.yaml');
	writeFileSync(path, text);
	chmodSync(path, mode);
	return {env: {HOME}, path};
}

const load = async (text: string) => loadConfig(homeWith(text).env);

/** Lists of lists of lists, nine of each in the next one. */
const bomb = Array.from({length: 12}, (_, depth) =>
	depth === 0 ? 'protectedContexts: [' : `  &a${depth} [${Array.from({length: 9}, () => (depth === 1 ? 'x' : `*a${depth - 1}`)).join(',')}],`,
)
	.concat('  ]')
	.join('\n');

describe('the config file', () => {
	it('need not be there: then contexts whose names hold prod are protected', async () => {
		const config = await loadConfig({HOME: temporaryDirectory()});
		expect(config).toMatchObject({readOnly: false, events: true, audit: undefined});
		expect(['prod-eu', 'gke_shop_PROD', 'staging', ''].map(config.isProtected)).toEqual([true, true, false, false]);
	});

	it('says what it says', async () => {
		const config = await load('readOnly: true\nprotectedContexts: ["^live$", "eu-[0-9]+"]\nevents: false\naudit: /var/log/rollwatch.log\n');
		expect(config).toMatchObject({readOnly: true, events: false, audit: '/var/log/rollwatch.log'});
		expect(['LIVE', 'alive', 'eu-12', 'prod'].map(config.isProtected)).toEqual([true, false, true, false]);
	});

	it.each([
		['an empty one', ''],
		['only comments', '# readOnly: true\n'],
		['one for some keys', 'events: true\n'],
	])('changes nothing else: %s', async (_what, text) => {
		const config = await load(text);
		expect(config).toMatchObject({readOnly: false, events: true, audit: undefined});
		expect(config.isProtected('prod')).toBe(true);
	});

	it('may protect nothing, and write no log', async () => {
		const config = await load('protectedContexts: []\naudit: false\n');
		expect([config.isProtected('prod'), config.audit]).toEqual([false, false]);
	});

	it('may name a log under the home', async () => {
		const {env} = homeWith('audit: ~/logs/rollwatch.log\n');
		expect((await loadConfig(env)).audit).toBe(join(env.HOME, 'logs/rollwatch.log'));
	});

	it('is looked for where XDG_CONFIG_HOME says, which a relative path does not', async () => {
		const XDG_CONFIG_HOME = temporaryDirectory();
		mkdirSync(join(XDG_CONFIG_HOME, 'rollwatch'));
		writeFileSync(join(XDG_CONFIG_HOME, 'rollwatch/config.yaml'), 'readOnly: true');
		const {env} = homeWith('events: false');
		expect(await loadConfig({...env, XDG_CONFIG_HOME})).toMatchObject({readOnly: true, events: true});
		expect(await loadConfig({...env, XDG_CONFIG_HOME: 'relative'})).toMatchObject({readOnly: false, events: false});
	});

	it('may be a link, as those who keep their files elsewhere have it', async () => {
		const {path} = homeWith('readOnly: true');
		const HOME = temporaryDirectory();
		mkdirSync(join(HOME, '.config/rollwatch'), {recursive: true});
		symlinkSync(path, join(HOME, '.config/rollwatch/config.yaml'));
		expect((await loadConfig({HOME})).readOnly).toBe(true);
	});

	it.each([
		['a key in other letters', 'readonly: true', 'there is no key "readonly"; did you mean readOnly?'],
		['a key that nobody knows', 'colour: red', 'there is no key "colour"; keys: readOnly, protectedContexts, events, audit'],
		['a key of every object', 'constructor: 1', 'there is no key "constructor"'],
		['a word that YAML 1.1 took for yes', 'readOnly: yes', 'readOnly: expected true or false, got "yes"'],
		['nothing after a key', 'readOnly:', 'readOnly: expected true or false, got null'],
		['one pattern that is no list', 'protectedContexts: prod', 'protectedContexts: expected a list of regular expressions, got "prod"'],
		['a list of something else', 'protectedContexts: [1]', 'protectedContexts: expected a list of regular expressions, got [1]'],
		['a pattern that is none', 'protectedContexts: [ok, "a("]', 'protectedContexts: "a(" (2.) is no regular expression: missing closing )'],
		['a pattern that re2 does not have', 'protectedContexts: ["(?!x)"]', 'protectedContexts: "(?!x)" (1.) is no regular expression'],
		['a list that holds itself', 'readOnly: &a [*a]', 'readOnly: expected true or false, got [[…]]'],
		['a map that holds itself', 'audit: &a {b: *a}', 'audit: expected false or the absolute path of a file, got {…}'],
		['a few lines that are a billion', bomb, 'protectedContexts: expected a list of regular expressions, got [[…],[…]'],
		['a log without a place', 'audit: audit.log', 'audit: expected false or the absolute path of a file, got "audit.log"'],
		['a log that is true', 'audit: true', 'audit: expected false or the absolute path of a file, got true'],
		['a list', '- readOnly', 'expected keys and values (readOnly: true), got ["readOnly"]'],
		['what is no YAML', 'readOnly: true\n\t- x', / in line 2$/],
		['a key twice', 'events: true\nevents: false', 'duplicated mapping key in line 2'],
	])('is refused with file and key: %s', async (_what, text, message) => {
		const {env, path} = homeWith(text);
		const error = await loadConfig(env).catch((thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(UsageError);
		const said = (error as Error).message;
		expect(said.startsWith(`${path}: `)).toBe(true);
		if (typeof message === 'string') expect(said).toContain(message);
		else expect(said).toMatch(message);
		expect(said).not.toContain('\n');
	});

	it('is not trusted when everybody may write to it, when it is too large, and when it is no file', async () => {
		await expect(loadConfig(homeWith('readOnly: true', 0o646).env)).rejects.toThrow('everybody may write to it: chmod o-w');
		await expect(load(`#${' '.repeat(70_000)}`)).rejects.toThrow('it has 70001 bytes and may have 65536');
		const HOME = temporaryDirectory();
		mkdirSync(join(HOME, '.config/rollwatch/config.yaml'), {recursive: true});
		await expect(loadConfig({HOME})).rejects.toThrow('it is no file');
	});

	it.skipIf(process.getuid?.() === 0)('that can’t be read is not the same as none', async () => {
		await expect(loadConfig(homeWith('readOnly: true', 0o000).env)).rejects.toThrow('cannot read it: it may not be read by this user');
	});
});

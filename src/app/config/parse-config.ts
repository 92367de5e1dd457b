import {isAbsolute, join} from 'node:path';
import {CORE_SCHEMA, load, YAMLException} from 'js-yaml';
import {isRawObject} from '../../cluster/parse/fields.ts';
import {nearest} from '../../domain/nearest.ts';
import {shortText} from '../../domain/short-text.ts';
import {type Config, defaultConfig} from './config.ts';

/** A value as a sentence about it quotes it. Not to its ground: with YAML's anchors a few lines are a billion, or hold themselves. */
function quoted(value: unknown): string {
	return shortText(Array.isArray(value) ? `[${value.slice(0, 20).map(oneText).join(',')}]` : oneText(value), 60);
}

function oneText(value: unknown): string {
	if (Array.isArray(value)) return '[…]';
	return isRawObject(value) ? '{…}' : (JSON.stringify(value) ?? String(value));
}

class Wrong extends Error {}

function booleanOf(key: string, value: unknown): boolean {
	if (typeof value !== 'boolean') throw new Wrong(`${key}: expected true or false, got ${quoted(value)}`);
	return value;
}

async function protectionOf(value: unknown): Promise<Config['isProtected']> {
	if (!Array.isArray(value) || value.some(pattern => typeof pattern !== 'string'))
		throw new Wrong(`protectedContexts: expected a list of regular expressions, got ${quoted(value)}`);
	// Its tables cost 10 ms: only who gives patterns pays for them.
	const {compilePattern} = await import('../../domain/compile-pattern.ts');
	const patterns = value.map((pattern: string, index) => {
		const compiled = compilePattern(pattern, {ignoreCase: true});
		if ('error' in compiled) throw new Wrong(`protectedContexts: ${quoted(pattern)} (${index + 1}.) is no regular expression: ${compiled.error}`);
		return compiled;
	});
	return context => patterns.some(pattern => pattern.matcher(context.slice(0, 1000)).find());
}

function auditOf(value: unknown, home: string | undefined): Config['audit'] {
	if (value === false) return false;
	const path = typeof value === 'string' && value.startsWith('~/') && home !== undefined ? join(home, value.slice(2)) : value;
	if (typeof path !== 'string' || !isAbsolute(path) || path.endsWith('/'))
		throw new Wrong(`audit: expected false or the absolute path of a file, got ${quoted(value)}`);
	return path;
}

/** How each key's value is read; what is not here is no key. */
const keys: Readonly<Record<string, (value: unknown, home: string | undefined) => Partial<Config> | Promise<Partial<Config>>>> = {
	readOnly: value => ({readOnly: booleanOf('readOnly', value)}),
	protectedContexts: async value => ({isProtected: await protectionOf(value)}),
	events: value => ({events: booleanOf('events', value)}),
	audit: (value, home) => ({audit: auditOf(value, home)}),
};

function unknownKey(key: string): Wrong {
	const names = Object.keys(keys);
	const near = nearest(key, names);
	return new Wrong(`there is no key ${quoted(key)}; ${near === undefined ? `keys: ${names.join(', ')}` : `did you mean ${near}?`}`);
}

function readYaml(text: string): unknown {
	try {
		return load(text, {schema: CORE_SCHEMA}) ?? {};
	} catch (error) {
		if (!(error instanceof YAMLException)) throw error;
		throw new Wrong(`${error.reason}${error.mark === undefined ? '' : ` in line ${error.mark.line + 1}`}`);
	}
}

/** The config that a file's text says, or one sentence that names the key and what was expected. An empty text changes nothing. */
export async function parseConfig(text: string, home: string | undefined): Promise<Config | {readonly error: string}> {
	try {
		const raw = readYaml(text);
		if (!isRawObject(raw)) throw new Wrong(`expected keys and values (readOnly: true), got ${quoted(raw)}`);
		let config = defaultConfig;
		for (const [key, value] of Object.entries(raw)) {
			const read = Object.hasOwn(keys, key) ? keys[key] : undefined;
			if (read === undefined) throw unknownKey(key);
			config = {...config, ...(await read(value, home))};
		}
		return config;
	} catch (error) {
		if (error instanceof Wrong) return {error: error.message};
		throw error;
	}
}

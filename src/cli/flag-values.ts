import {CommanderError, InvalidArgumentError} from 'commander';
import {parseDuration} from '../domain/duration.ts';
import {type ConnectTo, parseConnectTo} from '../domain/mix/connect-to.ts';
import {shortText} from '../domain/short-text.ts';

// Values of flags, as commander asks for them: each gives the value or throws InvalidArgumentError with what was expected.

/** Of a flag that may be repeated. */
export const collect = (value: string, before: string[] = []) => [...before, value];

/** In ms. */
export function duration(text: string): number {
	const ms = parseDuration(text);
	if (ms === undefined) throw new InvalidArgumentError(`expected a duration such as 30s or 1m30s, got \`${text}\``);
	return ms;
}

/** In ms, 1 at least. */
export function positiveDuration(text: string): number {
	const ms = duration(text);
	if (ms < 1) throw new InvalidArgumentError(`expected a duration of at least 1ms, got \`${text}\``);
	return ms;
}

/** A decimal number in a range. */
export const numberFrom =
	(least: number, most: number, what = 'number') =>
	(text: string): number => {
		const value = Number(text);
		if (!/^\d*\.?\d+$/.test(text) || value < least || value > most)
			throw new InvalidArgumentError(`expected a ${what} from ${least} to ${most}, got \`${text}\``);
		return value;
	};

export const speed = numberFrom(0.1, 100, 'factor');

/** A whole number in a range. */
export const wholeNumber =
	(least: number, most = Number.MAX_SAFE_INTEGER) =>
	(text: string): number => {
		const value = Number(text);
		const range = most === Number.MAX_SAFE_INTEGER ? `${least} up` : `${least} to ${most}`;
		if (!/^\d+$/.test(text) || value < least || value > most) throw new InvalidArgumentError(`expected a whole number from ${range}, got \`${text}\``);
		return value;
	};

/** A header of HTTP, after those that were given before. */
export function header(text: string, before: {name: string; value: string}[] = []): {name: string; value: string}[] {
	const colon = text.indexOf(':');
	const name = text.slice(0, colon).trim();
	// Field names are tokens (RFC 9110 §5.6.2); a line break in a value would smuggle a second header in.
	if (colon < 1 || !/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || /[\r\n\0]/.test(text)) {
		// Not commander's error, which tells what was given: a token, where only the colon was forgotten.
		throw new CommanderError(2, 'rollwatch.header', "option '-H, --header <header>': expected 'Name: value'");
	}
	return [...before, {name, value: text.slice(colon + 1).trim()}];
}

/** A place of `--connect-to`, after those that were given before. */
export function connectTo(text: string, before: ConnectTo[] = []): ConnectTo[] {
	const rule = parseConnectTo(text);
	if ('error' in rule) throw new InvalidArgumentError(rule.error);
	return [...before, rule];
}

/** A DNS name; the handshake carries no address (RFC 6066 §3). */
export function serverName(text: string): string {
	const isName = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/i.test(text) && !/^[\d.]+$/.test(text);
	if (!isName) throw new InvalidArgumentError(`expected a DNS name such as shop.example, got \`${shortText(text, 80)}\``);
	return text;
}

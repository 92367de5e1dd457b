import {isIP} from 'node:net';

/** A host name (underscores are in use), an address, or a pattern such as `*.shop.example`: what can stand in a URL. */
export function isHostPattern(text: string): boolean {
	if (isIP(text) !== 0) return true;
	return text.length <= 253 && /^(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?$/i.test(text) && !/^[\d.]+$/.test(text);
}

import {describe, expect, it} from 'vitest';
import {canary, foundIn} from './canaries.ts';

describe('a planted secret', () => {
	const planted = canary('here');
	const other = canary('elsewhere');
	const {value} = planted;
	const base64 = (text: string) => Buffer.from(text).toString('base64');

	it.each([
		['as it is', `Bearer ${value}\n`],
		['cut', `a ${value.slice(5, 17)}…`],
		['in base64, whatever stands before it', `${base64(`user:${value}`)} `],
		['in base64 for URLs', Buffer.from(`{"a":"${value}"}`).toString('base64url')],
		['in hex', Buffer.from(value).toString('hex')],
		['percent-encoded', [...value].map(letter => `%${letter.charCodeAt(0).toString(16)}`).join('')],
		['over two lines of a panel', `│ x ${value.slice(0, 6)} │\n│ ${value.slice(6, 13)} │\n`],
		['with colours in it', `${value.slice(0, 6)}\u001B[1;31m${value.slice(6, 13)}\u001B[0m`],
	])('is found %s', (_, text) => {
		expect(foundIn(`before ${text} after`, [planted, other])).toEqual(['here']);
	});

	it('is not found where it is not', () => {
		expect(foundIn(`${other.value} ${value.slice(0, 8)} ${base64('quite another text of some length')}`, [planted])).toEqual([]);
	});
});

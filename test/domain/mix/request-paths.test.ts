import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parseRequestPaths} from '../../../src/domain/mix/request-paths.ts';

describe('parseRequestPaths', () => {
	it('takes a path from each line, with its query, and leaves out comments and empty lines', () => {
		expect(parseRequestPaths('\ufeff/\r\n\n# later\n  /version?full=1  \n/a%20b/"x"\n')).toEqual(['/', '/version?full=1', '/a%20b/"x"']);
	});

	it.each([
		['', 'it has no path: give one in each line, such as /version'],
		['# only\n\n', 'it has no path: give one in each line, such as /version'],
		['/a\nversion\n', 'line 2: expected a path that begins with a slash, got "version"'],
		['# x\n\n/a b', 'line 3: expected printable characters without spaces or # (percent-encode others), got "/a b"'],
		['/a#top', 'line 1: expected printable characters without spaces or # (percent-encode others), got "/a#top"'],
		['/\u001b[2Jgone', 'line 1: expected printable characters without spaces or # (percent-encode others), got "/gone"'],
		[`/${'x'.repeat(4096)}`, 'line 1: longer than 4,096 characters'],
		['/x\n'.repeat(10_001), 'line 10001: more than 10,000 paths'],
	])('refuses %j with the number of the line', (text, error) => {
		expect(parseRequestPaths(text)).toEqual({error});
	});

	it('takes 10,000 paths', () => {
		expect(parseRequestPaths('/x\n'.repeat(10_000))).toHaveLength(10_000);
	});

	it('gives only what can stand in a request line, whatever the file holds', () => {
		fc.assert(
			fc.property(fc.string({unit: 'binary', maxLength: 200}), text => {
				const paths = parseRequestPaths(text);
				if ('error' in paths) expect(paths.error).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
				else for (const path of paths) expect(path).toMatch(/^\/[!-~]*$/);
			}),
		);
	});
});

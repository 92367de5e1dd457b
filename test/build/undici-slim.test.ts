import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {programPath} from '../e2e/program.ts';

/** Names that a source file imports from undici as values; types are gone in the bundle. */
function valuesIn(source: string): readonly string[] {
	const imports = [...source.matchAll(/^import \{([^}]*)\} from 'undici';$/gm)].flatMap(([, names = '']) => names.split(','));
	return imports.map(name => name.trim()).filter(name => name !== '' && !name.startsWith('type '));
}

// Sources use undici whole, the bundle only the parts that this file names: what it lacks fails in a user's hands, not in a test of sources.
describe('the slim undici of the bundle', () => {
	it('has all that the sources use', () => {
		const files = readdirSync('src', {recursive: true, encoding: 'utf8'}).filter(file => /\.tsx?$/.test(file));
		const used = new Set(files.flatMap(file => valuesIn(readFileSync(`src/${file}`, 'utf8'))));
		const slim = readFileSync('scripts/undici-slim.cjs', 'utf8');
		expect(used.size).toBeGreaterThan(2);
		for (const name of used) expect(slim).toMatch(new RegExp(`^\\t(?:get )?${name}\\b`, 'm'));
	});

	it('fails without reading the bundle: to quote its lines takes node:assert seconds, and a server’s answer can bring it about', () => {
		for (const file of ['rollwatch', 'sampler-thread']) {
			const bundle = readFileSync(join(dirname(programPath()), `../dist/${file}.js`), 'utf8');
			expect(bundle).toContain('the answer is not what HTTP allows');
			expect(bundle).not.toContain('"node:assert"');
		}
	});
});

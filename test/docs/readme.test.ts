import {readFile, writeFile} from 'node:fs/promises';
import {expect, it} from 'vitest';
import {keymapMarkdown} from '../../src/app/keymap.ts';
import {exitCodesMarkdown} from '../../src/cli/exit-code.ts';
import {scenarios} from '../../src/demo/scenarios/scenarios.ts';

const readme = new URL('../../README.md', import.meta.url);
const sections: Readonly<Record<string, () => string>> = {
	keys: keymapMarkdown,
	'exit-codes': exitCodesMarkdown,
	scenarios: () => ['| scenario | what it shows |', '|---|---|', ...scenarios.map(({name, summary}) => `| \`${name}\` | ${summary} |`)].join('\n'),
};

/** `npm run docs` writes what this test expects. */
const isUpdate = process.env.UPDATE_README === '1';

it.each(Object.entries(sections))('the README’s section “%s” is what the program’s table says', async (name, make) => {
	const text = await readFile(readme, 'utf8');
	const [begin, end] = [`<!-- ${name}: generated -->\n`, `\n<!-- /${name} -->`];
	const from = text.indexOf(begin) + begin.length;
	const to = text.indexOf(end, from);
	expect(from).toBeGreaterThan(begin.length);
	expect(to).toBeGreaterThan(from - 1);
	if (isUpdate) await writeFile(readme, text.slice(0, from) + make() + text.slice(to));
	else expect(text.slice(from, to)).toBe(make());
});

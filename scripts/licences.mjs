import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';

/** Licences that let a bundle be handed on by anyone, with their text beside it. Another one is a decision for people, not for a build. */
const allowed = new Set(['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0']);

/** The licence texts of every package that is in the bundle, one after another. Throws where a package names none, or one that is not allowed here. */
export async function licenceTexts(root, inputs) {
	const packages = new Set(inputs.map(packageOf).filter(Boolean));
	const sections = await Promise.all([...packages].sort().map(folder => section(join(root, folder))));
	return `rollwatch's one-file program contains the following packages.\n\n${sections.join('\n')}`;
}

/** `node_modules/a/node_modules/@b/c/x.js` → `node_modules/a/node_modules/@b/c`. */
function packageOf(input) {
	return input.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0];
}

async function section(folder) {
	const {name, version, license, author} = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const file = (await readdir(folder)).find(entry => /^(licen[cs]e|copying)(\.|-|$)/i.test(entry));
	if (!allowed.has(license)) throw new Error(`${name}@${version} has the licence ${license}: may it be shipped? (scripts/licences.mjs)`);
	const text = file === undefined ? `${license} (the package ships no text)${authorOf(author)}` : await readFile(join(folder, file), 'utf8');
	return `${'='.repeat(80)}\n${name} ${version} (${license})\n${'='.repeat(80)}\n${text.trim()}\n`;
}

const authorOf = author => (author === undefined ? '' : `\nCopyright: ${typeof author === 'string' ? author : author.name}`);

import {realpathSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';

const clientNodeTypes = "export const createConfiguration = () => {throw new Error('unused');}; export class ServerConfiguration {}";

/** An esbuild plugin that leaves out what the program can't reach in its dependencies: what is not there need not be read at every start. */
export function slim(root) {
	// Where node_modules is a link, each of undici's files must not be there twice: once by its name, once by where it really is.
	const modules = realpathSync(join(root, 'node_modules'));
	return {
		name: 'slim',
		setup({onResolve, onLoad}) {
			onResolve({filter: /^undici$/}, () => ({path: join(root, 'scripts/undici-slim.cjs')}));
			onResolve({filter: /^undici-lib\//}, ({path}) => ({path: join(modules, 'undici/lib', path.slice('undici-lib/'.length))}));
			onResolve({filter: /^(?:node:)?assert$/}, ({importer}) => (/\/undici\/lib\//.test(importer) ? {path: join(root, 'scripts/assert-slim.cjs')} : undefined));
			// debug takes it where it happens to lie about; here that would be a tool's.
			onResolve({filter: /^supports-color$/}, () => ({path: 'supports-color', namespace: 'nothing'}));
			onLoad({filter: /./, namespace: 'nothing'}, () => ({contents: ''}));
			// Only client-node's auth providers are used, never its typed API.
			onLoad({filter: /client-node\/dist\/gen\/index\.js$/}, () => ({contents: clientNodeTypes}));
			// For Node before 10, in node-fetch: 290 kB of tables.
			onLoad({filter: /node_modules\/whatwg-url\/lib\/public-api\.js$/}, () => ({contents: ''}));
			// Would be loaded, and fail, where the user's environment happens to have DEV=true.
			onLoad({filter: /ink\/build\/devtools\.js$/}, () => ({contents: ''}));
			onLoad({filter: /ink\/build\/(?:measure|wrap)-text\.js$/}, async ({path}) => ({contents: withBoundedCache(await readFile(path, 'utf8'), path)}));
			onLoad({filter: /yoga-wasm-base64-esm\.js$/}, async ({path}) => ({contents: withoutFetch(await readFile(path, 'utf8'))}));
		},
	};
}

/** yoga reads its own base64 text with fetch where there is one, and the first use of Node's fetch costs 18 ms and 8 MB: it has a second way. */
function withoutFetch(source) {
	return `const fetch = undefined; const atob = text => Buffer.from(text, 'base64').toString('latin1');\n${source}`;
}

/** How a cache of texts is made and added to, and what keeps it to a thousand of them. */
const boundedCaches = [
	['const cache = new Map();', 'cache.set(text, dimensions);', 'if (cache.size >= 1000) cache.clear();'],
	['const cache = {};', 'cache[cacheKey] = wrappedText;', 'if (++cached >= 1000) [cache, cached] = [Object.create(null), 1];'],
];

/** ink remembers each text that it ever measured or folded: on a screen that counts seconds for days that is memory without end. */
function withBoundedCache(source, path) {
	const found = boundedCaches.find(([made, kept]) => source.includes(made) && source.includes(kept));
	if (found === undefined) throw new Error(`${path} keeps its cache in another way than is known here: see whether it is bounded`);
	const [made, kept, bound] = found;
	return source.replace(made, `${made.replace('const', 'let')} let cached = 0;`).replace(kept, `${bound} ${kept}`);
}

import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {buildSync} from 'esbuild';

/**
 * One of the processes here that are made of parts of the program, in one file: Node 20 reads no TypeScript.
 * @param {string} name of a file in this folder, or the file: URL of one elsewhere
 */
export function bundled(name) {
	const folder = mkdtempSync(join(tmpdir(), 'rollwatch-bench-'));
	const file = join(folder, basename(name).replace(/\.ts$/, '.mjs'));
	buildSync({
		entryPoints: [fileURLToPath(new URL(name, import.meta.url))],
		outfile: file,
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node20.19',
		logLevel: 'warning',
		define: {'process.env.NODE_ENV': '"production"'},
		// ink names it, and loads it for its own developers only.
		alias: {'react-devtools-core': 'node:os'},
		banner: {js: "import {createRequire as __createRequire} from 'node:module'; const require = __createRequire(import.meta.url);"},
	});
	return {file, folder, remove: () => rmSync(folder, {recursive: true, force: true})};
}

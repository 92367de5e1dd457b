import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The path of a JavaScript version of `up.ts`: Node 20 runs no TypeScript, and vitest is no place for a shell. */
export async function bundleUp() {
	const {build} = await import('esbuild');
	// Below node_modules, so that the packages left out of the bundle are found.
	const outfile = join(root, 'node_modules/.cache/rollwatch/up.mjs');
	const entryPoints = [fileURLToPath(new URL('up.ts', import.meta.url))];
	await build({entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external', logLevel: 'warning'});
	return outfile;
}

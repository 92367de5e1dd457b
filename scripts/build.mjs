// Builds dist/rollwatch.js, the program; dist/demo.js, the embedded cluster, which only `rollwatch demo` loads; dist/sampler-thread.js, the thread
// that sends the curl loop's requests; and dist/THIRD-PARTY-LICENSES.txt next to it:
// bundles hand on other people's code, so their licence texts go with it.
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';
import {licenceTexts} from './licences.mjs';
import {slim} from './slim.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const {version} = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

await rm(join(root, 'dist'), {recursive: true, force: true});
await mkdir(join(root, 'dist'));
const {metafile} = await build({
	absWorkingDir: root,
	entryPoints: {rollwatch: 'src/main.ts', demo: 'src/demo/entry.ts', 'sampler-thread': 'src/sampler/thread/entry.ts'},
	outdir: 'dist',
	bundle: true,
	platform: 'node',
	format: 'esm',
	target: 'node20.19',
	jsx: 'automatic',
	// Names for a CPU profile.
	minify: !process.argv.includes('--readable'),
	keepNames: false,
	legalComments: 'none',
	metafile: true,
	logLevel: 'warning',
	define: {'process.env.NODE_ENV': '"production"', __ROLLWATCH_VERSION__: JSON.stringify(version)},
	plugins: [slim(root)],
	// Some dependencies are CommonJS and call require at run time.
	banner: {js: "import {createRequire as __createRequire} from 'node:module'; const require = __createRequire(import.meta.url);"},
});
await writeFile(join(root, 'dist/THIRD-PARTY-LICENSES.txt'), await licenceTexts(root, Object.keys(metafile.inputs)));

import {execFileSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync} from 'node:fs';
import {builtinModules} from 'node:module';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';

/** An entry of package-lock.json. */
type Locked = {
	readonly version: string;
	readonly integrity?: string;
	readonly resolved?: string;
	readonly dev?: boolean;
	readonly optional?: boolean;
	readonly hasInstallScript?: boolean;
};
type Lock = {readonly packages: Readonly<Record<string, Locked>>};
type Manifest = {
	readonly version: string;
	readonly scripts: Readonly<Record<string, string>>;
	readonly dependencies: Readonly<Record<string, string>>;
	readonly devDependencies: Readonly<Record<string, string>>;
	readonly publishConfig: object;
};

/** What of a bill of materials is looked at. */
type Bill = {
	readonly components: readonly {readonly name: string; readonly version: string; readonly hashes?: readonly object[]}[];
};

const root = resolve('.');
const longMs = 120_000;
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const manifest: Manifest = JSON.parse(read('package.json'));
const lock: Lock = JSON.parse(read('package-lock.json'));
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');
const shipped = locked.filter(([, {dev}]) => dev !== true);

const folders: string[] = [];
afterAll(() => {
	for (const folder of folders) rmSync(folder, {recursive: true, force: true});
});

/** What is in a checkout, built. Where it lies must make no difference. */
function builtCheckout(name: string): string {
	const folder = join(mkdtempSync(join(tmpdir(), 'rollwatch-build-')), name);
	folders.push(folder);
	mkdirSync(folder);
	for (const part of ['src', 'scripts', 'bin', 'package.json', 'package-lock.json', 'tsconfig.json', 'README.md', 'CHANGELOG.md', 'LICENSE', '.npmrc'])
		cpSync(join(root, part), join(folder, part), {recursive: true});
	symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
	execFileSync(process.execPath, ['scripts/build.mjs'], {cwd: folder});
	return folder;
}

function npm(folder: string, args: readonly string[]): string {
	return execFileSync('npm', [...args], {cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']});
}

describe('the lock file', () => {
	it('names each package’s exact version and checksum, and no place to get it from', () => {
		expect(locked.filter(([, {resolved}]) => resolved !== undefined)).toEqual([]);
		// Tools' parts for other platforms than that on which it was made have none.
		expect(locked.filter(([, {integrity, dev, optional}]) => integrity === undefined && !(dev && optional))).toEqual([]);
		for (const [name, version] of Object.entries({...manifest.dependencies, ...manifest.devDependencies})) {
			expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
			expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
		}
	});

	it('has nothing that runs a script when the program is installed', () => {
		expect(shipped.filter(([, {hasInstallScript}]) => hasInstallScript)).toEqual([]);
		// npm runs `prepare` in a checkout only.
		expect(Object.keys(manifest.scripts).filter(name => /^(?:pre|post)?(?:install|uninstall)$/.test(name))).toEqual([]);
	});
});

describe('what is published', () => {
	let checkout: string;
	beforeAll(() => {
		checkout = builtCheckout('first');
	}, longMs);

	it('is the same, byte for byte, wherever it is built', {timeout: longMs}, () => {
		const other = join(builtCheckout('another-place'), 'dist');
		const dist = join(checkout, 'dist');
		expect(readdirSync(other)).toEqual(readdirSync(dist));
		for (const file of readdirSync(dist)) expect(readFileSync(join(other, file)).equals(readFileSync(join(dist, file))), file).toBe(true);
	});

	it('is the program and its papers, and no more', {timeout: longMs}, () => {
		const [packed] = JSON.parse(npm(checkout, ['pack', '--dry-run', '--ignore-scripts', '--json'])) as {files: {path: string; mode: number}[]}[];
		expect(packed?.files.map(({path}) => path).toSorted()).toEqual(
			[
				'CHANGELOG.md',
				'LICENSE',
				'README.md',
				'bin/rollwatch.js',
				'dist/THIRD-PARTY-LICENSES.txt',
				'dist/demo.js',
				'dist/rollwatch.js',
				'dist/sampler-thread.js',
				'package.json',
			].toSorted(),
		);
		expect(packed?.files.find(({path}) => path === 'bin/rollwatch.js')?.mode).toBe(0o755);
		expect(manifest.publishConfig).toEqual({access: 'public', provenance: true});
	});

	it('loads nothing but itself and Node’s own modules', () => {
		for (const file of ['rollwatch', 'demo', 'sampler-thread']) {
			const imports = [...readFileSync(join(checkout, `dist/${file}.js`), 'utf8').matchAll(/(?:^|[;}\n])import(?:[\w*{} ,$]*from)?"([^"]+)"/g)];
			const foreign = imports.map(([, name = '']) => name).filter(name => !builtinModules.includes(name.replace('node:', '')) && !name.startsWith('./'));
			expect({file, foreign}).toEqual({file, foreign: []});
			expect(imports.length).toBeGreaterThan(2);
		}
	});

	it('has a bill of materials with every package that is in the bundle', {timeout: longMs}, () => {
		const bill: Bill = JSON.parse(npm(checkout, ['run', '--silent', 'sbom']));
		expect(bill).toMatchObject({bomFormat: 'CycloneDX', metadata: {component: {name: 'rollwatch', version: manifest.version}}});
		const listed = new Set(bill.components.map(({name, version}) => `${name} ${version}`));
		const bundled = [...readFileSync(join(checkout, 'dist/THIRD-PARTY-LICENSES.txt'), 'utf8').matchAll(/^={80}\n(\S+ \S+) \(.*\)\n={80}$/gm)].map(
			([, name = '']) => name,
		);
		expect(bundled.length).toBeGreaterThan(50);
		expect(bundled.filter(name => !listed.has(name))).toEqual([]);
		expect(bill.components.filter(({hashes}) => hashes === undefined)).toEqual([]);
		expect([...listed].filter(name => /^(?:vitest|esbuild|typescript) /.test(name))).toEqual([]);
	});
});

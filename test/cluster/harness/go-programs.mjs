import {execFileSync, spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {mkdir, rename, writeFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

/**
 * A program that the tests build from a Go module of their own, in the folder of its name beside this one.
 * @typedef {{name: string, what: string, minutes: number, linkerFlags: string, definitions?: {module: string, folder: string}}} GoProgram
 */

const kubernetes = {gitVersion: 'v1.36.3', gitMajor: '1', gitMinor: '36', gitTreeState: 'clean'};

/** @type {GoProgram} */
export const controlPlane = {name: 'control-plane', what: 'the Kubernetes control plane', minutes: 10, linkerFlags: versionFlags(kubernetes)};

/**
 * Its CustomResourceDefinitions come out of the same module: they are the ones that this version works with, and nothing else need be at hand.
 * @type {GoProgram}
 */
export const argoController = {
	name: 'argo-controller',
	what: 'the Argo Rollouts controller',
	minutes: 7,
	linkerFlags: '-s -w',
	definitions: {module: 'github.com/argoproj/argo-rollouts', folder: 'manifests/crds'},
};

/** Pods without machines, for `npm run bench`: nothing of the suite needs it. @type {GoProgram} */
export const kwok = {name: 'kwok', what: 'KWOK', minutes: 2, linkerFlags: '-s -w'};

/** The module that ties all of them to the run that started them. */
const shared = 'lifetime';

/**
 * The path of a program, built now unless it was before.
 * @param {GoProgram} program
 * @param {AbortSignal} signal
 * @param {{patiently?: boolean}} options patiently: only with what processor time nobody else wants
 */
export async function builtProgram(program, signal, {patiently = false} = {}) {
	const path = join(cacheFolder(), `${program.name}-${fingerprint(program, goVersion())}`);
	if (existsSync(path)) return path;
	const where = patiently ? ' in the background' : '';
	process.stdout.write(
		`Building ${program.what} for the tests${where}. The first time this takes about ${program.minutes} minutes; later runs find it in the cache.\n`,
	);
	await mkdir(cacheFolder(), {recursive: true});
	// Built beside and renamed, so that an interrupted build is never taken for a finished one.
	const unfinished = `${path}.${process.pid}`;
	await goBuild(program, unfinished, {signal, patiently});
	if (program.definitions !== undefined) await writeFile(definitionsOf(path), definitionsIn(program, program.definitions));
	await rename(unfinished, path);
	return path;
}

/**
 * The file with a program's CustomResourceDefinitions, all in one.
 * @param {string} path as `builtProgram` gives it
 */
export function definitionsOf(path) {
	return `${path}.crds.yaml`;
}

function goVersion() {
	try {
		return go(['env', 'GOVERSION'], controlPlane);
	} catch (error) {
		if (error.code !== 'ENOENT') throw error;
		throw new Error(
			'The cluster tests need Go (1.26 or newer) to build a control plane, and there is no "go" on the PATH. ' +
				'Install it, or set ROLLWATCH_TEST_KUBECONFIG to the kubeconfig of a test cluster (kind, k3d, minikube).',
		);
	}
}

/**
 * @param {GoProgram} program
 * @param {string} goVersion
 */
function fingerprint(program, goVersion) {
	const hash = createHash('sha256').update(goVersion);
	for (const folder of [sourceFolder(program.name), sourceFolder(shared)]) {
		const files = readdirSync(folder).filter(name => /^go\.(mod|sum)$|\.go$/.test(name));
		for (const name of files.sort()) hash.update(name).update(readFileSync(join(folder, name)));
	}
	return hash.update(program.linkerFlags).digest('hex').slice(0, 16);
}

/** @param {string} name */
function sourceFolder(name) {
	return fileURLToPath(new URL(`../${name}/`, import.meta.url));
}

function cacheFolder() {
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'rollwatch-test');
}

/**
 * Kubernetes' own build sets its version in the same way; without it every part says v0.0.0.
 * @param {Readonly<Record<string, string>>} version
 */
function versionFlags(version) {
	const packages = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'];
	const versions = packages.flatMap(name => Object.entries(version).map(([key, value]) => `-X ${name}.${key}=${value}`));
	return ['-s', '-w', ...versions].join(' ');
}

/**
 * @param {GoProgram} program built by now, so its modules are at hand
 * @param {{module: string, folder: string}} where
 */
function definitionsIn(program, {module, folder}) {
	const path = join(go(['list', '-m', '-f', '{{.Dir}}', module], program), folder);
	const files = readdirSync(path).filter(name => name.endsWith('-crd.yaml'));
	return files.map(name => readFileSync(join(path, name), 'utf8')).join('\n---\n');
}

/**
 * @param {readonly string[]} args
 * @param {GoProgram} program
 */
function go(args, {name}) {
	return execFileSync('go', args, {cwd: sourceFolder(name), encoding: 'utf8'}).trim();
}

/**
 * @param {GoProgram} program
 * @param {string} output
 * @param {{signal: AbortSignal, patiently: boolean}} options
 */
function goBuild({name, linkerFlags}, output, {signal, patiently}) {
	const [command = '', ...args] = [...(patiently ? ['nice', '-n', '19'] : []), 'go', 'build', '-buildvcs=false', '-ldflags', linkerFlags, '-o', output, '.'];
	const env = {...process.env, CGO_ENABLED: '0'};
	const build = spawn(command, args, {cwd: sourceFolder(name), env, stdio: ['ignore', 'inherit', 'inherit'], signal});
	return new Promise((resolve, reject) => {
		build.on('error', reject);
		build.on('exit', code => (code === 0 ? resolve(undefined) : reject(new Error(`go build in test/cluster/${name} ended with ${code}`))));
	});
}

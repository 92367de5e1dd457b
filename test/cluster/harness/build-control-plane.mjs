import {execFileSync, spawn} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {mkdir, rename} from 'node:fs/promises';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const source = fileURLToPath(new URL('../control-plane/', import.meta.url));
const kubernetes = {gitVersion: 'v1.36.3', gitMajor: '1', gitMinor: '36', gitTreeState: 'clean'};

/**
 * The path of the control plane's program, built now unless it was before.
 * @param {AbortSignal} signal
 */
export async function builtControlPlane(signal) {
	const program = join(cacheFolder(), `control-plane-${fingerprint(goVersion())}`);
	if (existsSync(program)) return program;
	process.stdout.write('Building the Kubernetes control plane for the tests. The first time this takes about 10 minutes; later runs find it in the cache.\n');
	await mkdir(cacheFolder(), {recursive: true});
	// Built beside and renamed, so that an interrupted build is never taken for a finished one.
	const unfinished = `${program}.${process.pid}`;
	await goBuild(unfinished, signal);
	await rename(unfinished, program);
	return program;
}

function goVersion() {
	try {
		return execFileSync('go', ['env', 'GOVERSION'], {cwd: source, encoding: 'utf8'}).trim();
	} catch (error) {
		if (error.code !== 'ENOENT') throw error;
		throw new Error(
			'The cluster tests need Go (1.26 or newer) to build a control plane, and there is no "go" on the PATH. ' +
				'Install it, or set ROLLWATCH_TEST_KUBECONFIG to the kubeconfig of a test cluster (kind, k3d, minikube).',
		);
	}
}

/** @param {string} goVersion */
function fingerprint(goVersion) {
	const hash = createHash('sha256').update(goVersion);
	const files = readdirSync(source).filter(name => /^go\.(mod|sum)$|\.go$/.test(name));
	for (const name of files.sort()) hash.update(name).update(readFileSync(join(source, name)));
	return hash.update(linkerFlags()).digest('hex').slice(0, 16);
}

function cacheFolder() {
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'rollwatch-test');
}

/** Kubernetes' own build sets its version in the same way; without it every part says v0.0.0. */
function linkerFlags() {
	const packages = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'];
	const versions = packages.flatMap(name => Object.entries(kubernetes).map(([key, value]) => `-X ${name}.${key}=${value}`));
	return ['-s', '-w', ...versions].join(' ');
}

/**
 * @param {string} output
 * @param {AbortSignal} signal
 */
function goBuild(output, signal) {
	const env = {...process.env, CGO_ENABLED: '0'};
	const build = spawn('go', ['build', '-buildvcs=false', '-ldflags', linkerFlags(), '-o', output, '.'], {cwd: source, env, stdio: 'inherit', signal});
	return new Promise((resolve, reject) => {
		build.on('error', reject);
		build.on('exit', code => (code === 0 ? resolve(undefined) : reject(new Error(`go build in test/cluster/control-plane ended with ${code}`))));
	});
}

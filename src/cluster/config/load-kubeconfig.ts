import {readFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import {delimiter, join, resolve} from 'node:path';
import {ClusterError} from '../errors.ts';
import {inClusterKubeconfig} from './in-cluster.ts';
import {type Kubeconfig, mergeKubeconfigs, parseKubeconfig} from './kubeconfig.ts';

/** Environment variables by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : '';
}

const fileTroubles: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	EACCES: 'it may not be read by this user',
	EISDIR: 'it is a directory',
	ENOTDIR: 'a part of its path is no directory',
};

function unreadable(path: string, error: unknown): ClusterError {
	const code = codeOf(error);
	return new ClusterError(`cannot read the kubeconfig ${path}: ${fileTroubles[code] ?? code}`, {
		kind: 'config',
		code,
		hint: 'name another one with --kubeconfig or KUBECONFIG',
		cause: error,
	});
}

async function read(path: string): Promise<Kubeconfig> {
	let text: string;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		throw unreadable(path, error);
	}
	return parseKubeconfig(text, path);
}

/** As kubectl: files of KUBECONFIG that don't exist are passed over, since tools list files there that they make later. */
async function readIfThere(path: string): Promise<readonly Kubeconfig[]> {
	try {
		return [await read(path)];
	} catch (error) {
		if (error instanceof ClusterError && error.code === 'ENOENT') return [];
		throw error;
	}
}

/** Files to look at, first ones first. An empty KUBECONFIG is none. */
function defaultFiles(env: Environment): readonly string[] {
	const listed = (env.KUBECONFIG ?? '').split(delimiter).filter(path => path !== '');
	return listed.length > 0 ? listed : [join(env.HOME || homedir(), '.kube', 'config')];
}

/**
 * The kubeconfig by kubectl's rules: the given file; else all of KUBECONFIG merged, else ~/.kube/config; else, inside a pod, its service account.
 * Throws ClusterError `config` where there is none or one can't be read.
 */
export async function loadKubeconfig(explicitFile: string | undefined, env: Environment): Promise<Kubeconfig> {
	if (explicitFile !== undefined) return read(resolve(explicitFile));
	const files = defaultFiles(env).map(path => resolve(path));
	const found = (await Promise.all(files.map(readIfThere))).flat();
	if (found.length > 0) return mergeKubeconfigs(found);
	const inCluster = await inClusterKubeconfig(env);
	if (inCluster !== undefined) return inCluster;
	throw new ClusterError(`found no kubeconfig: ${files.join(', ')} ${files.length === 1 ? 'does' : 'do'} not exist`, {
		kind: 'config',
		hint: 'name one with --kubeconfig or KUBECONFIG; `rollwatch demo` needs none',
	});
}

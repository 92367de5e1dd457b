import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import type {ClusterAccess} from './cluster-access.ts';
import {mustKubectl} from './kubectl.ts';

/** The CustomResourceDefinitions as their projects publish them: data beside the project, which is not copied into it. */
const folder = new URL('../../../../shared/crds/', import.meta.url);

/** The paths of published definitions by the names of their files; undefined where one of them is not at hand. */
export function publishedDefinitions(...names: readonly string[]): readonly string[] | undefined {
	const paths = names.map(name => fileURLToPath(new URL(`${name}.yaml`, folder)));
	return paths.every(path => existsSync(path)) ? paths : undefined;
}

/** Creates what the files define, and comes back when it is served. */
export async function createDefinitions({kubectl}: Pick<ClusterAccess, 'kubectl'>, paths: readonly string[]): Promise<void> {
	const files = paths.flatMap(path => ['-f', path]);
	// Created, for they are too large to be remembered in an annotation as apply does.
	await mustKubectl(kubectl, ['create', ...files]);
	await mustKubectl(kubectl, ['wait', '--for=condition=Established', '--timeout=60s', ...files]);
}

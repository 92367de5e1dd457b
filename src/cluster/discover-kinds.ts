import type {ClusterConnection} from './connect.ts';
import {collectionOf} from './kinds/kind-source.ts';
import {isRawObject, objectsOf, textOf} from './parse/fields.ts';

/** The versions of each API group that the cluster serves, the preferred one first. */
export type ServedGroups = ReadonlyMap<string, readonly string[]>;

/** Asks for all of them by one request. Throws ClusterError. */
export async function discoverKinds(connection: Pick<ClusterConnection, 'json'>, signal?: AbortSignal): Promise<ServedGroups> {
	const answer = await connection.json({path: '/apis', signal});
	const groups = objectsOf(isRawObject(answer) ? answer.groups : undefined);
	return new Map(
		groups.flatMap(({name, versions}) => {
			const group = textOf(name);
			return group === undefined ? [] : [[group, objectsOf(versions).flatMap(({version}) => textOf(version) ?? [])] as const];
		}),
	);
}

const kruiseGroup = 'rollouts.kruise.io';
const kruiseVersions = ['v1beta1', 'v1alpha1'];

/** The versions of OpenKruise's Rollouts that are understood, the newer one first. */
export const kruiseApiVersions: readonly string[] = kruiseVersions.map(version => `${kruiseGroup}/${version}`);

/** The version of OpenKruise's Rollouts that the cluster serves and that is understood, `rollouts.kruise.io/v1beta1`; undefined: none. */
export function kruiseVersion(served: ServedGroups): string | undefined {
	const version = kruiseVersions.find(known => served.get(kruiseGroup)?.includes(known));
	return version === undefined ? undefined : `${kruiseGroup}/${version}`;
}

/** Where the cluster has OpenKruise's Rollouts; the newer version's place where discovery does not answer: then the answer says why. Never throws. */
export async function kruiseCollection(connection: Pick<ClusterConnection, 'json'>, namespace: string, signal?: AbortSignal): Promise<string> {
	const version = await discoverKinds(connection, signal).then(kruiseVersion, () => undefined);
	return version === undefined ? collectionOf('KruiseRollout', namespace) : `/apis/${version}/namespaces/${encodeURIComponent(namespace)}/rollouts`;
}

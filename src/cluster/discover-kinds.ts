import {kindWords, type TargetKind} from '../domain/kinds/kind-words.ts';
import type {ClusterConnection} from './connect.ts';
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

/** The version of OpenKruise's Rollouts that the cluster serves and that is understood, `rollouts.kruise.io/v1beta1`; undefined: none. */
export function kruiseVersion(served: ServedGroups): string | undefined {
	const version = kruiseVersions.find(known => served.get(kruiseGroup)?.includes(known));
	return version === undefined ? undefined : `${kruiseGroup}/${version}`;
}

/** `rollout` is Argo's, but where the cluster serves OpenKruise's alone that is meant. All other kinds are what they are, and nothing is asked. Never throws. */
export async function servedKind(connection: Pick<ClusterConnection, 'json'>, kind: TargetKind, signal?: AbortSignal): Promise<TargetKind> {
	if (kind !== 'ArgoRollout') return kind;
	// Who may not ask is told by the kind's own answer.
	const served = await discoverKinds(connection, signal).catch(() => undefined);
	if (served === undefined || served.has(kindWords.ArgoRollout.group)) return kind;
	return kruiseVersion(served) === undefined ? kind : 'KruiseRollout';
}

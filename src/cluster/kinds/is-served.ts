import {apiVersionOf, kindWords, qualifiedPlural, type TargetKind} from '../../domain/kinds/kind-words.ts';
import type {ClusterConnection} from '../connect.ts';
import {discoverKinds, kruiseApiVersions, kruiseVersion} from '../discover-kinds.ts';
import {ClusterError} from '../errors.ts';
import {isRawObject, objectsOf} from '../parse/fields.ts';

type Connection = Pick<ClusterConnection, 'json'>;

/** What comes from a CustomResourceDefinition, as people call it; every cluster has the others. */
const ownNames = {ArgoRollout: 'Argo Rollouts', KruiseRollout: 'OpenKruise Rollouts', Application: 'KubeVela Applications'} as const;

type OwnKind = keyof typeof ownNames;

const isOwn = (kind: TargetKind): kind is OwnKind => Object.hasOwn(ownNames, kind);

/** That a cluster does not know a kind; undefined for one that every cluster has. */
export function notServedText(kind: TargetKind): string | undefined {
	return isOwn(kind) ? `this cluster has no ${ownNames[kind]} (${qualifiedPlural(kind)} is not served)` : undefined;
}

/** Argo CD shares the group of Argo Rollouts: only the list of a version's resources tells. What can't be found out is taken to be there. */
async function hasResource(connection: Connection, apiVersion: string, plural: string, signal?: AbortSignal): Promise<boolean> {
	try {
		const list = await connection.json({path: `/apis/${apiVersion}`, signal});
		return objectsOf(isRawObject(list) ? list.resources : undefined).some(({name}) => name === plural);
	} catch (error) {
		return !(error instanceof ClusterError && error.kind === 'not-found');
	}
}

/** Whether the cluster has this kind: one small request for each version where it comes from a CustomResourceDefinition, none else. What can't be found out is taken to be there. */
export async function isServed(connection: Connection, kind: TargetKind, signal?: AbortSignal): Promise<boolean> {
	if (!isOwn(kind)) return true;
	const versions = kind === 'KruiseRollout' ? kruiseApiVersions : [apiVersionOf(kind)];
	const found = await Promise.all(versions.map(version => hasResource(connection, version, kindWords[kind].plural, signal)));
	return found.includes(true);
}

/** Makes sure that the cluster has this kind. Throws ClusterError `not-found`, with what there is in its place. */
export async function checkServed(connection: Connection, kind: TargetKind, signal?: AbortSignal): Promise<void> {
	const text = notServedText(kind);
	if (text === undefined || (await isServed(connection, kind, signal))) return;
	const others = (['ArgoRollout', 'KruiseRollout', 'Application'] as const).filter(other => other !== kind);
	const served = await Promise.all(others.map(other => isServed(connection, other, signal)));
	const there = others.filter((_, index) => served[index] === true).map(other => `${ownNames[other]} (${referenceOf(other)})`);
	const hint = ['Deployments (deploy/NAME)', 'StatefulSets (sts/NAME)', 'DaemonSets (ds/NAME)', ...there].join(', ');
	throw new ClusterError(text, {kind: 'not-found', hint: `it has ${hint}; or choose another --context`});
}

function referenceOf(kind: OwnKind): string {
	const {short, group} = kindWords[kind];
	return kind === 'KruiseRollout' ? `${group}/NAME` : `${short}/NAME`;
}

/** `rollout` is Argo's, but where the cluster serves OpenKruise's alone that is meant. All other kinds are what they are, and nothing is asked. Never throws. */
export async function servedKind(connection: Connection, kind: TargetKind, signal?: AbortSignal): Promise<TargetKind> {
	if (kind !== 'ArgoRollout') return kind;
	// Who may not ask is told by the kind's own answer.
	const served = await discoverKinds(connection, signal).catch(() => undefined);
	if (served === undefined || kruiseVersion(served) === undefined) return kind;
	return served.has(kindWords.ArgoRollout.group) && (await isServed(connection, kind, signal)) ? kind : 'KruiseRollout';
}

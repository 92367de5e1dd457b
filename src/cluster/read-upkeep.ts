import type {JsonObject} from '../domain/json.ts';
import {type FieldManager, type Owner, ownersOf, type Reconciling, type Upkeep} from '../domain/ownership.ts';
import {objectPath} from './api-paths.ts';
import type {ClusterConnection} from './connect.ts';
import {isRawObject, objectOf, objectsOf, shownText, textOf} from './parse/fields.ts';
import {parseMetadata} from './parse/metadata.ts';

/** A question doesn't wait long for what would only be good to know. */
const timeoutMs = 3000;

/** Argo CD's applications live in its own namespace, unless it was told otherwise. */
const argoNamespace = 'argocd';

/**
 * Who keeps the object at a path, by its own metadata and the names of its field managers, and how the tool that does takes back what others change.
 * Undefined where it can't be read. Never throws: a question can be answered without it.
 */
export async function readUpkeep(connection: ClusterConnection, path: string, signal: AbortSignal): Promise<Upkeep | undefined> {
	const parsed = parseMetadata(await readOrNothing(connection, path, signal));
	if (parsed === undefined) return undefined;
	const {labels, annotations, uid} = parsed.metadata;
	const raw = objectOf(parsed.object.metadata);
	const input = {labels, annotations, managers: managersOf(raw), controller: controllerOf(raw)};
	const first = ownersOf(input)[0];
	const reconciling = first === undefined ? undefined : await readReconciling(connection, first, signal);
	return {...input, uid, reconciling};
}

async function readOrNothing(connection: ClusterConnection, path: string, signal: AbortSignal): Promise<unknown> {
	try {
		return await connection.json({path, signal, timeoutMs});
	} catch {
		return undefined;
	}
}

/** Who wrote the status is of no interest: controllers do. */
function managersOf({managedFields}: JsonObject): readonly FieldManager[] {
	return objectsOf(managedFields)
		.filter(({subresource}) => textOf(subresource) === undefined)
		.map(({manager, operation}) => ({name: shownText(manager), applies: operation === 'Apply'}));
}

function controllerOf({ownerReferences}: JsonObject): string | undefined {
	const owner = objectsOf(ownerReferences).find(({controller}) => controller === true);
	return owner === undefined ? undefined : `${shownText(owner.kind)} ${shownText(owner.name)}`;
}

/** Read where the tool says it: without the right to, it stays unknown. */
async function readReconciling(connection: ClusterConnection, {kind, name}: Owner, signal: AbortSignal): Promise<Reconciling | undefined> {
	const path = name === undefined ? undefined : toolPath(kind, name);
	if (path === undefined) return undefined;
	const tool = await readOrNothing(connection, path, signal);
	if (!isRawObject(tool)) return undefined;
	return kind === 'argo-cd' ? argoReconciling(objectOf(tool.spec)) : fluxReconciling(objectOf(tool.spec));
}

function toolPath(kind: Owner['kind'], name: string): string | undefined {
	if (kind === 'argo-cd') return argoPath(name);
	const [namespace, own] = name.split('/');
	if (namespace === undefined || own === undefined) return undefined;
	const of = (group: string, plural: string) => objectPath(`/apis/${group}/namespaces/${encodeURIComponent(namespace)}/${plural}`, own);
	if (kind === 'flux-kustomization') return of('kustomize.toolkit.fluxcd.io/v1', 'kustomizations');
	return kind === 'flux-helm-release' ? of('helm.toolkit.fluxcd.io/v2', 'helmreleases') : undefined;
}

/** An application of another namespace is named `NAMESPACE_NAME`. argo-cd: util/argo InstanceName. */
function argoPath(name: string): string {
	const [namespace, own] = name.includes('_') ? name.split('_', 2) : [argoNamespace, name];
	return objectPath(`/apis/argoproj.io/v1alpha1/namespaces/${encodeURIComponent(namespace ?? argoNamespace)}/applications`, own ?? name);
}

/** argo-cd: the types' SyncPolicyAutomated; `enabled: false` turns it off without taking it out. */
function argoReconciling(spec: JsonObject): Reconciling {
	const {automated} = objectOf(spec.syncPolicy);
	if (!isRawObject(automated) || automated.enabled === false) return {kind: 'by-hand'};
	return automated.selfHeal === true ? {kind: 'self-heals'} : {kind: 'automatic', every: undefined};
}

function fluxReconciling({suspend, interval}: JsonObject): Reconciling {
	return suspend === true ? {kind: 'suspended'} : {kind: 'automatic', every: shownText(interval) || undefined};
}

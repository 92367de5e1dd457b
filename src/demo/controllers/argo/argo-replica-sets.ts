import type {JsonObject} from '../../../domain/json.ts';
import {sameJson} from '../../../domain/same-template.ts';
import {defaultTemplate} from '../../api/kinds/pod-spec.ts';
import type {PodTemplate, ReplicaSet} from '../kinds.ts';
import {controllerReference} from '../owners.ts';
import {pathOf} from '../paths.ts';
import {templateHash} from '../template-hash.ts';
import {type ArgoPass, replicasOf} from './argo-pass.ts';
import {type ArgoRollout, argoHashLabel, argoRevision} from './kinds.ts';

const desiredKey = 'rollout.argoproj.io/desired-replicas';
const historyKey = 'rollout.argoproj.io/revision-history';

/** A Rollout's template as a ReplicaSet would show it: its own kind has no defaults. */
function withDefaults(template: PodTemplate): PodTemplate {
	return defaultTemplate(template as unknown as JsonObject) as unknown as PodTemplate;
}

function withoutArgoHash({metadata, ...template}: PodTemplate): JsonObject {
	const {[argoHashLabel]: _, ...labels} = metadata?.labels ?? {};
	return {...template, metadata: {...metadata, labels}} as unknown as JsonObject;
}

/** The ReplicaSet with the Rollout's template. */
export function newestOf({rollout, replicaSets}: ArgoPass): ReplicaSet | undefined {
	const template = withoutArgoHash(withDefaults(rollout.spec.template));
	return replicaSets.find(({spec}) => sameJson(withoutArgoHash(spec.template), template));
}

/** By which its pods are told. */
export function argoHashOf({metadata}: ReplicaSet): string {
	return metadata.labels?.[argoHashLabel] ?? '';
}

function numberOf({metadata}: Pick<ReplicaSet, 'metadata'>): number {
	return Number(metadata.annotations?.[argoRevision] ?? 0);
}

/** The number that the newest is to have: one more than all others. */
export function nextRevision({replicaSets}: ArgoPass, newest: ReplicaSet | undefined): number {
	return Math.max(0, ...replicaSets.filter(set => set !== newest).map(numberOf)) + 1;
}

/** Makes the ReplicaSet for a new template; it has no pods yet. */
export async function createNewest(pass: ArgoPass): Promise<ReplicaSet> {
	const {context, rollout} = pass;
	const {metadata, spec} = rollout;
	const template = withDefaults(spec.template);
	const hash = templateHash(template, undefined);
	const labels = {...template.metadata?.labels, [argoHashLabel]: hash};
	const body = {
		apiVersion: 'apps/v1',
		kind: 'ReplicaSet',
		metadata: {
			name: `${metadata.name}-${hash}`,
			namespace: metadata.namespace,
			labels,
			annotations: {[desiredKey]: String(replicasOf(rollout)), [argoRevision]: String(nextRevision(pass, undefined))},
			ownerReferences: [controllerReference(rollout)],
		},
		spec: {
			replicas: 0,
			...(spec.minReadySeconds === undefined ? {} : {minReadySeconds: spec.minReadySeconds}),
			selector: {...spec.selector, matchLabels: {...spec.selector.matchLabels, [argoHashLabel]: hash}},
			template: {...template, metadata: {...template.metadata, labels}},
		},
	};
	return (await context.api.send({method: 'POST', path: pathOf('apps/v1', 'replicasets', metadata.namespace), body})) as ReplicaSet;
}

/** An old template that is the newest again gets the newest number; its old ones are remembered. Gives whether it wrote. */
export async function renumber(pass: ArgoPass, newest: ReplicaSet): Promise<boolean> {
	const revision = nextRevision(pass, newest);
	const {annotations = {}} = newest.metadata;
	const old = annotations[argoRevision] ?? '';
	if (old === String(revision)) return false;
	const history = [annotations[historyKey], old].filter(Boolean).join(',');
	await patchSet(pass, newest, {metadata: {annotations: {[argoRevision]: String(revision), ...(history === '' ? {} : {[historyKey]: history})}}});
	return true;
}

/** Gives a ReplicaSet its size. Gives whether that changed anything. */
export async function resize(pass: ArgoPass, replicaSet: ReplicaSet, replicas: number): Promise<boolean> {
	if (replicaSet.spec.replicas === replicas) return false;
	await patchSet(pass, replicaSet, {metadata: {annotations: {[desiredKey]: String(replicasOf(pass.rollout))}}, spec: {replicas}});
	return true;
}

async function patchSet({context}: ArgoPass, {metadata}: ReplicaSet, body: object): Promise<void> {
	const path = pathOf('apps/v1', 'replicasets', metadata.namespace, metadata.name);
	await context.api.send({method: 'PATCH', path, body, contentType: 'application/merge-patch+json'});
}

/** Old ones without pods, beyond those that the Rollout keeps, go: the oldest first. */
export async function cleanHistory({context, rollout}: ArgoPass, others: readonly ReplicaSet[]): Promise<void> {
	const empty = others.filter(({spec, status}) => spec.replicas === 0 && (status?.replicas ?? 0) === 0);
	const surplus = empty.length - historyLimit(rollout);
	for (const {metadata} of empty.toSorted((left, right) => numberOf(left) - numberOf(right)).slice(0, Math.max(0, surplus)))
		await context.api.send({method: 'DELETE', path: pathOf('apps/v1', 'replicasets', metadata.namespace, metadata.name)});
}

function historyLimit({spec}: ArgoRollout): number {
	return spec.revisionHistoryLimit ?? 10;
}

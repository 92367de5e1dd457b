import {setMaxListeners} from 'node:events';
import {kindWords, type WorkloadKind} from '../domain/kinds/kind-words.ts';
import {kindsOf, namesOf, type WorkloadSelection} from '../domain/workload-selection.ts';
import type {ClusterConnection} from './connect.ts';
import {discoverKinds, kruiseVersion} from './discover-kinds.ts';
import {createManyJoin, type ManyJoin} from './follow/many-join.ts';
import {secondLabel} from './follow/release-join.ts';
import type {InformerPolicy} from './informer/policy.ts';
import type {StreamEvent} from './informer/source.ts';
import {runInformer} from './informer.ts';
import {isServed, notServedText} from './kinds/is-served.ts';
import {collectionOf, kindSources} from './kinds/kind-source.ts';
import {parseKruiseRollout} from './parse/kruise-rollout.ts';

export type FollowManyOptions = {
	readonly connection: Pick<ClusterConnection, 'open' | 'json' | 'namespace'>;
	readonly selection: WorkloadSelection;
	readonly emit: (kind: WorkloadKind, event: StreamEvent<'workloads'>) => void;
	/** The cluster does not serve this kind: nothing will come of it. */
	readonly onAbsent: (kind: WorkloadKind) => void;
	readonly signal: AbortSignal;
	readonly policy?: Partial<InformerPolicy> | undefined;
};

/** What comes from CustomResourceDefinitions: whether the cluster has Argo Rollouts, and the version of OpenKruise's. */
type Served = {readonly argo: boolean; readonly kruise: string | undefined};

/** One request for both; a second one where something of Argo's is there. */
async function findServed(connection: FollowManyOptions['connection'], kinds: readonly WorkloadKind[], signal: AbortSignal): Promise<Served> {
	const groups = await discoverKinds(connection, signal).catch(() => undefined);
	const mayHaveArgo = kinds.includes('ArgoRollout') && groups?.has(kindWords.ArgoRollout.group) !== false;
	return {argo: mayHaveArgo && (await isServed(connection, 'ArgoRollout', signal)), kruise: groups && kruiseVersion(groups)};
}

/**
 * Follows the workloads of a selection, a list and a watch for each kind, until the signal aborts; their ReplicaSets and pods are not read. Deployments are told as
 * OpenKruise steers them, Argo Rollouts with the templates that they name. Never throws.
 */
export async function followMany(options: FollowManyOptions): Promise<void> {
	const {connection, emit, onAbsent, signal} = options;
	setMaxListeners(0, signal);
	const kinds = kindsOf(options.selection);
	const [plain, others] = [kinds.filter(kind => !isJoined(kind)), kinds.filter(isJoined)];
	const following = plain.map(kind => followKind(options, kind, emit));
	const followJoined = async () => {
		const {argo, kruise} = await findServed(connection, others, signal);
		if (signal.aborted) return;
		if (!argo && others.includes('ArgoRollout')) onAbsent('ArgoRollout');
		const there = others.filter(kind => kind !== 'ArgoRollout' || argo);
		const steered = kruise !== undefined && there.includes('Deployment');
		const join = argo || steered ? createManyJoin(emit) : undefined;
		const rollouts = join !== undefined && steered ? followRollouts(options, kruise, join) : undefined;
		// Else what OpenKruise holds would be told as paused by somebody at first.
		await rollouts?.known;
		await Promise.all([...there.map(kind => followKind(options, kind, join?.of ?? emit, steered)), rollouts?.ended]);
	};
	if (others.length > 0) following.push(followJoined());
	await Promise.all(following);
}

const isJoined = (kind: WorkloadKind) => kind === 'Deployment' || kind === 'ArgoRollout';

/** `known`: all have been listed, or can't be. */
function followRollouts({connection, selection, signal, policy}: FollowManyOptions, version: string, join: ManyJoin) {
	let tell = () => {};
	const known = new Promise<void>(resolve => {
		tell = resolve;
	});
	signal.addEventListener('abort', () => tell(), {once: true});
	const place = isEverywhere(selection) ? '' : `namespaces/${encodeURIComponent(connection.namespace)}/`;
	const ended = runInformer({
		...{connection, signal, policy, mayBeAbsent: true},
		stream: 'workloads',
		path: `/apis/${version}/${place}rollouts`,
		parse: parseKruiseRollout,
		emit: event => {
			join.rollouts(event);
			if (event.type === 'listed' || (event.type === 'stream-changed' && event.condition.kind !== 'syncing')) tell();
		},
	});
	return {known, ended};
}

const isEverywhere = (selection: WorkloadSelection) => selection.kind === 'matching' && selection.allNamespaces;

/** `withSeconds`: what OpenKruise makes beside a Deployment that was named belongs to it. */
async function followKind(
	{connection, selection, signal, policy}: FollowManyOptions,
	kind: WorkloadKind,
	emit: FollowManyOptions['emit'],
	withSeconds = false,
): Promise<void> {
	const names = namesOf(selection, kind);
	const wanted = new Set(names);
	const hasSeconds = withSeconds && kind === 'Deployment';
	await runInformer({
		connection,
		signal,
		policy,
		stream: 'workloads',
		path: collectionOf(kind, isEverywhere(selection) ? undefined : connection.namespace),
		labelSelector: selection.kind === 'matching' ? selection.labelSelector : undefined,
		// One name the API server picks out itself; of several the whole collection is watched, once.
		fieldSelector: names?.length === 1 && !hasSeconds ? `metadata.name=${names[0]}` : undefined,
		parse: kindSources[kind].parse,
		notServed: notServedText(kind),
		wants: names === undefined ? undefined : ({name, labels}) => wanted.has(name) || (hasSeconds && wanted.has(labels[secondLabel] ?? '')),
		emit: event => emit(kind, event),
	});
}

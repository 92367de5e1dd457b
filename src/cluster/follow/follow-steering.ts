import type {KruiseRollout} from '../../domain/release.ts';
import {apiPaths} from '../api-paths.ts';
import type {ClusterConnection} from '../connect.ts';
import {discoverKinds, kruiseVersion} from '../discover-kinds.ts';
import {asClusterError} from '../errors.ts';
import {createLine} from '../informer/line.ts';
import {createPatience} from '../informer/patience.ts';
import {defaultPolicy} from '../informer/policy.ts';
import {remedyFor} from '../informer/remedy.ts';
import type {StreamEvent} from '../informer/source.ts';
import {runInformer} from '../informer.ts';
import {parseKruiseRollout} from '../parse/kruise-rollout.ts';
import {parseWorkload} from '../parse/workload.ts';
import type {FollowSetting} from './follow-owned.ts';
import {type ReleaseJoin, secondLabel} from './release-join.ts';
import {createRestartable} from './restartable.ts';

export type Steering = {
	/** Resolves when it is known whether something steers the Deployment, as far as that can be known. */
	readonly known: Promise<void>;
	readonly ended: Promise<void>;
};

type SteeringSetting = Omit<FollowSetting, 'connection'> & {readonly connection: Pick<ClusterConnection, 'open' | 'json' | 'namespace'>};

/** Looks for the OpenKruise Rollout that steers a Deployment, and follows it and the Deployment that it makes beside. Where the cluster has none: one request. */
export function followSteering({connection, signal, policy}: SteeringSetting, name: string, join: ReleaseJoin): Steering {
	let tell = () => {};
	const known = new Promise<void>(resolve => {
		tell = resolve;
	});
	const seconds = createRestartable(signal);
	const shared = {connection, policy, stream: 'workloads', mayBeAbsent: true} as const;
	const onRollouts = (event: StreamEvent<'workloads', KruiseRollout>) => {
		join.rollouts(event);
		if (event.type === 'listed' || (event.type === 'stream-changed' && event.condition.kind !== 'syncing')) tell();
		if (join.names().rollout === undefined) return;
		const labelSelector = `${secondLabel}=${name}`;
		const path = apiPaths.deployments(connection.namespace);
		seconds.start(name, restarted => runInformer({...shared, path, labelSelector, parse: parseWorkload, emit: join.seconds, signal: restarted}));
	};
	async function run(): Promise<void> {
		const version = await discovered();
		if (version === undefined || signal.aborted) return tell();
		const path = `/apis/${version}/namespaces/${encodeURIComponent(connection.namespace)}/rollouts`;
		const wants = ({workloadRef}: KruiseRollout) => workloadRef.kind === 'Deployment' && workloadRef.name === name;
		await runInformer({...shared, path, parse: parseKruiseRollout, wants, emit: onRollouts, signal});
		await seconds.ended();
	}
	/** An API server that has trouble says nothing about OpenKruise: it is asked until it does, but nobody waits for that. */
	async function discovered(): Promise<string | undefined> {
		const full = {...defaultPolicy, ...policy};
		const patience = createPatience(full, createLine(connection, full, signal), signal);
		while (!signal.aborted) {
			try {
				return kruiseVersion(await discoverKinds(connection, signal));
			} catch (error) {
				tell();
				const failure = asClusterError(error);
				await (remedyFor(failure, true) === 'rest' ? patience.rest() : patience.after(failure)).pass();
			}
		}
		return undefined;
	}
	signal.addEventListener('abort', () => tell(), {once: true});
	return {known, ended: run()};
}

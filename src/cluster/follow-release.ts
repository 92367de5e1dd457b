import type {ReleaseKind} from '../domain/kinds/kind-words.ts';
import type {StreamName} from '../domain/stream.ts';
import type {ClusterEvent} from '../store/event.ts';
import {apiPaths} from './api-paths.ts';
import type {ClusterConnection} from './connect.ts';
import {kruiseCollection} from './discover-kinds.ts';
import {type Beside, createBeside} from './follow/follow-beside.ts';
import {followEvents} from './follow/follow-events.ts';
import {type FollowSetting, followOwned} from './follow/follow-owned.ts';
import {type FollowedServices, followServices} from './follow/follow-services.ts';
import {createReleaseJoin, type ReleaseJoin, secondLabel} from './follow/release-join.ts';
import {createRestartable, type Restartable} from './follow/restartable.ts';
import {defaultPolicy} from './informer/policy.ts';
import type {StreamEvent} from './informer/source.ts';
import {runInformer} from './informer.ts';
import {notServedText} from './kinds/is-served.ts';
import {collectionOf} from './kinds/kind-source.ts';
import {parseApplication} from './parse/application.ts';
import {parseKruiseRollout} from './parse/kruise-rollout.ts';
import {parseWorkload} from './parse/workload.ts';

export type FollowReleaseOptions = Omit<FollowSetting, 'connection'> & {
	readonly connection: Pick<ClusterConnection, 'open' | 'json' | 'namespace'>;
	readonly kind: ReleaseKind;
	readonly name: string;
	readonly emit: (event: ClusterEvent) => void;
};

const waitingStreams: readonly StreamName[] = ['revisions', 'pods', 'endpointslices'];

class ReleaseFollower {
	readonly #options: FollowReleaseOptions;
	readonly #shared: Pick<FollowReleaseOptions, 'connection' | 'policy'>;
	readonly #watches: Readonly<Record<'rollouts' | 'deployments' | 'seconds' | 'owned' | 'events', Restartable>>;
	readonly #services: FollowedServices;
	readonly #beside: Beside;
	readonly #collection: Promise<string>;
	readonly #join: ReleaseJoin;

	constructor(options: FollowReleaseOptions) {
		const {connection, kind, name, emit, signal, policy} = options;
		this.#options = options;
		this.#shared = {connection, policy};
		const restartable = () => createRestartable(signal);
		this.#watches = {rollouts: restartable(), deployments: restartable(), seconds: restartable(), owned: restartable(), events: restartable()};
		this.#services = followServices({connection, emit, signal, policy});
		this.#beside = createBeside(options, 'Deployment', emit);
		this.#collection = kruiseCollection(connection, connection.namespace, signal);
		this.#join = createReleaseJoin(
			{kind, name},
			event => this.#tell(event),
			at => this.#onJoined(at),
		);
	}

	async run(): Promise<void> {
		const {connection, kind, name, signal} = this.#options;
		this.#watchNamed();
		const path = collectionOf('Application', connection.namespace);
		const named = {
			...this.#shared,
			stream: 'workloads',
			path,
			fieldSelector: `metadata.name=${name}`,
			notServed: notServedText('Application'),
			signal,
		} as const;
		const applications = kind === 'Application' ? runInformer({...named, parse: parseApplication, emit: this.#above(this.#join.applications)}) : undefined;
		await Promise.all([applications, this.#services.ended]);
		await Promise.all([...Object.values(this.#watches).map(watch => watch.ended()), this.#beside.ended()]);
	}

	#tell(event: ClusterEvent): void {
		this.#options.emit(event);
		this.#beside.heard(event);
	}

	/** What stands above names what stands below. */
	#above<T>(take: (event: StreamEvent<'workloads', T>) => void) {
		return (event: StreamEvent<'workloads', T>) => {
			take(event);
			this.#watchNamed();
		};
	}

	#watchNamed(): void {
		const {rollout, deployment} = this.#join.names();
		if (rollout !== undefined) this.#watches.rollouts.start(rollout, signal => this.#watchRollout(rollout, signal));
		if (deployment === undefined) return;
		const path = apiPaths.deployments(this.#options.connection.namespace);
		const deployments = {...this.#shared, stream: 'workloads', path, parse: parseWorkload} as const;
		const {deployments: own, seconds} = this.#join;
		this.#watches.deployments.start(deployment, signal => runInformer({...deployments, fieldSelector: `metadata.name=${deployment}`, emit: own, signal}));
		this.#watches.seconds.start(deployment, signal => runInformer({...deployments, labelSelector: `${secondLabel}=${deployment}`, emit: seconds, signal}));
	}

	async #watchRollout(rollout: string, signal: AbortSignal): Promise<void> {
		const path = await this.#collection;
		const named = {
			...this.#shared,
			stream: 'workloads',
			path,
			fieldSelector: `metadata.name=${rollout}`,
			notServed: notServedText('KruiseRollout'),
			signal,
		} as const;
		await runInformer({...named, parse: parseKruiseRollout, emit: this.#above(this.#join.rollouts)});
	}

	#onJoined(at: number): void {
		const deployment = this.#join.deployment();
		const {owned} = this.#watches;
		this.#services.templateLabels(deployment?.template.labels ?? {});
		this.#watchEvents(deployment === undefined ? [this.#options.name] : [deployment.name, ...this.#join.secondNames()]);
		if (deployment === undefined) {
			owned.start('', async () => this.#tellNothing(at));
			return;
		}
		const {uid, selectorQuery} = deployment;
		const {revisions, pods} = this.#join;
		owned.start(`${uid} ${selectorQuery}`, signal => followOwned({...this.#shared, signal}, 'Deployment', selectorQuery, {revisions, pods}));
	}

	#watchEvents(names: readonly string[]): void {
		const {emit} = this.#options;
		const workloads = names.map(name => ({kind: 'Deployment', name}) as const);
		this.#watches.events.start(names.join(), signal => followEvents({...this.#shared, signal}, {workloads}, emit));
	}

	/** There is no Deployment yet: that it has no pods is known for sure. */
	#tellNothing(at: number): void {
		for (const stream of ['revisions', 'pods'] as const) {
			this.#tell({type: 'listed', stream, items: [], at});
			this.#tell({type: 'stream-changed', stream, condition: {kind: 'live', since: at}});
		}
	}
}

/**
 * Follows an OpenKruise Rollout or a KubeVela Application with the Deployment that it steers and all that belongs to that, until the signal aborts: what is emitted
 * as the workload is all of them in one. A workflow that waits before it has made a Deployment is a workload without pods. Emits ClusterEvents; never throws.
 */
export async function followRelease(options: FollowReleaseOptions): Promise<void> {
	const since = (options.policy?.now ?? defaultPolicy.now)();
	for (const stream of waitingStreams) options.emit({type: 'stream-changed', stream, condition: {kind: 'syncing', since}});
	await new ReleaseFollower(options).run();
}

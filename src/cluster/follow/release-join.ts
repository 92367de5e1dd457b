import {steeredDeployment} from '../../domain/kinds/kruise/steered.ts';
import {deploymentOfApplication, unmadeDeployment} from '../../domain/kinds/vela/steered.ts';
import type {Application, KruiseRollout} from '../../domain/release.ts';
import {plainText} from '../../domain/sanitise.ts';
import type {StreamCondition} from '../../domain/stream.ts';
import type {Deployment} from '../../domain/workload.ts';
import type {ClusterEvent} from '../../store/event.ts';
import type {StreamEvent} from '../informer/source.ts';
import {createPart, type Part} from './part.ts';
import {createSecondPods, type SecondPods} from './second-pods.ts';

/** What is followed: what steers a Deployment from above, or the Deployment itself. */
export type ReleaseTarget = {readonly kind: 'KruiseRollout' | 'Application' | 'Deployment'; readonly name: string};

/** Names of what has to be watched, as far as they are known by now. */
export type ReleaseNames = {readonly rollout: string | undefined; readonly deployment: string | undefined};

/** Puts a Deployment and what steers it together to one workload. */
export type ReleaseJoin = {
	readonly applications: (event: StreamEvent<'workloads', Application>) => void;
	readonly rollouts: (event: StreamEvent<'workloads', KruiseRollout>) => void;
	/** The Deployment, by its name. */
	readonly deployments: (event: StreamEvent<'workloads', Deployment>) => void;
	/** Those with new pods beside it. */
	readonly seconds: (event: StreamEvent<'workloads', Deployment>) => void;
	readonly revisions: SecondPods['revisions'];
	readonly pods: SecondPods['pods'];
	readonly names: () => ReleaseNames;
	/** The workload as it was last told. */
	readonly joined: () => Deployment | undefined;
	/** The Deployment as it is told of; undefined: there is none, or it has not been made yet. */
	readonly deployment: () => Deployment | undefined;
	readonly secondNames: () => readonly string[];
};

type Heard = Pick<Part<never>, 'isListed' | 'condition'>;

/** Label of the Deployment that OpenKruise makes beside another one; its value is the other one's name. */
export const secondLabel = 'rollouts.kruise.io/canary-deployment';

const badness: Readonly<Record<StreamCondition['kind'], number>> = {live: 0, syncing: 1, lost: 2, forbidden: 3};

class Join {
	readonly #target: ReleaseTarget;
	readonly #emit: (event: ClusterEvent) => void;
	readonly #onJoined: (at: number) => void;
	readonly #ofSecond: SecondPods;
	readonly applications: Part<Application> = createPart(at => this.#tell(at));
	readonly rollouts: Part<KruiseRollout> = createPart(at => this.#tell(at));
	readonly deployments: Part<Deployment> = createPart(at => this.#tell(at));
	readonly seconds: Part<Deployment> = createPart(at => this.#tell(at));
	#condition: StreamCondition | undefined;
	#joined: Deployment | undefined;
	/** What came is told as it came. */
	#isQuiet = false;
	#known: ReleaseNames = {rollout: undefined, deployment: undefined};

	constructor(target: ReleaseTarget, emit: (event: ClusterEvent) => void, onJoined: (at: number) => void, ofSecond: SecondPods) {
		this.#target = target;
		this.#emit = emit;
		this.#onJoined = onJoined;
		this.#ofSecond = ofSecond;
	}

	names(): ReleaseNames {
		const {kind, name} = this.#target;
		if (kind === 'Deployment') return {rollout: this.#steering(name)?.name, deployment: name};
		return kind === 'KruiseRollout' ? {rollout: name, deployment: deploymentOf(this.#rolloutNamed(name))} : this.#namesOfApplication();
	}

	/** Those of the Deployments beside the one that is told of. */
	secondNames(): readonly string[] {
		return this.#secondsOf(this.#joined).map(({name}) => name);
	}

	joined(): Deployment | undefined {
		return this.#joined;
	}

	deployment(): Deployment | undefined {
		return this.#joined?.selectorQuery === '' ? undefined : this.#joined;
	}

	takeDeployments(event: StreamEvent<'workloads', Deployment>): void {
		this.#isQuiet = this.#target.kind === 'Deployment' && this.names().rollout === undefined && this.#joined?.release === undefined;
		this.deployments.take(event);
		if (this.#isQuiet) this.#emit(event);
		else this.passOn(event);
		this.#isQuiet = false;
	}

	/** What says nothing of objects. */
	passOn(event: StreamEvent<'workloads', unknown>): void {
		if (event.type === 'malformed' || event.type === 'stream-heard') this.#emit(event);
	}

	#rolloutNamed(name: string | undefined): KruiseRollout | undefined {
		return this.rollouts.all().find(one => one.name === name);
	}

	#steering(deployment: string): KruiseRollout | undefined {
		return this.rollouts.all().find(({workloadRef}) => workloadRef.kind === 'Deployment' && workloadRef.name === deployment);
	}

	/** While a rollback is under way an Application says that it has applied nothing: then what it had applied counts. */
	#namesOfApplication(): ReleaseNames {
		const [application] = this.applications.all();
		const rollout = application?.applied.rollouts[0] ?? this.#known.rollout;
		const deployment = deploymentOf(this.#rolloutNamed(rollout)) ?? application?.applied.deployments[0] ?? this.#known.deployment;
		this.#known = {rollout, deployment};
		return this.#known;
	}

	/** All that must have been listed before anything is told. */
	#needed(): readonly Heard[] {
		const {rollout, deployment} = this.names();
		const {kind} = this.#target;
		return [
			...(kind === 'Application' ? [this.applications] : []),
			...(kind !== 'Deployment' && rollout !== undefined ? [this.rollouts] : []),
			...(deployment === undefined ? [] : [this.deployments]),
		];
	}

	#secondsOf(of: Deployment | undefined): readonly Deployment[] {
		if (of === undefined) return [];
		const own = [...this.seconds.all(), ...this.deployments.all()].filter(({labels}) => labels[secondLabel] === of.name);
		return own.toSorted((left, right) => (right.createdAt ?? 0) - (left.createdAt ?? 0));
	}

	#join(): Deployment | undefined {
		const {deployment: name, rollout: steering} = this.names();
		const bare = this.deployments.all().find(one => one.name === name);
		const rollout = this.#rolloutNamed(steering);
		if (this.#target.kind === 'Application') return this.#ofApplication(bare, rollout);
		if (bare === undefined) return undefined;
		if (rollout === undefined) return this.#target.kind === 'Deployment' ? bare : undefined;
		const [second] = this.#secondsOf(bare);
		return versioned(steeredDeployment(bare, rollout, second), [bare, rollout, second]);
	}

	#ofApplication(bare: Deployment | undefined, rollout: KruiseRollout | undefined): Deployment | undefined {
		const [application] = this.applications.all();
		if (application === undefined) return undefined;
		const [second] = this.#secondsOf(bare);
		const deployment = bare ?? unmadeDeployment(application);
		return versioned(deploymentOfApplication(deployment, {...application, rollout}, second), [bare, rollout, application, second]);
	}

	/** A Rollout can steer other kinds of workloads, too. */
	#unfollowed(at: number): readonly StreamCondition[] {
		const rollout = this.#target.kind === 'Deployment' ? undefined : this.#rolloutNamed(this.names().rollout);
		if (rollout === undefined || rollout.workloadRef.kind === 'Deployment') return [];
		const {kind, name} = rollout.workloadRef;
		return [{kind: 'forbidden', since: at, reason: `the Rollout steers ${plainText(`${kind}/${name}`)}: only Deployments can be followed under one`}];
	}

	#tell(at: number): void {
		const parts = this.#needed();
		if (parts.every(part => part.isListed())) this.#tellJoined(at);
		const conditions = [...parts.map(part => part.condition()), ...this.#unfollowed(at)];
		const worst = conditions.reduce((left, right) => (badness[right.kind] > badness[left.kind] ? right : left));
		if (worst !== this.#condition && !this.#isQuiet) this.#emit({type: 'stream-changed', stream: 'workloads', condition: worst});
		this.#condition = worst;
	}

	#tellJoined(at: number): void {
		this.#joined = this.#join();
		const seconds = this.#secondsOf(this.#joined).map(({uid}) => uid);
		this.#ofSecond.steered(this.#joined, seconds, at);
		if (!this.#isQuiet) this.#emit({type: 'listed', stream: 'workloads', items: this.#joined === undefined ? [] : [this.#joined], at});
		this.#onJoined(at);
	}
}

/** Emits the stream `workloads` once all that is needed has been listed, each time as one whole object; revisions and pods of a second Deployment as the first one's. */
export function createReleaseJoin(target: ReleaseTarget, emit: (event: ClusterEvent) => void, onJoined: (at: number) => void = () => {}): ReleaseJoin {
	const ofSecond = createSecondPods(emit);
	const join = new Join(target, emit, onJoined, ofSecond);
	function into<T>(part: Part<T>) {
		return (event: StreamEvent<'workloads', T>) => {
			part.take(event);
			join.passOn(event);
		};
	}
	return {
		applications: into(join.applications),
		rollouts: into(join.rollouts),
		deployments: event => join.takeDeployments(event),
		seconds: into(join.seconds),
		revisions: ofSecond.revisions,
		pods: ofSecond.pods,
		names: () => join.names(),
		joined: () => join.joined(),
		deployment: () => join.deployment(),
		secondNames: () => join.secondNames(),
	};
}

function deploymentOf(rollout: KruiseRollout | undefined): string | undefined {
	return rollout?.workloadRef.kind === 'Deployment' ? rollout.workloadRef.name : undefined;
}

/** One version of all that it is made of: each new state of any of them is a new state of the whole. */
function versioned(deployment: Deployment, parts: readonly ({readonly resourceVersion: string} | undefined)[]): Deployment {
	return {...deployment, resourceVersion: parts.flatMap(part => part?.resourceVersion ?? []).join('+')};
}

import type {WorkloadKind} from '../../domain/kinds/kind-words.ts';
import {steeredDeployment} from '../../domain/kinds/kruise/steered.ts';
import type {KruiseRollout} from '../../domain/release.ts';
import type {ArgoRollout, Deployment, Workload} from '../../domain/workload.ts';
import type {ObjectChange} from '../../store/event.ts';
import {withTemplateOf} from '../argo/template-join.ts';
import type {StreamEvent} from '../informer/source.ts';
import {takeInto} from './part.ts';
import {secondLabel} from './release-join.ts';

type Emit = (kind: WorkloadKind, event: StreamEvent<'workloads'>) => void;

/** Puts together what stands in several objects, for a whole list of them. */
export type ManyJoin = {
	/** What the list and watch of a kind brings. */
	readonly of: Emit;
	/** OpenKruise's Rollouts, in the same places. */
	readonly rollouts: (event: StreamEvent<'workloads', KruiseRollout>) => void;
};

type Brought<T = Workload> = Extract<StreamEvent<'workloads', T>, {type: 'listed' | 'changed'}>;

type Named = {readonly namespace: string; readonly name: string};

const keyOf = ({namespace, name}: Named) => `${namespace}/${name}`;

/** The Deployment that a Rollout steers, or that holds its template. */
function targetOf({namespace, workloadRef}: KruiseRollout | ArgoRollout): string | undefined {
	return workloadRef?.kind === 'Deployment' ? keyOf({namespace, name: workloadRef.name}) : undefined;
}

/** The Deployment beside which OpenKruise has made this one; undefined: it was not made so. */
function mainOf({namespace, labels}: Deployment): string | undefined {
	const name = labels[secondLabel];
	return name === undefined ? undefined : keyOf({namespace, name});
}

const observed = (object: Workload) => ({kind: 'observed', object}) as const;

class Join {
	readonly #emit: Emit;
	readonly #deployments = new Map<string, Deployment>();
	readonly #argo = new Map<string, ArgoRollout>();
	readonly #kruise = new Map<string, KruiseRollout>();
	/** Deployments by their names. */
	#named = new Map<string, Deployment>();

	constructor(emit: Emit) {
		this.#emit = emit;
	}

	takeArgo(event: Brought): void {
		const joined = (workload: Workload) => (workload.kind === 'ArgoRollout' ? this.#withTemplate(workload) : workload);
		if (event.type === 'listed') {
			takeInto(this.#argo, {type: 'listed', items: event.items.filter(one => one.kind === 'ArgoRollout')});
			this.#emit('ArgoRollout', {...event, items: event.items.map(joined)});
		} else {
			takeInto(this.#argo, {type: 'changed', changes: event.changes.flatMap(argoChange)});
			this.#emit('ArgoRollout', {...event, changes: event.changes.map(change => (change.kind === 'gone' ? change : observed(joined(change.object))))});
		}
	}

	takeDeployments(event: Brought): void {
		if (event.type === 'changed') {
			this.#changeDeployments(event);
			return;
		}
		takeInto(this.#deployments, {type: 'listed', items: event.items.filter(one => one.kind === 'Deployment')});
		this.#nameDeployments();
		this.#emit('Deployment', {...event, items: [...this.#deployments.values()].flatMap(one => this.#shown(one))});
		this.#tellArgo(undefined, event.at);
	}

	#changeDeployments(event: Extract<Brought, {type: 'changed'}>): void {
		const known = () => event.changes.flatMap(change => this.#deployments.get(change.kind === 'gone' ? change.uid : change.object.uid) ?? []);
		const before = known();
		takeInto(this.#deployments, {type: 'changed', changes: event.changes.flatMap(deploymentChange)});
		this.#nameDeployments();
		const touched = [...before, ...known()];
		const mains = touched.flatMap(one => this.#named.get(mainOf(one) ?? '') ?? []);
		const own = event.changes.flatMap((change): readonly ObjectChange<Workload>[] => {
			const deployment = change.kind === 'gone' ? undefined : this.#deployments.get(change.object.uid);
			return deployment === undefined ? [change] : this.#shown(deployment).map(observed);
		});
		this.#emit('Deployment', {...event, changes: [...own, ...mains.flatMap(one => this.#shown(one)).map(observed)]});
		this.#tellArgo(new Set(touched.map(keyOf)), event.at);
	}

	#nameDeployments(): void {
		this.#named = new Map(Array.from(this.#deployments.values(), one => [keyOf(one), one]));
	}

	takeKruise(event: Brought<KruiseRollout>): void {
		const targets = () => [...this.#kruise.values()].flatMap(rollout => targetOf(rollout) ?? []);
		const before = targets();
		takeInto(this.#kruise, event);
		const concerned = new Set([...before, ...targets()]);
		const near = [...this.#deployments.values()].filter(one => concerned.has(keyOf(one)) || concerned.has(mainOf(one) ?? ''));
		const changes = near.map((one): ObjectChange<Workload> => {
			const [shown] = this.#shown(one);
			return shown === undefined ? {kind: 'gone', uid: one.uid} : observed(shown);
		});
		if (changes.length > 0) this.#emit('Deployment', {type: 'changed', stream: 'workloads', changes, at: event.at});
	}

	/** Those whose template one of the Deployments holds; undefined: all. */
	#tellArgo(keys: ReadonlySet<string> | undefined, at: number): void {
		const concerned = [...this.#argo.values()].filter(rollout => {
			const target = targetOf(rollout);
			return target !== undefined && (keys === undefined || keys.has(target));
		});
		const changes = concerned.map(rollout => observed(this.#withTemplate(rollout)));
		if (changes.length > 0) this.#emit('ArgoRollout', {type: 'changed', stream: 'workloads', changes, at});
	}

	#withTemplate(rollout: ArgoRollout): ArgoRollout {
		return withTemplateOf(rollout, this.#named.get(targetOf(rollout) ?? ''));
	}

	/** What is told of a Deployment: it as it is steered; nothing of one that only stands beside another. */
	#shown(deployment: Deployment): readonly Deployment[] {
		const rolloutOf = (key: string) => [...this.#kruise.values()].find(rollout => targetOf(rollout) === key);
		const main = mainOf(deployment);
		if (main !== undefined && this.#named.has(main) && rolloutOf(main) !== undefined) return [];
		const key = keyOf(deployment);
		const rollout = rolloutOf(key);
		if (rollout === undefined) return [deployment];
		const seconds = [...this.#deployments.values()].filter(one => mainOf(one) === key);
		const [second] = seconds.toSorted((left, right) => (right.createdAt ?? 0) - (left.createdAt ?? 0));
		const resourceVersion = [deployment, rollout, ...(second === undefined ? [] : [second])].map(part => part.resourceVersion).join('+');
		return [{...steeredDeployment(deployment, rollout, second), resourceVersion}];
	}
}

function argoChange(change: ObjectChange<Workload>): readonly ObjectChange<ArgoRollout>[] {
	if (change.kind === 'gone') return [change];
	return change.object.kind === 'ArgoRollout' ? [{kind: 'observed', object: change.object}] : [];
}

function deploymentChange(change: ObjectChange<Workload>): readonly ObjectChange<Deployment>[] {
	if (change.kind === 'gone') return [change];
	return change.object.kind === 'Deployment' ? [{kind: 'observed', object: change.object}] : [];
}

/**
 * Tells Deployments as OpenKruise's Rollouts steer them, with the one beside each counted in, and Argo Rollouts with the templates of the Deployments that they name,
 * wherever one of them changes. It keeps the Deployments: only where the cluster has one of both kinds is it worth that.
 */
export function createManyJoin(emit: Emit): ManyJoin {
	const join = new Join(emit);
	return {
		of(kind, event) {
			const brings = event.type === 'listed' || event.type === 'changed';
			if (brings && kind === 'Deployment') join.takeDeployments(event);
			else if (brings && kind === 'ArgoRollout') join.takeArgo(event);
			else emit(kind, event);
		},
		rollouts(event) {
			if (event.type === 'listed' || event.type === 'changed') join.takeKruise(event);
		},
	};
}

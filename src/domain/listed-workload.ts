import type {WorkloadKind} from './kinds/kind-words.ts';
import {rulesOf} from './kinds/rules-of.ts';
import {type Owner, ownersOf} from './ownership.ts';
import {type RolloutPhase, waitText} from './rollout-phase.ts';
import type {Workload} from './workload.ts';

/**
 * What a list tells of a workload, from the object alone: hundreds are listed, and their ReplicaSets and pods are not read. Old pods that still terminate are
 * seen only where the status counts them; whether a deadline was an earlier template's, only the ReplicaSets tell.
 */
export type ListedWorkload = {
	readonly uid: string;
	readonly kind: WorkloadKind;
	readonly namespace: string;
	readonly name: string;
	readonly phase: RolloutPhase['phase'];
	/** What is said in place of the phase, where the kind has a truer word. */
	readonly word: string | undefined;
	/** The line of `kubectl rollout status`. */
	readonly message: string;
	/** What it waits for, in a few words; empty: nothing. */
	readonly waitsFor: string;
	readonly desired: number;
	readonly updated: number;
	readonly ready: number;
	readonly available: number;
	readonly images: readonly string[];
	/** Tools that keep it as it is written somewhere: Argo CD, Flux, Helm. */
	readonly keptBy: readonly Owner[];
	/** Epoch ms. */
	readonly createdAt: number | undefined;
};

const tools: ReadonlySet<Owner['kind']> = new Set(['argo-cd', 'flux-kustomization', 'flux-helm-release', 'kubevela', 'helm']);

/** The tools among who keeps an object, by its labels and annotations; without the Application as whose part it is told. */
export function keptByTools({labels, annotations, release}: Pick<Workload, 'labels' | 'annotations' | 'release'>): readonly Owner[] {
	return ownersOf({labels, annotations}).filter(({kind}) => tools.has(kind) && !(kind === 'kubevela' && release?.kind === 'Application'));
}

/** The list's part of a workload. */
export function listedWorkload(workload: Workload): ListedWorkload {
	const {uid, kind, namespace, name, replicas, template, createdAt} = workload;
	const rules = rulesOf(workload);
	const phase = rules.phase({workload, newReplicaSet: undefined, replicaSets: []}, undefined, undefined);
	return {
		uid,
		kind,
		namespace,
		name,
		phase: phase.phase,
		word: phase.word,
		message: rules.status().message,
		waitsFor: waitsFor(phase),
		desired: replicas.desired,
		updated: replicas.updated,
		ready: replicas.ready,
		available: replicas.available,
		images: template.images,
		keptBy: keptByTools(workload),
		createdAt,
	};
}

/** What a phase waits for, in a few words; empty: nothing. */
export function waitsFor(phase: RolloutPhase): string {
	return phase.phase === 'complete' || phase.waitingFor === undefined ? '' : waitText(phase.waitingFor);
}

import type {CurlPodPlan} from '../domain/mix/curl-pod-plan.ts';
import type {ExpectedSince} from '../domain/mix/expected-over.ts';
import {emptyOutageLog, type OutageLog} from '../domain/mix/outage-log.ts';
import {emptyShareTest, type ShareTest} from '../domain/mix/share-test.ts';
import type {TargetTraits} from '../domain/mix/target-traits.ts';
import type {Sample} from '../domain/sample.ts';
import type {RouteKind} from '../domain/sample-target.ts';
import {emptyWindow, type SampleWindow} from '../domain/sample-window.ts';

/** One target of the curl loop, and what was measured there. */
export type TargetState = {
	/** Its place among all; another target that is chosen instead of it has the same one. */
	readonly id: number;
	/** Epoch ms: when it was first asked. */
	readonly since: number;
	/** As it is named on the screen. */
	readonly target: string;
	readonly route: RouteKind;
	/** As asked for. */
	readonly intervalMs: number;
	readonly traits: TargetTraits;
	/** What is really sent, where that is less; absent: as asked for. */
	readonly pace: {readonly intervalMs: number; readonly reason: string | undefined} | undefined;
	readonly window: SampleWindow;
	/** What the ready endpoints let expect, the last one now; and whether the answers so far agree with it. */
	readonly expectations: readonly ExpectedSince[];
	readonly shareTest: ShareTest;
	readonly outages: OutageLog;
};

/** The curl loop: all of its targets start and stop together. */
export type SamplerState = {
	readonly mode: 'off' | 'running' | 'stopped';
	/** In the order in which they were asked for; empty before the first start. */
	readonly targets: readonly TargetState[];
	/** `id` of the target whose numbers are shown in full. */
	readonly chosen: number;
	readonly windowSeconds: number;
	/** The last answer of each pod that was asked itself, by uid. */
	readonly podAnswers: ReadonlyMap<string, Sample>;
	/** A pod in the cluster that waits for a person's yes. */
	readonly plan: CurlPodPlan | undefined;
	/** Why it could not start, the last time that somebody asked. */
	readonly problem: {readonly text: string; readonly at: number} | undefined;
};

/** The curl loop before anybody asked for it. */
export function initialSampler(windowSeconds: number): SamplerState {
	return {mode: 'off', targets: [], chosen: 0, windowSeconds, podAnswers: new Map(), plan: undefined, problem: undefined};
}

/** A target that begins to be measured. */
export function newTarget(asked: Pick<TargetState, 'id' | 'since' | 'target' | 'route' | 'intervalMs' | 'traits'>): TargetState {
	return {...asked, pace: undefined, window: emptyWindow, expectations: [], shareTest: emptyShareTest, outages: emptyOutageLog};
}

/** Tells the outages of targets apart in the timeline, which keeps those of targets that are not asked any more. */
export function outageKey({id, since}: TargetState): string {
	return `${id}/${since}`;
}

/** The targets that have a mix: where single pods are asked, nobody's requests are shared out. */
export function mixTargets({targets}: SamplerState): readonly TargetState[] {
	return targets.filter(({route}) => route !== 'pod-proxy' && route !== 'pod-address');
}

/** The target whose numbers are shown in full; undefined before the first start. */
export function chosenTarget(sampler: SamplerState): TargetState | undefined {
	const targets = mixTargets(sampler);
	return targets.find(({id}) => id === sampler.chosen) ?? targets[0] ?? sampler.targets[0];
}

import {counted} from './counted.ts';
import {humanDuration} from './human-duration.ts';
import {runsBeside} from './kinds/kruise/runs-beside.ts';
import {firstNewOrdinal, partitionOf} from './ordinals.ts';
import type {Pod} from './pod.ts';
import {availableAt, isPodReady} from './pod-availability.ts';
import {podSuffix} from './pod-suffix.ts';
import {type Readiness, unavailablePods} from './readiness.ts';
import {fencepostsOf} from './rollout-arithmetic.ts';
import type {RolloutStep} from './rollout-step.ts';
import type {Workload} from './workload.ts';

/** The strategy in pods, and what the controller does or waits for now. */
export type StrategyView = {
	/** How many pods may run at once (terminating ones apart), and how many must be kept available. Recreate keeps none. */
	readonly mayRun: number;
	readonly mustKeep: number;
	readonly step: RolloutStep;
	/** `may run 4, must keep 3 available; now waits for x2x7k to be ready for 10s (7s left)`. */
	readonly text: string;
};

export type StrategyInput = {
	readonly workload: Workload;
	readonly step: RolloutStep;
	/** New pods that neither ended nor were told to. */
	readonly newPods: readonly Pod[];
	/** Theirs. */
	readonly readiness: Readiness;
	/** Pods that the new ReplicaSet is to have. */
	readonly newSize: number;
	/** Epoch ms. */
	readonly now: number;
};

/** Explains the strategy in pods. */
export function strategyView(input: StrategyInput): StrategyView {
	const {workload, step} = input;
	const {desired} = workload.replicas;
	const {surge, unavailable} = fencepostsOf(workload);
	const mustKeep = workload.strategy.type === 'Recreate' ? 0 : desired - unavailable;
	const rule = ruleText(workload, desired + surge, mustKeep);
	// That OpenKruise has paused the Deployment is how it goes by its steps.
	const now = step.kind === 'paused' && !workload.paused && workload.release !== undefined ? undefined : stepText(input);
	return {mayRun: desired + surge, mustKeep, step, text: now === undefined ? rule : `${rule}; now ${now}`};
}

function ruleText(workload: Workload, mayRun: number, mustKeep: number): string {
	const {strategy, replicas} = workload;
	if (runsBeside(workload)) return 'new pods run beside all the old ones, as many as each step says';
	if (strategy.type === 'Recreate') return 'Recreate: all old pods end before the first new one starts';
	if (strategy.type === 'OnDelete') return 'OnDelete: a pod gets the new template when somebody deletes it';
	if (workload.kind === 'StatefulSet') return ordinalRule(workload, replicas.desired - mustKeep);
	if (workload.kind === 'DaemonSet' && mayRun === replicas.desired) return `${counted(replicas.desired - mustKeep, 'node')} at a time may be without its pod`;
	return `may run ${mayRun}, must keep ${mustKeep} available`;
}

/** One after the other, the highest ordinal first. */
function ordinalRule(set: Extract<Workload, {kind: 'StatefulSet'}>, atOnce: number): string {
	const from = firstNewOrdinal(set);
	const until = partitionOf(set) === 0 ? '' : ` down to ${from} (partition)`;
	return `may be down ${atOnce} at a time, from the highest ordinal${until}`;
}

function stepText(input: StrategyInput): string | undefined {
	const {step} = input;
	switch (step.kind) {
		case 'observe':
			return 'the controller has yet to see the change';
		case 'paused':
			return 'paused';
		case 'grow':
			return `adds ${counted(step.by, 'new pod')}`;
		case 'shrink-new':
			return `takes ${counted(step.by, 'new pod')} away`;
		case 'shrink-old':
			return shrinkText(step);
		case 'settle':
			return 'waits for old pods to be told to end';
		case 'old-gone':
			return `waits for ${counted(step.left, 'old pod')} to end`;
		case 'available':
			return `waits for ${awaited(input, step)}`;
		case 'make-pod':
			return `makes ${step.pod}`;
		case 'replace-pod':
			return `deletes ${step.pod}, to make it of the new template`;
		case 'take-pod':
			return `takes ${step.pod} away`;
		case 'await-pod':
			return awaitedPod(input, step);
		case 'on-delete':
			return `waits for somebody to delete ${counted(step.left, 'old pod')}`;
		case 'done':
			return undefined;
	}
}

function awaitedPod({workload, newPods, now}: StrategyInput, {pod: name, until}: Extract<RolloutStep, {kind: 'await-pod'}>): string {
	const {minReadySeconds} = workload;
	const pod = newPods.find(one => one.name === name);
	if (until === 'gone') return `waits for ${name} to end`;
	if (until === 'ready') return `waits for ${name} to be ready`;
	return `waits for ${name} to be ready for ${humanDuration(minReadySeconds * 1000)}${pod === undefined ? '' : leftText(pod, minReadySeconds, now)}`;
}

function shrinkText({unhealthy, healthy}: Extract<RolloutStep, {kind: 'shrink-old'}>): string {
	const ill = `${counted(unhealthy, 'old pod')} that ${unhealthy === 1 ? 'is' : 'are'} not available`;
	if (healthy === 0) return `ends ${ill}`;
	return unhealthy === 0 ? `ends ${counted(healthy, 'old pod')}` : `ends ${ill} and ${healthy} more`;
}

/** Which pods must become available, by name where it is one. */
function awaited({workload, newPods, readiness, newSize, now}: StrategyInput, {more}: Extract<RolloutStep, {kind: 'available'}>): string {
	const missing = newSize - newPods.length;
	const {minReadySeconds} = workload;
	const pending = unavailablePods(readiness, minReadySeconds, now);
	if (pending.length === 0) return missing > 0 ? `${counted(missing, 'new pod')} to be created` : `${counted(more, 'more pod')} to be available`;
	const forHow = minReadySeconds === 0 ? '' : ` for ${humanDuration(minReadySeconds * 1000)}`;
	const [only] = pending;
	if (pending.length === 1 && only !== undefined && missing <= 0) return `${podSuffix(only.name)} to be ready${forHow}${leftText(only, minReadySeconds, now)}`;
	const all = pending.length + Math.max(0, missing);
	return `${more >= all ? counted(all, 'new pod') : `${more} of ${counted(all, 'new pod')}`} to be ready${forHow}`;
}

function leftText(pod: Pod, minReadySeconds: number, now: number): string {
	const at = isPodReady(pod) ? availableAt(pod, minReadySeconds) : undefined;
	return at === undefined ? '' : ` (${humanDuration(at - now)} left)`;
}

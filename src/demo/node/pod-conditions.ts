import {apiTime} from '../clock.ts';
import type {ApiPod} from './api-pod.ts';
import {isSidecar} from './pod-phase.ts';
import type {PodSpec} from './pod-spec.ts';
import type {ContainerStatus, PodCondition, PodPhase, PodStatus} from './pod-status.ts';

/** What a pod's conditions are made from. */
export interface ConditionsView {
	readonly pod: ApiPod;
	readonly phase: PodPhase;
	readonly initStatuses: readonly ContainerStatus[];
	readonly statuses: readonly ContainerStatus[];
	readonly hasSandbox: boolean;
	/** The status that was published before; transition times go on from there. */
	readonly before: PodStatus;
	readonly now: number;
}

/** Why a condition is not met, or is met in a special way. */
interface Why {
	readonly reason?: string;
	readonly message?: string;
}

/** The conditions that the kubelet computes; that a pod is scheduled it only passes on. */
const ownTypes = new Set(['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady']);

/** What others say of a pod. */
export function foreignConditions({conditions = []}: PodStatus): readonly PodCondition[] {
	return conditions.filter(({type}) => !ownTypes.has(type));
}

/** The kubelet's own conditions in its order (status/generate.go). */
export function podConditions(view: ConditionsView): PodCondition[] {
	const {pod, phase, hasSandbox, before, now} = view;
	const known = new Map([...(pod.status.conditions ?? []), ...(before.conditions ?? [])].map(condition => [condition.type, condition]));
	const observedGeneration = pod.metadata.generation;
	const condition = (type: string, isTrue: boolean, why: Why = {}): PodCondition => {
		const status = isTrue ? 'True' : 'False';
		const old = known.get(type);
		const lastTransitionTime = old?.status === status ? old.lastTransitionTime : apiTime(now);
		return {type, observedGeneration, status, lastProbeTime: null, lastTransitionTime, ...why};
	};
	const uninitialized = whyUninitialized(view);
	const unready = whyContainersUnready(view);
	const gated = unready ?? whyGated(pod);
	const scheduled = known.get('PodScheduled');
	return [
		condition('PodReadyToStartContainers', hasSandbox),
		condition('Initialized', uninitialized === undefined, uninitialized ?? (phase === 'Succeeded' ? {reason: 'PodCompleted'} : {})),
		condition('Ready', gated === undefined, gated),
		condition('ContainersReady', unready === undefined, unready),
		...(scheduled === undefined ? [] : [{...scheduled, observedGeneration}]),
	];
}

function whyUninitialized({pod, phase, initStatuses, statuses}: ConditionsView): Why | undefined {
	const hasStarted = statuses.some(({state}) => state.running !== undefined || state.terminated !== undefined);
	if (phase === 'Succeeded' || hasStarted) return undefined;
	const incomplete = initStatuses.filter(({name, started, ready}) => !(isSidecar(pod.spec, name) ? started : ready));
	return incomplete.length === 0
		? undefined
		: {reason: 'ContainersNotInitialized', message: `containers with incomplete status: [${incomplete.map(({name}) => name).join(' ')}]`};
}

function whyContainersUnready({pod: {spec}, phase, initStatuses, statuses}: ConditionsView): Why | undefined {
	if (phase === 'Succeeded') return {reason: 'PodCompleted'};
	if (phase === 'Failed') return {reason: 'PodFailed'};
	const counted = [...initStatuses.filter(({name}) => isSidecar(spec, name)), ...statuses];
	const unready = counted.filter(({ready}) => !ready).map(({name}) => name);
	return unready.length === 0 ? undefined : {reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]`};
}

function whyGated({spec, status}: ApiPod): Why | undefined {
	const unmet = gateStates(spec, status).flatMap(([type, state]) => {
		if (state === 'True') return [];
		return state === undefined
			? [`corresponding condition of pod readiness gate "${type}" does not exist.`]
			: [`the status of pod readiness gate "${type}" is not "True", but ${state}`];
	});
	return unmet.length === 0 ? undefined : {reason: 'ReadinessGatesNotReady', message: unmet.join(', ')};
}

/** What others have said to the pod's readiness gates. */
export function gateStates({readinessGates = []}: PodSpec, {conditions = []}: PodStatus): readonly (readonly [string, string | undefined])[] {
	return readinessGates.map(({conditionType}) => [conditionType, conditions.find(({type}) => type === conditionType)?.status]);
}

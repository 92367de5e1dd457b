import type {ArgoPlan, ArgoStatus, ArgoStep} from '../../../src/domain/argo-status.ts';
import type {Application, KruiseRollout, KruiseStep, WorkflowStep} from '../../../src/domain/release.ts';
import type {ArgoRollout, DaemonSet, Deployment, IntOrPercent, ReplicaCounts, StatefulSet, Strategy} from '../../../src/domain/workload.ts';
import {condition, metadata, template} from './cluster-shapes.ts';
import {count, either, flag, list, literal, maybe, number, object, type Shape, shown, stored, text, textMap, time, variants} from './shape.ts';

const percent: Shape<`${number}%`> = {
	check: (value, path) => (typeof value === 'string' && /^\d+%$/.test(value) ? undefined : `${path} is no percentage`),
};
const intOrPercent: Shape<IntOrPercent> = either(count, percent);

const strategy: Shape<Strategy> = variants<Strategy, 'type'>('type', {
	RollingUpdate: object<Extract<Strategy, {type: 'RollingUpdate'}>>({type: literal('RollingUpdate'), maxSurge: intOrPercent, maxUnavailable: intOrPercent}),
	Recreate: object<{readonly type: 'Recreate'}>({type: literal('Recreate')}),
	OnDelete: object<{readonly type: 'OnDelete'}>({type: literal('OnDelete')}),
	BlueGreen: object<{readonly type: 'BlueGreen'}>({type: literal('BlueGreen')}),
});

const workload = {
	...metadata,
	labels: textMap,
	annotations: textMap,
	generation: count,
	observedGeneration: count,
	paused: flag,
	revisionText: maybe(text),
	selector: stored,
	selectorQuery: text,
	template,
	strategy,
	minReadySeconds: count,
	progressDeadlineSeconds: maybe(count),
	specReplicas: maybe(count),
	replicas: object<ReplicaCounts>({
		desired: count,
		current: count,
		updated: count,
		ready: count,
		available: count,
		unavailable: count,
		terminating: maybe(count),
	}),
	conditions: list(condition),
	// Who joins them sets it, never a parser.
	release: {check: (value: unknown, path: string) => (value === undefined ? undefined : `${path} is set`)},
};

export const deployment: Shape<Deployment> = object<Deployment>({...workload, kind: literal('Deployment')});

export const statefulSet: Shape<StatefulSet> = object<StatefulSet>({
	...workload,
	kind: literal('StatefulSet'),
	updateType: text,
	rollingUpdate: maybe(object<{readonly partition: number | undefined}>({partition: maybe(count)})),
	ordinalsStart: count,
	isParallel: flag,
	currentRevision: text,
	updateRevision: text,
	currentReplicas: count,
});

export const daemonSet: Shape<DaemonSet> = object<DaemonSet>({...workload, kind: literal('DaemonSet'), updateType: text, misscheduled: count});

const pause: Shape<ArgoStep['pause']> = maybe(either(literal('person'), object<{readonly ms: number}>({ms: count})));

const argoStep = object<ArgoStep>({
	text: shown,
	weight: maybe(number),
	replicas: maybe(shown),
	pause,
	does: literal('setWeight', 'pause', 'experiment', 'analysis', 'setCanaryScale', 'plugin', 'setHeaderRoute', 'setMirrorRoute', 'unknown'),
});

const argoPlan: Shape<ArgoPlan> = variants<ArgoPlan, 'kind'>('kind', {
	canary: object<Extract<ArgoPlan, {kind: 'canary'}>>({kind: literal('canary'), steps: list(argoStep), isRouted: flag, maxWeight: count}),
	blueGreen: object<Extract<ArgoPlan, {kind: 'blueGreen'}>>({
		kind: literal('blueGreen'),
		activeService: shown,
		previewService: maybe(text),
		promotes: either(literal('by hand'), object<{readonly afterMs: number}>({afterMs: count})),
		hasPostPromotionAnalysis: flag,
	}),
});

const argoStatus = object<ArgoStatus>({
	phase: shown,
	message: shown,
	observedGenerationText: shown,
	workloadObservedGeneration: shown,
	abort: flag,
	abortedAt: maybe(time),
	promoteFull: flag,
	controllerPause: flag,
	pauses: list(object<ArgoStatus['pauses'][number]>({reason: shown, since: maybe(time)})),
	currentPodHash: shown,
	stableRS: shown,
	currentStepIndex: maybe(count),
	restartedAt: maybe(time),
	weights: maybe(object<NonNullable<ArgoStatus['weights']>>({canary: count, verified: maybe(flag)})),
	activeSelector: shown,
	previewSelector: shown,
	isStepInconclusive: flag,
	postPromotion: maybe(shown),
	checks: list(object<ArgoStatus['checks'][number]>({name: shown, status: shown, message: maybe(shown), isBad: flag})),
});

export const argoRollout: Shape<ArgoRollout> = object<ArgoRollout>({
	...workload,
	kind: literal('ArgoRollout'),
	workloadRef: maybe(
		object<NonNullable<ArgoRollout['workloadRef']>>({
			apiVersion: text,
			kind: text,
			name: text,
			holder: {check: (value, path) => (value === undefined ? undefined : `${path} is set`)},
		}),
	),
	plan: argoPlan,
	status: argoStatus,
	restartAt: maybe(time),
});

const releaseObject = {
	uid: text,
	name: text,
	namespace: text,
	resourceVersion: text,
	generation: count,
	observedGeneration: count,
	labels: textMap,
	annotations: textMap,
};

export const kruiseRollout: Shape<KruiseRollout> = object<KruiseRollout>({
	...releaseObject,
	kind: literal('KruiseRollout'),
	apiVersion: text,
	workloadRef: object<KruiseRollout['workloadRef']>({apiVersion: text, kind: text, name: text}),
	style: literal('partition', 'canary', 'blueGreen'),
	paused: flag,
	disabled: flag,
	steps: list(object<KruiseStep>({traffic: maybe(shown), replicas: maybe(shown), pauseSeconds: maybe(count), pauses: flag})),
	routings: list(object<KruiseRollout['routings'][number]>({service: text, ingress: maybe(text)})),
	phase: shown,
	message: shown,
	conditions: list(condition),
	progress: maybe(
		object<NonNullable<KruiseRollout['progress']>>({
			currentStepIndex: count,
			nextStepIndex: maybe(number),
			currentStepState: shown,
			stableRevision: maybe(text),
			podTemplateHash: maybe(text),
			canaryReplicas: count,
			canaryReadyReplicas: count,
			finalisingStep: maybe(shown),
			message: maybe(shown),
			lastUpdateAt: maybe(time),
		}),
	),
});

const workflowStep = object<WorkflowStep>({name: shown, type: shown, phase: shown, reason: maybe(shown), message: maybe(shown)});
type VelaService = Application['services'][number];

export const application: Shape<Application> = object<Application>({
	...releaseObject,
	kind: literal('Application'),
	phase: shown,
	publishVersion: maybe(text),
	latestRevision: maybe(text),
	workflow: maybe(
		object<NonNullable<Application['workflow']>>({
			status: shown,
			message: maybe(shown),
			suspend: flag,
			terminated: flag,
			finished: flag,
			steps: list(workflowStep),
		}),
	),
	services: list(
		object<VelaService>({
			name: shown,
			healthy: flag,
			message: maybe(shown),
			traits: list(object<VelaService['traits'][number]>({type: shown, healthy: flag, message: maybe(shown)})),
		}),
	),
	applied: object<Application['applied']>({deployments: list(text), rollouts: list(text)}),
	rollout: {check: (value, path) => (value === undefined ? undefined : `${path} is set`)},
});

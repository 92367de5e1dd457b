import type {ApiObject} from '../api-object.ts';
import {velaPath} from '../controllers/vela/vela-pass.ts';
import {create} from './changes.ts';
import {argoDefinitions, kruiseDefinitions, velaDefinitions} from './definitions.ts';
import {lateEnd, service} from './manifests.ts';
import type {Change, Cue, Scenario, Seen} from './scenario.ts';

const namespace = 'canary';
const name = 'canary-demo';
const shop = 'checkout';
const image = (version: string) => `barnett/canarydemo:${version}`;
/** Patient enough for a machine that is busy with other things, at any speed. */
const patient = {periodSeconds: 2, timeoutSeconds: 5};
const probe = (port: number) => ({readinessProbe: {httpGet: {path: '/version', port}, ...patient}});

/** What people write: everything else is made of it. */
function application(version: string): object {
	return {
		apiVersion: 'core.oam.dev/v1beta1',
		kind: 'Application',
		metadata: {name},
		spec: {
			components: [
				{
					name,
					type: 'webservice',
					properties: {image: image(version), ports: [{port: 8080}], ...probe(8080)},
					traits: [
						{type: 'scaler', properties: {replicas: 5}},
						{type: 'lifecycle', properties: lateEnd.lifecycle},
						{type: 'gateway', properties: {domain: 'canary-demo.com', http: {'/version': 8080}}},
						{type: 'kruise-rollout', properties: {canary: {steps: [{weight: 20}, {weight: 90}], trafficRoutings: [{type: 'nginx'}]}}},
					],
				},
			],
		},
	};
}

/** A second shop, on Argo: without a traffic router its weights are numbers of pods. */
const argoShop: object = {
	apiVersion: 'argoproj.io/v1alpha1',
	kind: 'Rollout',
	metadata: {name: shop},
	spec: {
		replicas: 5,
		selector: {matchLabels: {app: shop}},
		strategy: {canary: {steps: [{setWeight: 20}, {pause: {}}, {setWeight: 60}, {pause: {duration: '10s'}}]}},
		template: {
			metadata: {labels: {app: shop}},
			spec: {
				containers: [
					{
						name: shop,
						image: 'registry.example/shop/testpage:0.8',
						ports: [{containerPort: 8080}],
						readinessProbe: {tcpSocket: {port: 8080}, ...patient},
						...lateEnd,
					},
				],
			},
		},
	},
};

/** Both shops get a new version. */
const release: Change = async api => {
	const contentType = 'application/merge-patch+json';
	await api.send({method: 'PATCH', path: velaPath('applications', namespace, name), contentType, body: application('v2')});
	const path = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/rollouts/${shop}`;
	const body = [{op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'registry.example/shop/testpage:0.9'}];
	await api.send({method: 'PATCH', path, contentType: 'application/json-patch+json', body});
};

/** What the Application and its Rollout say. */
interface Told {
	readonly phase: string | undefined;
	/** The version that the Application is to have. */
	readonly wanted: string | undefined;
	/** Of the Rollout. */
	readonly reason: string | undefined;
	readonly step: number;
	readonly waits: boolean;
	readonly paused: boolean;
}

type ApplicationObject = ApiObject & {
	readonly spec?: {readonly components?: readonly {readonly properties?: {readonly image?: string}}[]};
	readonly status?: {readonly status?: string};
};

function versionOf(wanted: string | undefined): string | undefined {
	return wanted?.split(':')[1];
}

function toldBy({objects}: Seen): Told {
	const app = objects.get(`Application/${name}`) as ApplicationObject | undefined;
	const rollout = objects.get(`KruiseRollout/${name}`);
	const {strategy} = (rollout?.spec ?? {}) as {strategy?: {paused?: boolean}};
	const {conditions = [], canaryStatus} = (rollout?.status ?? {}) as {
		conditions?: readonly {type: string; reason: string}[];
		canaryStatus?: {currentStepIndex: number; currentStepState: string};
	};
	return {
		phase: app?.status?.status,
		wanted: versionOf(app?.spec?.components?.[0]?.properties?.image),
		reason: conditions.find(({type}) => type === 'Progressing')?.reason,
		step: canaryStatus?.currentStepIndex ?? 0,
		waits: canaryStatus?.currentStepState === 'StepPaused',
		paused: strategy?.paused === true,
	};
}

function nextCue(seen: Seen): Cue {
	const told = toldBy(seen);
	if (told.paused || told.reason === 'Paused' || told.phase === 'workflowSuspending')
		return {hint: 'Suspended: nothing moves. r resumes it, u rolls it back to V1.'};
	switch (told.reason) {
		case 'Initializing':
			return {hint: coming};
		case 'InRolling':
			return {hint: told.waits ? waiting(told.step) : 'New pods come up; then the Ingress sends them their part of the requests.'};
		case 'Finalising':
			return {hint: 'Everybody gets v2: the first Deployment takes over, then the second goes.'};
		case 'Cancelling':
			return {hint: 'Going back: first the requests, then the pods. V1 answers alone.'};
		default:
			return {hint: rested(seen, told)};
	}
}

function waiting(step: number): string {
	if (step === 1) return '20% get v2, and step 1 waits for you: n continues, p suspends it.';
	return '90% get v2, and step 2 waits for you: n gives it to all, p suspends it.';
}

const coming = 'v2 comes beside v1, step by step. The rollout makes itself ready.';

function rested({watched}: Seen, {wanted, phase}: Told): string {
	const version = versionOf(watched.image);
	if (watched.phase !== 'complete' || (wanted !== undefined && wanted !== version)) return wanted === 'v1' ? 'Going back to V1.' : coming;
	if (version === 'v1') return 'Everybody gets Demo: V1. rollout/checkout waits at its own step. q quits.';
	if (phase === 'running') return 'Everybody gets Demo: V2. rollout/checkout waits at its own step. q quits.';
	return 'Everybody gets Demo: V2. The Application says so a while after its Rollout.';
}

/** Progressive delivery: a person lets a version go from step to step. */
export const steps: Scenario = {
	name: 'steps',
	summary: 'a canary by steps and weights, 20, 90, then all: KubeVela on OpenKruise behind an Ingress, and a second one on Argo; continue, suspend, roll back',
	namespace,
	deployment: name,
	opens: {kind: 'Application', name},
	sees: ['Application', 'KruiseRollout', 'ArgoRollout'],
	curl: {service: name, via: 'ingress', host: 'canary-demo.com', path: '/version'},
	nodes: {count: 2, podsPerNode: 110},
	past: [
		{
			minutesAgo: 40,
			change: create(
				namespace,
				...[...kruiseDefinitions, ...velaDefinitions, ...argoDefinitions],
				argoShop,
				service(shop, {app: shop}, {port: 80, targetPort: 8080}),
				application('v1'),
			),
		},
	],
	opening: release,
	next: nextCue,
};

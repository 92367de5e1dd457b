import {app, appName, badImage, createDeployment, goodImages, type Scenario, type Step, strategyOf} from './scenario.ts';

const probe = {httpGet: {path: '/', port: 8080}, periodSeconds: 1};
const image = (name: string): Step => ({do: 'set-image', image: name});
/** An image that will not do, with a deadline for it alone: on a slow machine others would miss it too. */
const stall = (name: string, progressDeadlineSeconds: number): readonly Step[] => [
	{do: 'patch', patch: {spec: {progressDeadlineSeconds, template: {spec: {containers: [{name: appName, image: name}]}}}}, stalls: true},
	{do: 'patch', patch: {spec: {progressDeadlineSeconds: 600}}, stalls: true},
];
const oneByOne = {strategy: strategyOf([1, 0])};

/** A good version, a bad one that blocks, a rescue, and back to the first (SCENARIOS, kubia). */
const kubia: Scenario = {
	name: 'kubia',
	steps: [
		// Long enough for v3's probe to begin to fail; the deadline must be longer still.
		createDeployment(
			'web',
			{...oneByOne, replicas: 3, minReadySeconds: 8, progressDeadlineSeconds: 13},
			{containers: [{name: 'kubia', image: 'kubia:v2', readinessProbe: probe}]},
		),
		{do: 'set-image', image: 'kubia:v3', stalls: true},
		{do: 'patch', patch: {spec: {minReadySeconds: 0, progressDeadlineSeconds: 600}}, stalls: true},
		image('kubia:v4'),
		{do: 'undo', revision: 1},
	],
};

/** Three revisions, undo that flips, a pause as a canary: 8 pods, 3 new and 5 old (SCENARIOS, nginx). */
const nginx: Scenario = {
	name: 'nginx',
	steps: [
		app(['25%', '25%'], 3),
		{do: 'finish'},
		{do: 'scale', replicas: 6},
		{do: 'finish'},
		image(goodImages[1]),
		{do: 'pause'},
		{do: 'open', pods: 3},
		// kubectl refuses an undo while it is paused.
		{do: 'undo', revision: 0},
		{do: 'resume'},
		{do: 'finish'},
		image(goodImages[2]),
		{do: 'finish'},
		...[0, 0, 1].flatMap((revision): Step[] => [{do: 'undo', revision}, {do: 'finish'}]),
	],
};

const badImageStory: Scenario = {
	name: 'bad-image',
	steps: [
		app(['25%', '25%'], 4),
		{do: 'finish'},
		...stall(badImage, 3),
		// What is late already isn't called paused.
		{do: 'pause', stalls: true},
		{do: 'resume', stalls: true},
		{do: 'undo', revision: 0},
		{do: 'finish'},
	],
};

const crashLoop: Scenario = {
	name: 'crash-loop',
	steps: [app([1, 0], 2), {do: 'finish'}, ...stall('crash:latest', 5), image(goodImages[1]), {do: 'finish'}],
};

const quota: Scenario = {
	name: 'quota',
	steps: [
		{
			do: 'create',
			path: '/api/v1/namespaces/NAMESPACE/resourcequotas',
			object: {apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'few-pods'}, spec: {hard: {pods: '3'}}},
		},
		app([1, 0], 3),
		{do: 'finish'},
		...stall(goodImages[1], 3),
		{do: 'undo', revision: 0},
		{do: 'finish'},
	],
};

/** A canary by Service selector: the same label, two Deployments (SCENARIOS, two-deployments). */
const twoDeployments: Scenario = {
	name: 'two-deployments',
	steps: [
		createDeployment('nginx-dm', {replicas: 6}, {containers: [{name: 'nginx', image: 'nginx:1.16.1'}]}, {app: 'nginx-web'}),
		createDeployment('nginx-v2', {replicas: 1}, {containers: [{name: 'nginx', image: 'nginx:1.18.0'}]}, {app: 'nginx-web', version: 'v2'}),
		{do: 'scale', replicas: 6, to: 'nginx-v2'},
		{do: 'scale', replicas: 0, to: 'nginx-dm'},
	],
};

/** Revisions beyond the limit go; one of them comes back before (SCENARIOS, testpage). */
const testpage: Scenario = {
	name: 'testpage',
	steps: [
		createDeployment(
			'web',
			{...oneByOne, replicas: 3, revisionHistoryLimit: 2, minReadySeconds: 1},
			{containers: [{name: 'testpage', image: goodImages[0], readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}}]},
		),
		...goodImages.slice(1, 4).map(image),
		{do: 'undo', revision: 2},
		image(goodImages[4]),
		{do: 'patch', patch: {spec: {revisionHistoryLimit: 0}}},
	],
};

/** The scenarios of `rollwatch demo`, at the speed of a test. */
export const stories: readonly Scenario[] = [kubia, nginx, badImageStory, crashLoop, quota, twoDeployments, testpage];

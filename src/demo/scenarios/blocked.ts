import {create, setImage} from './changes.ts';
import {kubiaObjects, setKubia} from './kubia.ts';
import type {Cue, Scenario, SeenDeployment} from './scenario.ts';
import {shopName, shopNamespace, shopObjects} from './shop.ts';

const namespace = 'default';
const nodes = {count: 2, podsPerNode: 110};
const kubia = {namespace, deployment: 'kubia-deploy-canary', curl: {service: 'kubia-deploy-canary-svc', via: 'proxy'}, nodes} as const;

/** What to say while somebody holds a bad version, and after it was undone; the same for every way to block. */
function blockedCue({phase}: SeenDeployment, why: string): Cue {
	if (phase === 'paused') return {hint: 'Paused. r resumes it; u resumes and undoes in one step.'};
	if (phase === 'stalled') return {hint: 'The deadline has passed. Press u to undo it.'};
	return {hint: why};
}

function rescuedCue({phase}: SeenDeployment, lesson: string): Cue {
	return {hint: phase === 'complete' ? `${lesson} q quits.` : 'Going back.'};
}

/** A tag that no registry has. */
export const badImage: Scenario = {
	...kubia,
	name: 'bad-image',
	summary: 'an image that does not exist: ErrImagePull, ImagePullBackOff, undo',
	past: [
		{minutesAgo: 31, change: create(namespace, ...kubiaObjects('luksa/kubia:v1'))},
		{minutesAgo: 12, change: setKubia('v2')},
	],
	opening: setKubia('v22'),
	next: ({watched}) =>
		watched.image.endsWith(':v22')
			? blockedCue(watched, 'luksa/kubia:v22 does not exist: the new pod waits in vain. Press u to undo.')
			: rescuedCue(watched, 'Nobody noticed: with maxUnavailable 0 no old pod had gone.'),
};

/** A version that ends with an error right after its start. */
export const crashLoop: Scenario = {
	name: 'crash-loop',
	summary: 'a version that exits with an error: CrashLoopBackOff, its last words, undo',
	namespace: shopNamespace,
	deployment: shopName,
	curl: {service: shopName, via: 'proxy'},
	nodes,
	past: [
		{
			minutesAgo: 90,
			change: create(shopNamespace, ...shopObjects({minReadySeconds: 5, progressDeadlineSeconds: 120})),
		},
	],
	opening: setImage(shopNamespace, shopName, shopName, 'registry.example/shop/crash:0.9', 'release 0.9'),
	next: ({watched}) =>
		watched.image.includes('/crash:')
			? blockedCue(watched, 'Release 0.9 exits right after its start. Enter shows its last words; u undoes.')
			: rescuedCue(watched, 'Rescued; users got 0.8 all the time.'),
};

const quotaObject = {apiVersion: 'v1', kind: 'ResourceQuota', metadata: {name: 'three-pods'}, spec: {hard: {pods: '3'}}};

/** No room for the one pod more that a rollout needs. */
export const quota: Scenario = {
	...kubia,
	name: 'quota',
	summary: 'a quota that leaves no room for the surge: no new pod is ever created, and no pod can tell why',
	past: [
		{minutesAgo: 31, change: create(namespace, ...kubiaObjects('luksa/kubia:v1'))},
		{minutesAgo: 20, change: create(namespace, quotaObject)},
	],
	opening: setKubia('v2'),
	next: ({watched}) => {
		if (!watched.image.endsWith(':v2')) return rescuedCue(watched, 'Undone. To ship v2 the quota must give room for one pod more.');
		if (watched.phase === 'complete') return {hint: 'With room for one more it went through. q quits.'};
		return blockedCue(watched, 'The quota allows three pods, the rollout needs a fourth first. Press u.');
	},
};

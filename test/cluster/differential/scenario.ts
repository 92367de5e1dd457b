import {differentialNodes} from './cluster-under-test.ts';
import type {Action} from './driver.ts';
import {gate} from './driver.ts';

/** What happens in a scenario; after each step all comes to rest before the next one. */
export type Step =
	| {readonly do: 'create'; readonly path: string; readonly object: object}
	/** `stalls`: until its deadline has passed. */
	| (Action & {readonly to?: string; readonly stalls?: boolean})
	/** The gates of so many pods of the new ReplicaSet, as they come. */
	| {readonly do: 'open'; readonly pods: number; readonly of?: string}
	/** All gates, until no pod of the new ReplicaSet waits. */
	| {readonly do: 'finish'; readonly of?: string};

/** The same for both sides. */
export interface Scenario {
	readonly name: string;
	readonly steps: readonly Step[];
}

/** The Deployment's name where a step names none. */
export const appName = 'web';

/** How a Deployment replaces its pods. */
export type Strategy = 'Recreate' | readonly [maxSurge: number | string, maxUnavailable: number | string];

/** The Deployment that most scenarios are about: its pods wait for the test to call them ready. */
export function app(strategy: Strategy, replicas: number, spec: object = {}): Step {
	const container = {name: appName, image: goodImages[0]};
	return createDeployment(appName, {strategy: strategyOf(strategy), replicas, ...spec}, {readinessGates: [{conditionType: gate}], containers: [container]});
}

/** The request for a Deployment on the nodes of these tests. */
export function createDeployment(name: string, spec: object, podSpec: object, labels: Readonly<Record<string, string>> = {app: name}): Step {
	const template = {metadata: {labels}, spec: {affinity: onDifferentialNodes, terminationGracePeriodSeconds: 1, ...podSpec}};
	const object = {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name, labels}, spec: {selector: {matchLabels: labels}, template, ...spec}};
	return {do: 'create', path: '/apis/apps/v1/namespaces/NAMESPACE/deployments', object};
}

/** As the API has it. */
export function strategyOf(strategy: Strategy): object {
	return strategy === 'Recreate' ? {type: 'Recreate'} : {rollingUpdate: {maxSurge: strategy[0], maxUnavailable: strategy[1]}};
}

/** Images that run, and end when they are told to. */
export const goodImages = ['testpage:0.5', 'testpage:0.6', 'testpage:0.7', 'testpage:0.8', 'testpage:0.9'] as const;

/** No registry has it. */
export const badImage = 'testpage:0.0';

/** Keeps the pods on the nodes of these tests. */
const onDifferentialNodes = {
	nodeAffinity: {
		requiredDuringSchedulingIgnoredDuringExecution: {
			nodeSelectorTerms: [{matchExpressions: [{key: 'kubernetes.io/hostname', operator: 'In', values: differentialNodes.map(number => `node-${number}`)}]}],
		},
	},
};

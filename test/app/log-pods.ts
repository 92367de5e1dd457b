import {parsePod} from '../../src/cluster/parse/pod.ts';
import type {ContainerStatus, Pod} from '../../src/domain/pod.ts';

type Shape = {
	readonly ownerUid?: string;
	readonly restarts?: number;
	readonly containers?: readonly string[];
	readonly initContainers?: readonly (readonly [name: string, state: 'done' | 'running'])[];
	readonly isStarted?: boolean;
};

const states = {done: {terminated: {exitCode: 0}}, running: {running: {}}, waiting: {waiting: {reason: 'PodInitializing'}}};

function statusJson(name: string, state: keyof typeof states, restartCount: number) {
	return {name, image: 'app:v1', ready: state !== 'waiting', restartCount, state: states[state]} satisfies Partial<Record<keyof ContainerStatus, unknown>>;
}

/** A pod as the API has it, with containers in some state. */
export function podOf(name: string, {ownerUid = 'rs', restarts = 0, containers = ['app'], initContainers = [], isStarted = true}: Shape = {}): Pod {
	const owner = {kind: 'ReplicaSet', name: 'rs', uid: ownerUid, controller: true};
	const pod = parsePod({
		metadata: {uid: `uid-${name}`, name, namespace: 'web', resourceVersion: '1', ownerReferences: [owner]},
		spec: {
			containers: containers.map(container => ({name: container, image: 'app:v1'})),
			initContainers: initContainers.map(([container]) => ({name: container, image: 'init:v1'})),
		},
		status: {
			phase: 'Running',
			containerStatuses: containers.map(container => statusJson(container, isStarted ? 'running' : 'waiting', restarts)),
			initContainerStatuses: initContainers.map(([container, state]) => statusJson(container, state, 0)),
		},
	});
	if (pod === undefined) throw new Error('no pod');
	return pod;
}

import {randomUUID} from 'node:crypto';
import {apiTime} from '../clock.ts';
import type {ApiState} from './api-state.ts';

/** The namespaces that every cluster has. */
export function storeInitialObjects({clock, storage}: ApiState): void {
	const namespaces = storage.of({group: '', plural: 'namespaces'});
	for (const name of ['default', 'kube-node-lease', 'kube-public', 'kube-system']) {
		const metadata = {name, uid: randomUUID(), resourceVersion: '', creationTimestamp: apiTime(clock.now()), labels: {'kubernetes.io/metadata.name': name}};
		namespaces.put(name, {kind: 'Namespace', apiVersion: 'v1', metadata, spec: {finalizers: ['kubernetes']}, status: {phase: 'Active'}});
	}
}

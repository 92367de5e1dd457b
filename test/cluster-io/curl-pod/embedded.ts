import {onTestFinished} from 'vitest';
import type {ClusterConnection} from '../../../src/cluster/connect.ts';
import {type RunningCluster, startCluster} from '../../../src/demo/start-cluster.ts';
import {connectTo} from '../harness/kubeconfig.ts';

export type Embedded = {
	readonly cluster: RunningCluster;
	readonly connection: ClusterConnection;
	/** The same cluster for one who may only look. */
	readonly viewer: ClusterConnection;
	readonly apply: (...objects: readonly object[]) => Promise<void>;
	readonly pods: (selector: string) => Promise<readonly PodObject[]>;
};

export type PodObject = {
	readonly metadata: {readonly name: string; readonly annotations?: Readonly<Record<string, string>>};
	readonly spec: {readonly activeDeadlineSeconds?: number};
	readonly status: {readonly phase: string; readonly podIP?: string; readonly conditions?: readonly {readonly type: string; readonly status: string}[]};
};

const collections: Readonly<Record<string, string>> = {
	Deployment: '/apis/apps/v1/namespaces/default/deployments',
	Service: '/api/v1/namespaces/default/services',
	Pod: '/api/v1/namespaces/default/pods',
	ResourceQuota: '/api/v1/namespaces/default/resourcequotas',
};

/** A cluster of our own for one test. */
export async function startEmbedded(): Promise<Embedded> {
	const cluster = await startCluster();
	onTestFinished(() => cluster.stop());
	const own = (token: string) => connectTo(cluster.url, {user: {token}, cluster: {'certificate-authority-data': Buffer.from(cluster.ca).toString('base64')}});
	return {
		cluster,
		connection: await own(cluster.tokens.admin),
		viewer: await own(cluster.tokens.viewer),
		async apply(...objects) {
			for (const body of objects) await cluster.client.send({method: 'POST', path: collections[(body as {kind: string}).kind] ?? '', body});
		},
		async pods(labelSelector) {
			const {items} = (await cluster.client.send({path: '/api/v1/namespaces/default/pods', query: {labelSelector}})) as {items: readonly PodObject[]};
			return items;
		},
	};
}

/** Some pods of one image behind the Service that selects them. */
export function webOf(image: string, replicas = 2): readonly object[] {
	const labels = {app: 'web'};
	const template = {metadata: {labels}, spec: {containers: [{name: 'web', image}]}};
	return [
		{apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'web'}, spec: {replicas, selector: {matchLabels: labels}, template}},
		{apiVersion: 'v1', kind: 'Service', metadata: {name: 'web'}, spec: {selector: labels, ports: [{port: 80, targetPort: 8080}]}},
	];
}

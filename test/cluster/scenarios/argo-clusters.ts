import {readFileSync, writeFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {argoDefinitions} from '../../../src/demo/scenarios/definitions.ts';
import {startCluster} from '../../../src/demo/start-cluster.ts';
import {argoLogOf, argoPluginOf} from '../harness/argo-controller.ts';
import {type ClusterAccess, createClusterAccess} from '../harness/cluster-access.ts';
import {tailOf} from '../harness/component.ts';
import {kubeconfigOf} from '../harness/control-plane-files.ts';
import type {Kubectl} from '../harness/kubectl.ts';
import {suiteCluster} from '../harness/suite-cluster.ts';
import type {RawRollout} from './argo-standing.ts';

/** A cluster in which Rollouts are rolled out. */
export interface ArgoCluster extends ClusterAccess {
	/** Argo's own kubectl plugin. */
	readonly plugin: Kubectl;
	/** Whether the controller has nothing more to write. */
	readonly isSettled: (rollout: RawRollout) => boolean;
	/** What the controller has said last. */
	readonly lastWords: () => string;
	readonly stop: () => Promise<void>;
}

/** The suite's cluster, with Argo's real controller. */
export async function realArgo(): Promise<ArgoCluster> {
	const cluster = suiteCluster();
	const log = argoLogOf(cluster);
	return {
		...cluster,
		plugin: argoPluginOf(cluster),
		isSettled: rollout => isReconciled(readFileSync(log, 'utf8'), rollout),
		lastWords: () => `The end of ${log}:\n${tailOf(log)}`,
		stop: async () => {},
	};
}

/**
 * In its last moments the real controller overlooks what is sent: it puts the answer to its own write into its cache, over what came in meanwhile
 * (v1.9.0, persistRolloutToInformer). When it has looked at the newest version and found nothing to do it is past them.
 */
function isReconciled(log: string, {metadata: {namespace, name, resourceVersion}}: RawRollout): boolean {
	const done = new RegExp(`msg="Reconciliation completed" generation=\\d+ namespace=${namespace} resourceVersion=(\\d+) rollout=${name} `, 'g');
	const versions = Array.from(log.matchAll(done), ([, version]) => version);
	return versions.at(-1) === resourceVersion;
}

/** The embedded cluster, with the controller that it has for Rollouts. */
export async function embeddedArgo(): Promise<ArgoCluster> {
	const folder = await mkdtemp(join(tmpdir(), 'rollwatch-argo-'));
	const {url: server, ca, tokens, client, stop} = await startCluster();
	const [certificateAuthority, kubeconfig] = [join(folder, 'ca.crt'), join(folder, 'kubeconfig')];
	writeFileSync(certificateAuthority, ca);
	writeFileSync(kubeconfig, kubeconfigOf({server, certificateAuthority, user: 'admin', token: tokens.admin}), {mode: 0o600});
	for (const body of argoDefinitions) await client.send({method: 'POST', path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', body});
	const own = {token: tokens.admin, tokens, certificateAuthority, auditLog: undefined};
	return {
		...createClusterAccess({kubeconfig, server, folder, kubectlProgram: suiteCluster().kubectlProgram, own}),
		plugin: argoPluginOf(suiteCluster()),
		isSettled: () => true,
		lastWords: () => 'The embedded controller keeps no log.',
		async stop() {
			await stop();
			await rm(folder, {recursive: true, force: true});
		},
	};
}

import {symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {type ClusterAccess, type ClusterInfo, createClusterAccess} from './cluster-access.ts';
import {startComponent} from './component.ts';
import {freePort} from './control-plane.ts';
import {controlPlaneUser, kubeconfigOf} from './control-plane-files.ts';
import {createDefinitions} from './definitions.ts';
import {createKubectl, type Kubectl} from './kubectl.ts';
import {waitUntilHealthy} from './readiness.ts';

const name = 'argo-controller';

/** The Argo Rollouts controller beside a control plane of ours. */
export interface ArgoController {
	stop(): Promise<void>;
}

/** Whether this run's cluster has Argo Rollouts: `run.mjs` builds its controller for the tests that are named after it. */
export function hasArgo(): boolean {
	return process.env.ROLLWATCH_TEST_ARGO_CONTROLLER !== undefined;
}

/** What the controller has said so far. */
export function argoLogOf({folder}: ClusterInfo): string {
	return join(folder, `${name}.log`);
}

/** Argo's own plugin for kubectl, of the controller's version, as a function. */
export function argoPluginOf({folder, kubeconfig}: ClusterAccess): Kubectl {
	return createKubectl(pluginProgram(folder), {PATH: process.env.PATH, HOME: folder, KUBECONFIG: kubeconfig});
}

/** Beside kubectl, so that `kubectl argo rollouts` finds it too. By a link of this name the controller's program is the plugin. */
function pluginProgram(folder: string): string {
	return join(folder, 'bin', 'kubectl-argo-rollouts');
}

/** Creates Argo's definitions, starts the controller that `run.mjs` has built, and returns as soon as it is healthy. */
export async function startArgoController(info: ClusterInfo): Promise<ArgoController> {
	const {ROLLWATCH_TEST_ARGO_CONTROLLER: program, ROLLWATCH_TEST_ARGO_DEFINITIONS: definitions} = process.env;
	if (program === undefined || definitions === undefined) throw new Error('run.mjs has built no Argo Rollouts controller');
	await createDefinitions(createClusterAccess(info), [definitions]);

	symlinkSync(program, pluginProgram(info.folder));
	const [healthPort, metricsPort] = await Promise.all([freePort(), freePort()]);
	const args = [ownKubeconfig(info), String(healthPort), String(metricsPort)];
	const part = startComponent({program, name, args, folder: info.folder});
	try {
		await Promise.race([waitUntilHealthy(`http://127.0.0.1:${healthPort}/healthz`, argoLogOf(info)), part.failed]);
	} catch (error) {
		await part.kill();
		throw error;
	}
	part.failed.catch(error => process.stderr.write(`${error.message}\n`));
	return {stop: () => part.kill()};
}

/** It signs in as the control plane does, which the audit log leaves out. */
function ownKubeconfig({folder, server, own}: ClusterInfo): string {
	if (own === undefined) throw new Error('the Argo Rollouts controller acts only on a control plane of our own');
	const path = join(folder, `kubeconfig-${name}`);
	const token = own.tokens[controlPlaneUser] ?? '';
	writeFileSync(path, kubeconfigOf({server, certificateAuthority: own.certificateAuthority, user: controlPlaneUser, token}), {mode: 0o600});
	return path;
}

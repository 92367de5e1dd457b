import {writeFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {kubeconfigOf} from './control-plane-files.ts';
import {createKubectl, type Kubectl, mustKubectl} from './kubectl.ts';

/** How to reach the cluster under test: plain data, so that it can cross from the global set-up to the test processes. */
export interface ClusterInfo {
	readonly kubeconfig: string;
	readonly server: string;
	/** A folder of this run, removed at its end. */
	readonly folder: string;
	readonly kubectlProgram: string;
	/** Only for a control plane of our own. */
	readonly own?: {
		readonly token: string;
		readonly tokens: Readonly<Record<string, string>>;
		readonly certificateAuthority: string;
		readonly auditLog: string | undefined;
	};
}

/** The parts of an `audit.k8s.io/v1` event that tests compare. */
export interface AuditEvent {
	readonly verb: string;
	readonly requestURI: string;
	readonly user: {readonly username: string};
	readonly impersonatedUser?: {readonly username: string};
	readonly userAgent?: string;
	readonly objectRef?: {readonly resource: string; readonly namespace?: string; readonly name?: string; readonly subresource?: string};
	readonly requestObject?: unknown;
	readonly responseObject?: unknown;
	readonly responseStatus?: {readonly code: number};
	readonly requestReceivedTimestamp: string;
}

export interface ClusterAccess extends ClusterInfo {
	readonly kubectl: Kubectl;
	/** What users (not the control plane) asked of the API so far, in order. */
	auditEvents(): Promise<readonly AuditEvent[]>;
	/** The path of a kubeconfig with which one is `user`, who has no rights yet. */
	kubeconfigFor(user: string): Promise<string>;
}

/** Everything that a test may do with the cluster, whoever started it. */
export function createClusterAccess(info: ClusterInfo): ClusterAccess {
	// kubectl keeps its discovery cache and preferences in HOME; a given cluster's exec plugins need the real one.
	const home = info.own === undefined ? {} : {HOME: info.folder};
	const kubectl = createKubectl(info.kubectlProgram, {...process.env, ...home, KUBECONFIG: info.kubeconfig});
	return {
		...info,
		kubectl,
		auditEvents: () => readAuditLog(info.own?.auditLog),
		async kubeconfigFor(user) {
			const path = join(info.folder, `kubeconfig-${user.replaceAll(/[^\w.-]/g, '_')}`);
			writeFileSync(path, info.own === undefined ? await impersonating(user, kubectl) : ownKubeconfig(user, info.server, info.own), {mode: 0o600});
			return path;
		},
	};
}

async function readAuditLog(path: string | undefined): Promise<readonly AuditEvent[]> {
	if (path === undefined) throw new Error('this cluster has no audit log: only a control plane started with auditLog has one');
	const lines = (await readFile(path, 'utf8')).split('\n');
	// The last piece is empty, or a line that is still being written.
	return lines.slice(0, -1).map(line => JSON.parse(line));
}

function ownKubeconfig(user: string, server: string, {tokens, certificateAuthority}: NonNullable<ClusterInfo['own']>): string {
	const token = tokens[user];
	if (token === undefined) throw new Error(`no user ${user} in this control plane; it has ${Object.keys(tokens).join(', ')}`);
	return kubeconfigOf({server, certificateAuthority, user, token});
}

/** On a cluster that isn't ours nobody can be added, but an administrator can act as anybody. */
async function impersonating(user: string, kubectl: Kubectl): Promise<string> {
	const config = JSON.parse(await mustKubectl(kubectl, ['config', 'view', '--raw', '--flatten', '--minify', '-o', 'json']));
	for (const entry of config.users) entry.user.as = user;
	return JSON.stringify(config);
}

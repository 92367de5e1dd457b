import {generateKeyPairSync, randomBytes} from 'node:crypto';
import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/** The users of the static token file besides `admin`: they may do nothing until a test grants it. */
export const restrictedUsers = ['restricted-1', 'restricted-2', 'restricted-3', 'restricted-4'] as const;

/** What the control plane itself logs in as; the audit log leaves it out. */
export const controlPlaneUser = 'control-plane';

export interface ControlPlaneFiles {
	readonly tokens: Readonly<Record<string, string>>;
	readonly tokenFile: string;
	readonly serviceAccountKey: string;
	readonly auditPolicy: string;
	readonly certificates: string;
	readonly certificateAuthority: string;
	readonly kubectl: string;
}

/** Writes everything that the parts of a control plane read at their start. */
export function writeControlPlaneFiles(folder: string, program: string): ControlPlaneFiles {
	const certificates = join(folder, 'certificates');
	const files = {
		tokens: createTokens(),
		tokenFile: join(folder, 'tokens.csv'),
		serviceAccountKey: join(folder, 'service-account.key'),
		auditPolicy: join(folder, 'audit-policy.json'),
		certificates,
		// The API server signs its own certificate at its first start and puts the authority behind it in the same file.
		certificateAuthority: join(certificates, 'apiserver.crt'),
		// Through a link of this name the program is kubectl, also for people who put the folder on their PATH.
		kubectl: join(folder, 'bin', 'kubectl'),
	};
	mkdirSync(join(folder, 'bin'), {recursive: true});
	symlinkSync(program, files.kubectl);
	writeFileSync(files.tokenFile, tokenLines(files.tokens), {mode: 0o600});
	writeFileSync(files.serviceAccountKey, privateKey(), {mode: 0o600});
	writeFileSync(files.auditPolicy, JSON.stringify(auditPolicy));
	return files;
}

export interface KubeconfigOptions {
	readonly server: string;
	readonly certificateAuthority: string;
	readonly user: string;
	readonly token: string;
}

/** A kubeconfig (JSON is YAML) with one cluster, one user and one context. */
export function kubeconfigOf({server, certificateAuthority, user, token}: KubeconfigOptions): string {
	const name = 'rollwatch-test';
	return JSON.stringify(
		{
			apiVersion: 'v1',
			kind: 'Config',
			clusters: [{name, cluster: {server, 'certificate-authority': certificateAuthority}}],
			users: [{name: user, user: {token}}],
			contexts: [{name, context: {cluster: name, user, namespace: 'default'}}],
			'current-context': name,
		},
		undefined,
		'\t',
	);
}

/** What kubectl sends for a rollout command, with bodies; reads without them; nothing of the control plane's own traffic. */
const auditPolicy = {
	apiVersion: 'audit.k8s.io/v1',
	kind: 'Policy',
	omitStages: ['RequestReceived'],
	rules: [
		{level: 'None', users: [controlPlaneUser]},
		{level: 'None', userGroups: ['system:serviceaccounts', 'system:nodes']},
		{
			level: 'RequestResponse',
			verbs: ['create', 'update', 'patch', 'delete'],
			resources: [{group: 'apps', resources: ['deployments', 'deployments/*', 'statefulsets', 'statefulsets/*', 'daemonsets', 'daemonsets/*']}],
		},
		{level: 'Metadata', verbs: ['get', 'list'], resources: [{group: 'apps'}]},
		{level: 'None'},
	],
};

function createTokens(): Record<string, string> {
	return Object.fromEntries([controlPlaneUser, 'admin', ...restrictedUsers].map(user => [user, randomBytes(16).toString('hex')]));
}

function tokenLines(tokens: Readonly<Record<string, string>>): string {
	const mighty = new Set(['admin', controlPlaneUser]);
	return Object.entries(tokens)
		.map(([user, token]) => `${token},${user},${user}${mighty.has(user) ? ',system:masters' : ''}\n`)
		.join('');
}

function privateKey(): string {
	const {privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
	return privateKey.export({type: 'sec1', format: 'pem'}).toString();
}

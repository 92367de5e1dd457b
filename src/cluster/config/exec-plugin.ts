import {spawn} from 'node:child_process';
import {isAbsolute, join} from 'node:path';
import type {JsonObject} from '../../domain/json.ts';
import {maskComplaint} from '../../domain/mask-complaint.ts';
import {maskNamed, maskText} from '../../domain/mask-text.ts';
import {plainText} from '../../domain/sanitise.ts';
import {ClusterError} from '../errors.ts';
import {isRawObject, objectOf, objectsOf, textOf, timeOf} from '../parse/fields.ts';
import type {KubeCluster, KubeUser} from './kubeconfig.ts';

/** What a credential plugin gave. `expiresAt` in epoch ms; absent: good until the API server refuses it. */
export type ExecCredential = {
	readonly token: string | undefined;
	readonly certificate: string | undefined;
	readonly key: string | undefined;
	readonly expiresAt: number | undefined;
};

/** A plugin that waits for a browser log-in may take its time; one that hangs must not hang us for ever. */
const patienceMs = 120_000;

/** The plugin's own complaint: its last lines, short, without secrets. Only stderr: stdout holds the credential. */
function complaintOf(stderr: string, exec: JsonObject): string {
	return maskComplaint(plainText(stderr.trim().split('\n').slice(-3).join(' ')), secretsOf(exec)).slice(0, 300);
}

/** What the kubeconfig hands to the plugin and looks like a secret: plugins repeat how they were called. */
function secretsOf(exec: JsonObject): readonly string[] {
	const values = environmentEntries(exec).flatMap(([name, value]) => (maskNamed(name, value) === value ? [] : [value]));
	const args = argumentsOf(exec);
	const shown = maskText(args.join(' '));
	return [...values, ...args.flatMap(arg => [arg, arg.slice(arg.indexOf('=') + 1)]).filter(arg => !shown.includes(arg))];
}

function argumentsOf(exec: JsonObject): readonly string[] {
	return Array.isArray(exec.args) ? exec.args.filter(arg => typeof arg === 'string') : [];
}

function environmentEntries(exec: JsonObject): readonly (readonly [string, string])[] {
	return objectsOf(exec.env).flatMap(({name, value}) => (typeof name === 'string' && typeof value === 'string' ? [[name, value] as const] : []));
}

function fail(exec: JsonObject, user: KubeUser, what: string, cause?: unknown): ClusterError {
	const hint = plainText(textOf(exec.installHint) ?? 'run the plugin by hand, or log in again with your cloud provider’s tool');
	return new ClusterError(`the credential plugin "${plainText(textOf(exec.command) ?? '')}" of user "${user.name}" ${what}`, {kind: 'config', hint, cause});
}

/** client-go: tools/auth/exec. The plugin reads here which API version we speak, and for which cluster it is asked. */
function execInfo(exec: JsonObject, cluster: KubeCluster): string {
	const about = {
		server: cluster.server,
		'tls-server-name': cluster.tlsServerName,
		'insecure-skip-tls-verify': cluster.skipTlsVerify,
		'certificate-authority-data': cluster.caData,
	};
	// No terminal for it: the screen is ours.
	const spec = exec.provideClusterInfo === true ? {cluster: about, interactive: false} : {interactive: false};
	return JSON.stringify({apiVersion: exec.apiVersion, kind: 'ExecCredential', spec});
}

function environmentOf(exec: JsonObject, cluster: KubeCluster, env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
	return {...env, ...Object.fromEntries(environmentEntries(exec)), KUBERNETES_EXEC_INFO: execInfo(exec, cluster)};
}

function commandOf(exec: JsonObject, user: KubeUser): string {
	const command = textOf(exec.command) ?? '';
	return command.includes('/') && !isAbsolute(command) ? join(user.directory, command) : command;
}

/** A credential is a few kilobytes. */
const mostOutput = 1024 * 1024;

type Run = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

function run(command: string, args: readonly string[], env: Record<string, string | undefined>, signal: AbortSignal): Promise<Run> {
	return new Promise((resolve, reject) => {
		if (signal.aborted) return reject(signal.reason);
		const child = spawn(command, args, {env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true});
		let stdout = '';
		let stderr = '';
		// What the plugin itself started may hold the pipes open: nobody waits for that one.
		const giveUp = () => {
			child.kill();
			child.stdout.destroy();
			child.stderr.destroy();
			child.unref();
			end(() => resolve({code: null, stdout: '', stderr}));
		};
		// Not spawn's own: that one runs on, and keeps the process, where the command could not be started.
		const timer = setTimeout(giveUp, patienceMs);
		const end = (settle: () => void) => {
			clearTimeout(timer);
			signal.removeEventListener('abort', giveUp);
			settle();
		};
		signal.addEventListener('abort', giveUp, {once: true});
		child.stdout.setEncoding('utf8').on('data', text => {
			stdout += text;
			if (stdout.length > mostOutput) giveUp();
		});
		child.stderr.setEncoding('utf8').on('data', text => {
			stderr = (stderr + text).slice(-4_000);
		});
		child.once('error', error => end(() => reject(error)));
		child.once('close', code => end(() => resolve({code, stdout, stderr})));
	});
}

function credentialOf(stdout: string): ExecCredential | undefined {
	let raw: unknown;
	try {
		raw = JSON.parse(stdout);
	} catch {
		return undefined;
	}
	if (!isRawObject(raw)) return undefined;
	const status = objectOf(raw.status);
	const credential = {
		token: textOf(status.token),
		certificate: textOf(status.clientCertificateData),
		key: textOf(status.clientKeyData),
		expiresAt: timeOf(status.expirationTimestamp),
	};
	return credential.token === undefined && credential.certificate === undefined ? undefined : credential;
}

/**
 * Runs the user's credential plugin once, and ends it with the signal. Throws ClusterError `config` that says what the plugin said, never what it printed as
 * a credential.
 */
export async function runExecPlugin(
	user: KubeUser,
	exec: JsonObject,
	cluster: KubeCluster,
	env: Readonly<Record<string, string | undefined>>,
	signal: AbortSignal,
): Promise<ExecCredential> {
	let result: Run;
	try {
		result = await run(commandOf(exec, user), argumentsOf(exec), environmentOf(exec, cluster, env), signal);
	} catch (error) {
		const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
		throw fail(exec, user, missing ? 'is not installed (no such command)' : 'cannot be started', error);
	}
	if (result.code !== 0) {
		const ending = result.code === null ? 'did not end in time, or printed without end' : `failed with exit code ${result.code}`;
		throw fail(exec, user, [ending, complaintOf(result.stderr, exec)].filter(text => text !== '').join(': '));
	}
	const credential = credentialOf(result.stdout);
	if (credential === undefined) throw fail(exec, user, 'printed no credential');
	return credential;
}

import {Buffer} from 'node:buffer';
import {readFile} from 'node:fs/promises';
import {ClusterError} from '../errors.ts';
import {createAuthProvider} from './auth-provider.ts';
import {createCached} from './cached.ts';
import {runExecPlugin} from './exec-plugin.ts';
import type {KubeCluster, KubeUser} from './kubeconfig.ts';

export type ClientCertificate = {readonly cert: string | Buffer; readonly key: string | Buffer};

/** Header names in lower case; a list becomes one header line each (`impersonate-group`). */
export type RequestHeaders = Record<string, string | string[]>;

/** Who we are for the API server. What can expire is asked for at each request and made anew when it has expired. */
export type Credentials = {
	/** `authorization` and impersonation. Throws ClusterError `config`. */
	headers(): Promise<RequestHeaders>;
	/** Throws ClusterError `config`. */
	certificate(): Promise<ClientCertificate | undefined>;
	/** Forgets what is cached, after the API server refused it: files are read again at once, a plugin is asked again only after a rest. */
	renew(): void;
	/** Ends a plugin that still runs: nobody waits for its answer any more. */
	close(): void;
};

type CredentialsOptions = {
	readonly user: KubeUser | undefined;
	readonly cluster: KubeCluster;
	readonly as: string | undefined;
	readonly asGroups: readonly string[];
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Epoch ms: a plugin says until when its token is good. */
	readonly now: () => number;
	/** ms on a clock that nobody sets. */
	readonly uptime: () => number;
};

/** client-go reads token files again after a minute: transport/token_source.go. */
const tokenFileMs = 60_000;

/** Eight streams whose token is refused, or whose plugin fails, must not start it eight times in every few seconds: it is a program, and may ask a person. */
const pluginRestMs = 10_000;
const pluginFailureMs = 4_000;

/** Renewed a little early, so that no request is under way with a credential that just expires. */
const earlyMs = 10_000;

async function readCredentialFile(path: string, user: KubeUser): Promise<Buffer> {
	try {
		return await readFile(path);
	} catch (error) {
		const message = `cannot read ${path}, which user "${user.name}" of the kubeconfig names`;
		throw new ClusterError(message, {kind: 'config', hint: 'mend the path or the permissions', cause: error});
	}
}

async function fileOrData(file: string | undefined, data: string | undefined, user: KubeUser): Promise<Buffer | undefined> {
	// kubectl: data wins over a file.
	if (data !== undefined) return Buffer.from(data, 'base64');
	return file === undefined ? undefined : readCredentialFile(file, user);
}

async function storedCertificate(user: KubeUser): Promise<ClientCertificate | undefined> {
	const [cert, key] = await Promise.all([fileOrData(user.certFile, user.certData, user), fileOrData(user.keyFile, user.keyData, user)]);
	return cert === undefined || key === undefined ? undefined : {cert, key};
}

function impersonation({user, as, asGroups}: CredentialsOptions): RequestHeaders {
	const name = as ?? user?.as;
	if (name === undefined) return {};
	const groups = as === undefined ? (user?.asGroups ?? []) : asGroups;
	return groups.length === 0 ? {'impersonate-user': name} : {'impersonate-user': name, 'impersonate-group': [...groups]};
}

/** The sources of one user that can change while we run. */
function sourcesOf(user: KubeUser, {cluster, env, now, uptime}: CredentialsOptions, signal: AbortSignal) {
	const {exec, tokenFile} = user;
	return {
		exec:
			exec &&
			createCached(
				() => runExecPlugin(user, exec, cluster, env, signal),
				({expiresAt}) => (expiresAt ?? Number.POSITIVE_INFINITY) - earlyMs,
				now,
				pluginFailureMs,
			),
		tokenFile:
			tokenFile === undefined
				? undefined
				: createCached(
						() => readCredentialFile(tokenFile, user),
						() => uptime() + tokenFileMs,
						uptime,
					),
		authProvider:
			user.authProvider &&
			createCached(
				() => createAuthProvider(user, cluster),
				() => Number.POSITIVE_INFINITY,
				now,
			),
		certificate: createCached(
			() => storedCertificate(user),
			() => Number.POSITIVE_INFINITY,
			now,
		),
	};
}

const anonymous: Credentials = {headers: async () => ({}), certificate: async () => undefined, renew: () => undefined, close: () => undefined};

/** The credentials of a kubeconfig's user, in kubectl's order: token, token file, plugin, password; a client certificate beside them. */
export function createCredentials(options: CredentialsOptions): Credentials {
	const {user} = options;
	const asHeaders = impersonation(options);
	if (user === undefined) return {...anonymous, headers: async () => asHeaders};
	const stop = new AbortController();
	const sources = sourcesOf(user, options, stop.signal);
	let askedAgainAt = Number.NEGATIVE_INFINITY;

	async function bearerToken(): Promise<string | undefined> {
		// client-go: a token file wins over the token beside it.
		if (sources.tokenFile !== undefined) return (await sources.tokenFile.get()).toString('utf8').trim();
		return user?.token ?? (await sources.exec?.get())?.token;
	}
	async function authorization(): Promise<string | undefined> {
		const token = await bearerToken();
		if (token !== undefined) return `Bearer ${token}`;
		if (sources.authProvider !== undefined) return (await sources.authProvider.get())();
		return user?.username === undefined ? undefined : `Basic ${Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64')}`;
	}

	return {
		async headers() {
			const value = await authorization();
			return value === undefined ? asHeaders : {...asHeaders, authorization: value};
		},
		async certificate() {
			const credential = await sources.exec?.get();
			if (credential?.certificate !== undefined && credential.key !== undefined) return {cert: credential.certificate, key: credential.key};
			return sources.certificate.get();
		},
		renew() {
			sources.tokenFile?.forget();
			sources.certificate.forget();
			const now = options.uptime();
			if (now - askedAgainAt < pluginRestMs) return;
			askedAgainAt = now;
			sources.exec?.forget();
		},
		close: () => stop.abort(),
	};
}

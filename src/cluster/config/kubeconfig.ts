import {dirname, isAbsolute, join} from 'node:path';
import {CORE_SCHEMA, load, YAMLException} from 'js-yaml';
import type {JsonObject} from '../../domain/json.ts';
import {ClusterError} from '../errors.ts';
import {isRawObject, objectOf, objectsOf, textOf} from '../parse/fields.ts';

export type KubeCluster = {
	readonly name: string;
	/** URL without a slash at its end. */
	readonly server: string;
	readonly caFile: string | undefined;
	/** base64 */
	readonly caData: string | undefined;
	readonly skipTlsVerify: boolean;
	readonly tlsServerName: string | undefined;
	readonly proxyUrl: string | undefined;
};

export type KubeUser = {
	readonly name: string;
	/** The user as it stands there, for what only some providers read. */
	readonly raw: JsonObject;
	readonly token: string | undefined;
	readonly tokenFile: string | undefined;
	readonly username: string | undefined;
	readonly password: string | undefined;
	readonly certFile: string | undefined;
	readonly certData: string | undefined;
	readonly keyFile: string | undefined;
	readonly keyData: string | undefined;
	readonly exec: JsonObject | undefined;
	readonly authProvider: JsonObject | undefined;
	readonly as: string | undefined;
	readonly asGroups: readonly string[];
	/** Directory of its file: a relative exec command starts there. */
	readonly directory: string;
};

export type KubeContext = {readonly name: string; readonly cluster: string; readonly user: string | undefined; readonly namespace: string | undefined};

/** A kubeconfig, or several merged. */
export type Kubeconfig = {
	readonly currentContext: string | undefined;
	readonly clusters: ReadonlyMap<string, KubeCluster>;
	readonly users: ReadonlyMap<string, KubeUser>;
	readonly contexts: ReadonlyMap<string, KubeContext>;
};

function fileOf(value: string | undefined, directory: string): string | undefined {
	return value === undefined || isAbsolute(value) ? value : join(directory, value);
}

function clusterOf(name: string, cluster: JsonObject, directory: string): KubeCluster {
	return {
		name,
		server: (textOf(cluster.server) ?? '').replace(/(?<![/:])\/+$/, ''),
		caFile: fileOf(textOf(cluster['certificate-authority']), directory),
		caData: textOf(cluster['certificate-authority-data']),
		skipTlsVerify: cluster['insecure-skip-tls-verify'] === true,
		tlsServerName: textOf(cluster['tls-server-name']),
		proxyUrl: textOf(cluster['proxy-url']),
	};
}

function userOf(name: string, user: JsonObject, directory: string): KubeUser {
	const groups = user['as-groups'];
	return {
		name,
		raw: user,
		token: textOf(user.token),
		tokenFile: fileOf(textOf(user.tokenFile), directory),
		username: textOf(user.username),
		password: textOf(user.password),
		certFile: fileOf(textOf(user['client-certificate']), directory),
		certData: textOf(user['client-certificate-data']),
		keyFile: fileOf(textOf(user['client-key']), directory),
		keyData: textOf(user['client-key-data']),
		exec: isRawObject(user.exec) ? user.exec : undefined,
		authProvider: isRawObject(user['auth-provider']) ? user['auth-provider'] : undefined,
		as: textOf(user.as),
		asGroups: Array.isArray(groups) ? groups.filter(group => typeof group === 'string') : [],
		directory,
	};
}

function contextOf(name: string, context: JsonObject): KubeContext {
	return {name, cluster: textOf(context.cluster) ?? '', user: textOf(context.user), namespace: textOf(context.namespace)};
}

/** Of equal names the first one counts, as everywhere in a kubeconfig. */
function byName<T>(list: readonly JsonObject[], field: string, make: (name: string, value: JsonObject) => T): ReadonlyMap<string, T> {
	const map = new Map<string, T>();
	for (const entry of list) {
		const name = textOf(entry.name);
		if (name !== undefined && !map.has(name)) map.set(name, make(name, objectOf(entry[field])));
	}
	return map;
}

/** Where the YAML breaks, without the text around it: there may be a token in it. */
function yamlTrouble(error: unknown): string {
	if (!(error instanceof YAMLException)) return 'it is no YAML';
	const line = error.mark === undefined ? '' : ` in line ${error.mark.line + 1}`;
	return `${error.reason}${line}`;
}

/**
 * One kubeconfig file's text; `path` is where it came from, since relative files in it are meant from there. An empty text is an empty kubeconfig,
 * as for kubectl. Throws ClusterError `config` where it is no kubeconfig.
 */
export function parseKubeconfig(text: string, path: string): Kubeconfig {
	let raw: unknown;
	try {
		raw = load(text, {schema: CORE_SCHEMA}) ?? {};
	} catch (error) {
		// The cause would show the lines around the fault.
		throw new ClusterError(`cannot read the kubeconfig ${path}: ${yamlTrouble(error)}`, {
			kind: 'config',
			hint: 'was it written to the end? mend it, or name another one with --kubeconfig',
		});
	}
	if (!isRawObject(raw)) throw new ClusterError(`${path} is no kubeconfig`, {kind: 'config', hint: 'name another file with --kubeconfig'});
	const directory = dirname(path);
	return {
		currentContext: textOf(raw['current-context']),
		clusters: byName(objectsOf(raw.clusters), 'cluster', (name, cluster) => clusterOf(name, cluster, directory)),
		users: byName(objectsOf(raw.users), 'user', (name, user) => userOf(name, user, directory)),
		contexts: byName(objectsOf(raw.contexts), 'context', contextOf),
	};
}

/** Several kubeconfigs as one: what an earlier one says counts. client-go: clientcmd ClientConfigLoadingRules.Load. */
export function mergeKubeconfigs(configs: readonly Kubeconfig[]): Kubeconfig {
	// Later entries of a Map constructor win, hence the reversal.
	const reversed = configs.toReversed();
	return {
		currentContext: configs.find(config => config.currentContext !== undefined)?.currentContext,
		clusters: new Map(reversed.flatMap(config => [...config.clusters])),
		users: new Map(reversed.flatMap(config => [...config.users])),
		contexts: new Map(reversed.flatMap(config => [...config.contexts])),
	};
}

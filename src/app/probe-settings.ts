import {X509Certificate} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import type {SamplerOptions} from '../cli/options.ts';
import {proxyFromEnvironment} from '../cluster/config/proxy.ts';
import {parseRequestPaths} from '../domain/mix/request-paths.ts';
import type {RouteExtras} from '../domain/mix/route-choice.ts';
import {shortText} from '../domain/short-text.ts';
import type {Connecting} from '../sampler/connector.ts';
import type {ProbeOptions} from '../sampler/probe.ts';
import {UsageError} from './usage-error.ts';

/** What the options say about every request, whatever its way. */
export type ProbeSettings = {
	readonly common: Pick<ProbeOptions, 'method' | 'timeoutMs' | 'keepAlive' | 'cookies'>;
	/** Those of the way, and the user's, which win; names in lower case. */
	readonly headersFor: (extras: RouteExtras) => Readonly<Record<string, string>>;
	/** Instead of each target's own path; undefined: it keeps that. */
	readonly paths: readonly string[] | undefined;
	/** How own connections to an origin are made. Not for those to the API server. */
	readonly connectingTo: (url: string, extras: RouteExtras) => Connecting;
};

type Environment = Readonly<Record<string, string | undefined>>;

async function textOf(flag: string, file: string): Promise<string> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		throw new UsageError(`${flag}: cannot read ${shortText(file, 200)}: ${error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'}`);
	}
}

/** Node takes any text for an authority, and then trusts nobody: so it is read here first. */
async function readAuthority(file: string | undefined): Promise<string | undefined> {
	if (file === undefined) return undefined;
	const text = await textOf('--cacert', file);
	try {
		new X509Certificate(text);
	} catch {
		throw new UsageError(`--cacert: ${shortText(file, 200)} holds no certificate in PEM form`);
	}
	return text;
}

async function readPaths(file: string | undefined): Promise<readonly string[] | undefined> {
	if (file === undefined) return undefined;
	const paths = parseRequestPaths(await textOf('--paths', file));
	if ('error' in paths) throw new UsageError(`--paths: ${shortText(file, 200)}: ${paths.error}`);
	return paths;
}

/** Reads the files that the options name. Throws UsageError where one can't be used. */
export async function readProbeSettings(options: SamplerOptions, env: Environment): Promise<ProbeSettings> {
	const {tls, connectTo, http2, head, timeoutMs, keepAlive, cookies, headers} = options;
	const [authority, paths] = await Promise.all([readAuthority(tls.authorityFile), readPaths(options.pathsFile)]);
	return {
		common: {method: head ? 'HEAD' : 'GET', timeoutMs, keepAlive, cookies},
		headersFor: extras => Object.fromEntries([...(extras.headers ?? []), ...headers].map(({name, value}) => [name.toLowerCase(), value])),
		paths,
		connectingTo: (url, extras) => ({
			insecure: tls.insecure || extras.insecure === true,
			authority,
			serverName: tls.serverName,
			// What the user says goes before what was found.
			connectTo: [...connectTo, ...(extras.connectTo ?? [])],
			http2,
			// An address that was found in the cluster is asked itself: the proxy is for what the URL names.
			proxy: options.proxyFromEnvironment && extras.connectTo === undefined ? proxyFromEnvironment(url, env) : undefined,
		}),
	};
}

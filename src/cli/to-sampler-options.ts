import type {ConnectTo} from '../domain/mix/connect-to.ts';
import type {SamplerOptions} from './options.ts';

/** What commander gives for the curl loop's flags that were there. Durations in ms. */
export type SamplerFlags = {
	curl?: string[];
	header?: {name: string; value: string}[];
	head?: boolean;
	interval?: number;
	rate?: number;
	burst?: number;
	paths?: string;
	curlTimeout?: number;
	keepAlive?: boolean;
	insecure?: boolean;
	cacert?: string;
	sni?: string;
	connectTo?: ConnectTo[];
	http2?: boolean;
	proxyFromEnv?: boolean;
	cookies?: boolean;
	curlFromCluster?: boolean;
	curlImage?: string;
	curlNamespace?: string;
	versionFrom?: string;
	window?: number;
	samples?: number;
};

/** Also for `status`, which has no curl loop. Durations in ms. */
export const samplerDefaults = {
	curl: [],
	header: [],
	head: false,
	interval: 1000,
	burst: 1,
	curlTimeout: 5000,
	keepAlive: false,
	insecure: false,
	connectTo: [],
	http2: false,
	proxyFromEnv: false,
	cookies: false,
	curlFromCluster: false,
	versionFrom: 'auto',
	window: 60_000,
	samples: 10,
} as const;

/** Rows that fit a panel; each target costs traffic, too. */
const mostTargets = 8;

/** Why the flags don't go together; undefined: they do. */
export function samplerProblem(flags: SamplerFlags): string | undefined {
	const {curl = [], interval, rate, insecure, cacert} = flags;
	if (curl.length > mostTargets) return `--curl may be given ${mostTargets} times at most, got ${curl.length}`;
	if (interval !== undefined && rate !== undefined) return '--interval and --rate say the same in two ways: give one';
	if (insecure === true && cacert !== undefined) return '--insecure checks no certificate, so --cacert would have no effect: give one';
	return proxyProblem(flags);
}

function proxyProblem({proxyFromEnv, http2, connectTo}: SamplerFlags): string | undefined {
	if (proxyFromEnv !== true) return undefined;
	if (http2 === true) return '--http2 does not go through a proxy: leave out --proxy-from-env';
	if (connectTo !== undefined) return '--connect-to says where to connect to, --proxy-from-env says another place: give one';
	return undefined;
}

/** What the curl loop shall do, defaults filled in. */
export function toSamplerOptions(flags: SamplerFlags): SamplerOptions {
	const given = {...samplerDefaults, ...flags};
	return {
		targets: given.curl,
		headers: given.header,
		head: given.head,
		intervalMs: flags.rate === undefined ? given.interval : 1000 / flags.rate,
		burst: given.burst,
		timeoutMs: given.curlTimeout,
		keepAlive: given.keepAlive,
		tls: {insecure: given.insecure, authorityFile: flags.cacert, serverName: flags.sni},
		connectTo: given.connectTo,
		http2: given.http2,
		proxyFromEnvironment: given.proxyFromEnv,
		cookies: given.cookies,
		pathsFile: flags.paths,
		fromCluster: {asked: given.curlFromCluster, image: flags.curlImage, namespace: flags.curlNamespace},
		versionFrom: given.versionFrom,
		windowSeconds: Math.min(600, Math.max(1, Math.round(given.window / 1000))),
		samples: given.samples,
	};
}

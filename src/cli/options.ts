import type {TargetKind} from '../domain/kinds/kind-words.ts';
import type {ConnectTo} from '../domain/mix/connect-to.ts';
import type {WorkloadSelection} from '../domain/workload-selection.ts';
import type {TerminalTraits} from './terminal-traits.ts';

/** What is watched: a workload, what steers one, or a Service with all that stands behind it; or several workloads, or all that there are. */
export type Watched =
	| {readonly kind: TargetKind; readonly name: string; readonly many?: undefined}
	| {readonly kind?: undefined; readonly name?: undefined; readonly many: WorkloadSelection};

/** What to do, from the command line: checked, defaults filled in. */
export type Options = CommonOptions & Watched;

/** What to do with whatever is watched. Durations in ms. */
export type CommonOptions = {
	readonly mode: 'screen' | 'plain' | 'once' | 'status';
	/** Why it is another mode than one would expect. */
	readonly remark?: string | undefined;
	readonly output: 'text' | 'json';
	readonly cluster: ClusterOptions;
	readonly sampler: SamplerOptions;
	/** Give up after so long; absent: never. */
	readonly timeoutMs: number | undefined;
	/** With `plain`: the phase to end with, of several workloads all in `complete` or one in another; absent: the end of what is going on. */
	readonly until: 'complete' | 'stalled' | 'paused' | undefined;
	/** Pause and resume don't ask. Undo always does. */
	readonly yes: boolean;
	readonly ascii: boolean;
	readonly color: boolean;
	readonly safety: SafetyOptions;
	readonly status: {readonly revision: number; readonly watch: boolean};
};

/** What the flags say about acting; the config file may be stricter. */
export type SafetyOptions = {
	/** Nothing is written to the cluster. */
	readonly readOnly: boolean;
	/** Accepted actions are told to the cluster as K8sEvents. */
	readonly events: boolean;
	/** Actions are appended to the local log. */
	readonly audit: boolean;
	/** Values that look like secrets are shown. */
	readonly showValues: boolean;
};

/** What `rollwatch demo` was asked for; `watch` is for the face on it, which learns from the demo what to follow. */
export type DemoOptions = {
	/** Absent: the first of the list. */
	readonly scenario: string | undefined;
	readonly list: boolean;
	/** False: the cluster alone. */
	readonly ui: boolean;
	/** Seconds that pass in the cluster in one of the machine's. */
	readonly speed: number;
	readonly watch: Omit<CommonOptions, 'cluster'>;
};

export type ClusterOptions = {
	readonly kubeconfig: string | undefined;
	readonly context: string | undefined;
	readonly namespace: string | undefined;
	readonly as: string | undefined;
	readonly asGroups: readonly string[];
	/** Absent: no limit of our own for single requests. */
	readonly requestTimeoutMs: number | undefined;
};

export type SamplerOptions = {
	/** As given with `--curl`, in this order; none: nothing is sent until somebody asks. */
	readonly targets: readonly string[];
	readonly headers: readonly {readonly name: string; readonly value: string}[];
	readonly head: boolean;
	/** From one beat to the next, of each target. */
	readonly intervalMs: number;
	/** Requests at once at each beat. */
	readonly burst: number;
	readonly timeoutMs: number;
	readonly keepAlive: boolean;
	readonly tls: {readonly insecure: boolean; readonly authorityFile: string | undefined; readonly serverName: string | undefined};
	readonly connectTo: readonly ConnectTo[];
	readonly http2: boolean;
	/** HTTP_PROXY, HTTPS_PROXY and NO_PROXY are heeded. */
	readonly proxyFromEnvironment: boolean;
	readonly cookies: boolean;
	/** A file of paths that are taken in turn. */
	readonly pathsFile: string | undefined;
	/** Ask from a pod inside the cluster; absent image or namespace: the usual ones. */
	readonly fromCluster: {readonly asked: boolean; readonly image: string | undefined; readonly namespace: string | undefined};
	readonly versionFrom: string;
	readonly windowSeconds: number;
	/** With `--once`: how many requests before the snapshot. */
	readonly samples: number;
};

/** Where a value comes from when the command line is silent. */
export type Surroundings = {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly stdoutIsTerminal: boolean;
	readonly stdinIsTerminal: boolean;
	/** Absent: the terminal can do everything. */
	readonly terminal?: TerminalTraits;
};
